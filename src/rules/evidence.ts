import { type Data, type DataMap, isDataMap, type Path } from '../model/yaml.ts';
import type { Claim } from './claims.ts';
import type { Member } from './member.ts';

/** What somebody pointed at to back a control. */
export interface Evidence extends Member {
  readonly control: string;
  /** Path as written, from the file that names it; empty for an address. */
  readonly file: string;
  /** Text the file has to hold; empty for any. */
  readonly contains: string;
  /** An address: recorded, never fetched. */
  readonly url: string;
}

/** Looks a piece of evidence up: empty when it is there, else what is wrong, as a clause that follows its name. */
export type EvidenceCheck = (evidence: Evidence) => string;

/** What a claim is backed by, in the order in which it is written. */
export function evidenceOf(claim: Claim): Evidence[] {
  const { value, control, origin } = claim;
  if (!isDataMap(value) || value['evidence'] === undefined) return [];
  const base: Path = [...claim.path, 'evidence'];
  const written = value['evidence'] as Data;
  const items: [Data, Path][] = Array.isArray(written)
    ? written.map((each, i) => [each, [...base, String(i)]])
    : [[written, base]];
  return items.map(([item, path]) => ({
    control,
    ...source(item),
    ids: claim.ids.length > 0 ? claim.ids : ['controls'],
    key: `controls.${control}.evidence`,
    origin,
    path,
    fixAt: claim.path,
  }));
}

function source(item: Data): { file: string; contains: string; url: string } {
  const text = (raw: DataMap, key: string) => (typeof raw[key] === 'string' ? (raw[key] as string) : '');
  const raw = isDataMap(item) ? item : { file: String(item ?? '') };
  const file = text(raw, 'file');
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(file);
  return {
    file: isAddress ? '' : file,
    contains: text(raw, 'contains'),
    url: isAddress ? file : text(raw, 'url'),
  };
}

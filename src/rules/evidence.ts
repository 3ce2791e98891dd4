import { type Data, type DataMap, isDataMap, type Path } from '../model/yaml.ts';
import type { Claim } from './claims.ts';
import type { Member } from './member.ts';

/** What somebody pointed at to back a control. */
export interface Evidence extends Member {
  readonly control: string;
  /** Path as written without what stands behind `#`, from the file that names it; empty for an address. */
  readonly file: string;
  /** A part of the file: `L10-L40`, or a JSON pointer; empty for the whole. */
  readonly part: string;
  /** What has to stand at that pointer; null for anything. */
  readonly equals: string | null;
  /** Hexadecimal SHA-256 of what somebody looked at; empty for any. */
  readonly sha256: string;
  /** Day on which somebody looked at it, `2026-09-01`; empty when nobody says. */
  readonly reviewed: string;
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

/** Whether more is asked of a file than that it is there and holds a text. */
export const asksMore = ({ part, equals, sha256, reviewed }: Evidence): boolean =>
  part !== '' || equals !== null || sha256 !== '' || reviewed !== '';

const PART = /#(L\d+(?:-L?\d+)?|\/.*)$/;

function source(
  item: Data,
): Pick<Evidence, 'file' | 'contains' | 'url' | 'part' | 'equals' | 'sha256' | 'reviewed'> {
  const text = (raw: DataMap, key: string) => (typeof raw[key] === 'string' ? (raw[key] as string) : '');
  const raw = isDataMap(item) ? item : { file: String(item ?? '') };
  const file = text(raw, 'file');
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(file);
  const part = isAddress ? undefined : PART.exec(file);
  const equals = raw['equals'];
  return {
    file: isAddress ? '' : part ? file.slice(0, part.index) : file,
    part: part?.[1] ?? '',
    equals: typeof equals === 'string' || typeof equals === 'boolean' ? String(equals) : null,
    sha256: text(raw, 'sha256'),
    reviewed: text(raw, 'reviewed'),
    contains: text(raw, 'contains'),
    url: isAddress ? file : text(raw, 'url'),
  };
}

import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from './yaml-data.ts';

/** A finding that somebody accepts, as written in a description, a part of one, or `maestro.waivers.yaml`. */
export interface Waiver {
  readonly rule: string;
  /** Ids that the finding has to name, all of them and in this order. */
  readonly component: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it counts: `2026-12-31`. */
  readonly expires: string | null;
  /** For an attack path: where an attacker may start; null for anywhere. */
  readonly sources: readonly string[] | null;
  /** The first digits of the one finding that is meant, or all of them; null for any that fits. */
  readonly fingerprint: string | null;
  /** `system.name` of the description it is for; null in a description, and where there is only one. */
  readonly system: string | null;
  readonly origin: YamlFile;
  readonly path: Path;
}

/** The waivers below `key` of a checked file, in the order in which they are written. */
export function waiversOf(origin: YamlFile, key: string): Waiver[] {
  const written = isDataMap(origin.data) ? origin.data[key] : undefined;
  if (!Array.isArray(written)) return [];
  return written.flatMap((each, i) => (isDataMap(each) ? [waiver(each, origin, [key, String(i)])] : []));
}

function waiver(data: DataMap, origin: YamlFile, path: Path): Waiver {
  const text = (key: string): string | null => {
    const value = data[key];
    return value === undefined || value === null ? null : String(value);
  };
  return {
    rule: text('rule') ?? '',
    component: texts(data['component'] ?? null),
    reason: text('reason') ?? '',
    owner: text('owner') ?? '',
    expires: text('expires'),
    sources: data['sources'] === undefined ? null : texts(data['sources']),
    fingerprint: text('fingerprint')?.toLowerCase() ?? null,
    system: text('system'),
    origin,
    path,
  };
}

const texts = (value: Data): string[] =>
  Array.isArray(value) ? value.map(String) : value === null ? [] : [String(value)];

/** How a comment begins that tells the linter to ignore something: yaml-comments.ts reads what follows. */
export const MEANT_AS_IGNORE = /#[ \t]*maestro[ \t]*:[ \t]*ignore\b/i;

/** Whether a text may hold such a comment. Quick: only a text that may is read for comments. */
export const mayIgnore = (text: string): boolean => MEANT_AS_IGNORE.test(text);

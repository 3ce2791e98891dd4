import type { Finding, Placed, Problem, Unknown } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import type { Waiver } from '../model/waivers.ts';
import type { IgnoreComment } from '../model/yaml-comments.ts';
import type { Path, YamlFile } from '../model/yaml-data.ts';

/** What deciding about findings needs to know of one system. */
export interface SilencedSystem {
  /** As findings name it. */
  readonly name: string;
  /** Those of its description and of what that includes. */
  readonly waivers: readonly Waiver[];
  readonly comments: readonly IgnoreComment[];
  /** Ids that a finding may name. */
  readonly ids: ReadonlySet<string>;
  /** Ids of the rules that ran on it. */
  readonly rules: ReadonlySet<string>;
}

/** What a run found, before anybody asks what of it counts. */
export interface Loud {
  readonly findings: readonly Finding[];
  readonly unknown: readonly Unknown[];
  readonly systems: readonly SilencedSystem[];
  /** Ids of all rules there are, those that did not run too. */
  readonly rules: readonly string[];
  /** Those of them that did not run and find things that no description names. */
  readonly unseen?: ReadonlySet<string>;
  /** The day of the run, in seconds since 1970. */
  readonly asOf: number;
}

/** A remark on something written at `path`. */
export function remarkAt(
  origin: YamlFile,
  path: Path,
  code: string,
  message: string,
  suggestion?: string,
): Problem {
  const advice = suggestion === undefined ? {} : { suggestion };
  return { code, message, file: origin.source.file, ...placeAt(origin, path), ...advice };
}

export function placeAt(origin: YamlFile, path: Path): Placed {
  const { start, end } = origin.find(path, 'value');
  return origin.source.place(start, Math.max(end, start + 1));
}

/** What was probably meant by a word that nobody knows, as advice. */
export function meantWord(word: string, words: Iterable<string>): string | undefined {
  const near = similar(word, words);
  return near === undefined ? undefined : `Did you mean \`${near}\`?`;
}

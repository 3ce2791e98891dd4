import type { Problem } from '../finding/finding.ts';
import type { Source } from './source.ts';

/** Plain data as read from YAML: numbers stay the text they were written as, so that `2.10` is not 2.1. */
export type Data = null | boolean | string | Data[] | { [key: string]: Data };
export type DataMap = { [key: string]: Data };

export const isDataMap = (data: Data | undefined): data is DataMap =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

export type Path = readonly string[];

export interface Found {
  readonly start: number;
  readonly end: number;
  /** How many steps of the path are written. */
  readonly depth: number;
  /** The scalar at the end, when there is one: where its text begins, and whether offsets in it fit the source. */
  readonly scalar: { readonly textStart: number; readonly verbatim: boolean } | null;
}

/** One YAML file: its data, and where every part of it is written. */
export interface YamlFile {
  readonly source: Source;
  /** Null when there is nothing in it, or nothing that is YAML; of several documents, the first. */
  readonly data: Data;
  readonly problems: readonly Problem[];
  /** Every text of `data` is known to stand in the file as it reads: no escapes, and none over several lines. */
  readonly verbatim: boolean;
  /** The node at `path`, or the nearest written parent of it. `part` says which side of a `key: value` to point at. */
  readonly find: (path: Path, part?: 'key' | 'value') => Found;
}

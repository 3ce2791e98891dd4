import type { Component as Part, System } from '../../model/system.ts';
import { type Data, type DataMap, isDataMap } from '../../model/yaml-data.ts';
import { folderOf, pathFrom } from '../paths.ts';

/** A place that a description names as the source of a component. */
export interface NamedSource {
  /** As written. */
  readonly written: string;
  /** Where the file may be: from the file that names it, then from the folder that is looked at. */
  readonly files: readonly string[];
  /** What stands behind `#`; empty for the whole file. */
  readonly pointer: string;
  /** Keys from the top of the description to it. */
  readonly path: readonly string[];
}

/** A component of a description with the places that it names. */
export interface Declared {
  readonly system: System;
  readonly part: Part;
  readonly sources: readonly NamedSource[];
}

/** Every component of these systems but boundaries; `root` is the folder that is looked at, as reports name it. */
export const declaredParts = (systems: readonly System[], root: string): Declared[] =>
  systems.flatMap((system) =>
    system.components
      .filter(({ kind }) => kind !== 'boundary')
      .map((part) => ({ system, part, sources: sourcesOf(part, root) })),
  );

function sourcesOf({ raw, origin, path }: Part, root: string): NamedSource[] {
  const all = raw['source'];
  const listed: [Data, string[]][] = Array.isArray(all)
    ? all.map((each, i) => [each, [...path, 'source', String(i)]])
    : [[all ?? null, [...path, 'source']]];
  return listed.flatMap(([written, keys]) => {
    if (typeof written !== 'string' || /^[a-z][a-z0-9+.-]*:\/\//i.test(written)) return [];
    const cut = written.indexOf('#');
    const file = cut < 0 ? written : written.slice(0, cut);
    const files = [folderOf(origin.source.file), root].flatMap((folder) => pathFrom(folder, file) ?? []);
    return [
      { written, files: [...new Set(files)], pointer: cut < 0 ? '' : written.slice(cut + 1), path: keys },
    ];
  });
}

/** What a description says about a control where it stands: nothing at all is `unsaid`. */
export function claimed(raw: DataMap, control: string): 'in-force' | 'off' | 'unsaid' {
  const controls = raw['controls'];
  if (!isDataMap(controls) || !Object.hasOwn(controls, control)) return 'unsaid';
  const value = controls[control]!;
  const status = isDataMap(value) ? (value['status'] ?? true) : value;
  return status === false || status === null || status === 'planned' || status === 'false'
    ? 'off'
    : 'in-force';
}

/** The names of actions in a list or a map; null where none is written. */
export const namesIn = (actions: Data | undefined): string[] | null =>
  Array.isArray(actions) ? actions.map(String) : isDataMap(actions) ? Object.keys(actions) : null;

import type { System } from '../model/system.ts';
import { type Data, isDataMap, type Path, type YamlFile } from '../model/yaml.ts';
import type { Anchor, Rule } from './hit.ts';

/** Where the patch of a rule about the whole system goes; null when it goes to what the finding is about. */
export function onWhole(system: System, { fix }: Rule): Anchor | null {
  if (fix.on === 'system') return { origin: system.origin, path: ['system'] };
  return fix.on === 'file' ? { origin: fileToPatch(system, fix.edit), path: [] } : null;
}

/** The file that already says something of what the patch changes, so that nothing is said twice; else the first. */
export function fileToPatch(system: System, edit: Readonly<Record<string, Data>>): YamlFile {
  const paths = Object.entries(edit).flatMap(([key, below]) =>
    isDataMap(below) ? Object.keys(below).map((name) => [key, name]) : [[key]],
  );
  return system.files.find(({ data }) => paths.some((path) => holds(data, path))) ?? system.origin;
}

/** The file in which this key of the whole is written; else the first. */
export const fileOf = (system: System, path: Path): YamlFile =>
  system.files.find(({ data }) => holds(data, path.slice(0, 2))) ?? system.origin;

function holds(data: Data, path: Path): boolean {
  let at: Data | undefined = data;
  for (const key of path) at = isDataMap(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at !== undefined;
}

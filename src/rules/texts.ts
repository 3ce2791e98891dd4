import { language } from '../model/language.ts';
import { byCodeUnit, type Component, type Edge, type System } from '../model/system.ts';
import { type Data, type DataMap, isDataMap, type Path } from '../model/yaml.ts';
import type { Anchor } from './hit.ts';

/** One text that somebody wrote, with where it belongs. */
export interface WrittenText {
  readonly value: string;
  /** Id of a component, or the top-level key. */
  readonly subject: string;
  /** Keys from the subject to the text; members of a list go by the key of the list. */
  readonly key: Path;
  /** Keys from the top of the file to the text. */
  readonly path: Path;
}

/** Every text of a description, component by component in id order, then what belongs to none. */
export function textsOf(system: System): WrittenText[] {
  const found: WrittenText[] = [];
  for (const { id, raw, path } of system.components) walk(raw, id, [], path, found);
  const root = system.origin.data as DataMap;
  for (const section of Object.keys(root).sort(byCodeUnit)) {
    if (!Object.hasOwn(language.sections, section)) walk(root[section]!, section, [], [section], found);
  }
  return found;
}

function walk(data: Data, subject: string, key: Path, path: Path, found: WrittenText[]): void {
  if (typeof data === 'string') found.push({ value: data, subject, key, path });
  else if (Array.isArray(data))
    for (const [i, each] of data.entries()) walk(each, subject, key, [...path, String(i)], found);
  else if (isDataMap(data)) {
    for (const name of Object.keys(data).sort(byCodeUnit))
      walk(data[name]!, subject, [...key, name], [...path, name], found);
  }
}

interface Place {
  readonly subject: readonly string[];
  readonly key: string;
  readonly anchor: Anchor;
  readonly fixAt: Path;
}

/** Where a member of an `each` list belongs: a text under its component and key, a component or edge at itself. */
export function placeOfMember(system: System, item: unknown): Place {
  const it = (item as { it?: unknown }).it as WrittenText | Component | Edge;
  const { origin } = system;
  if ('value' in it) {
    return {
      subject: [it.subject],
      key: it.key.join('.'),
      anchor: { origin, path: it.path },
      fixAt: it.path.slice(0, -1),
    };
  }
  if ('from' in it) {
    return { subject: [it.from.id, it.to.id], key: it.key, anchor: it, fixAt: it.path };
  }
  return { subject: [it.id], key: '', anchor: it, fixAt: it.path };
}

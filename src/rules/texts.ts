import { language } from '../model/language.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from '../model/yaml.ts';
import type { Member } from './member.ts';

/** One text that somebody wrote, with where it belongs. */
export interface WrittenText extends Member {
  readonly value: string;
}

/** Every text of a description, component by component in id order, then what belongs to none. */
export function textsOf(system: System): WrittenText[] {
  const found: WrittenText[] = [];
  for (const { id, raw, origin, path } of system.components)
    walk({ ids: [id], origin }, raw, [], path, found);
  for (const origin of system.files) {
    const root = origin.data as DataMap;
    for (const section of Object.keys(root).sort(byCodeUnit)) {
      if (!Object.hasOwn(language.sections, section))
        walk({ ids: [section], origin }, root[section]!, [], [section], found);
    }
  }
  return found;
}

interface Owner {
  readonly ids: readonly string[];
  readonly origin: YamlFile;
}

/** Members of a list go by the key of the list: their order says nothing. */
function walk(owner: Owner, data: Data, key: Path, path: Path, found: WrittenText[]): void {
  if (typeof data === 'string') {
    found.push({ ...owner, value: data, key: key.join('.'), path, fixAt: path.slice(0, -1) });
  } else if (Array.isArray(data)) {
    for (const [i, each] of data.entries()) walk(owner, each, key, [...path, String(i)], found);
  } else if (isDataMap(data)) {
    for (const name of Object.keys(data).sort(byCodeUnit)) {
      walk(owner, data[name]!, [...key, name], [...path, name], found);
    }
  }
}

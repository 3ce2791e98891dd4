import { Source } from './source.ts';
import type { YamlFile } from './yaml-data.ts';
import { readPlain } from './yaml-plain.ts';
import { readWhole } from './yaml-whole.ts';

export { type Data, type DataMap, type Found, isDataMap, type Path, type YamlFile } from './yaml-data.ts';

/** Reads one YAML document. Never throws on any text: what is wrong is in `problems`. */
export function readYaml(file: string, text: string): YamlFile {
  const plain = readPlain(text);
  if (plain === null) return readWhole(file, text);
  let whole: YamlFile | null = null;
  const find: YamlFile['find'] = (path, part = 'key') => {
    const found = plain.find(path, part);
    if (found) return found;
    whole ??= readWhole(file, text);
    return whole.find(path, part);
  };
  const { data, verbatim } = plain;
  return { source: new Source(file, text), data, problems: [], verbatim, find };
}

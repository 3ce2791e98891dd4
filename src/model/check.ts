import { isModel } from '../../build/is-model.js';
import { validate } from '../../build/validate-model.js';
import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import { language, VERSIONS } from './language.ts';
import { checkSchema } from './schema-errors.ts';
import { type Data, isDataMap, type Path, type YamlFile } from './yaml.ts';

/** What is wrong with a description by itself: its version, its shape, and sections that cannot be acted on yet. */
export function checkMain(yaml: YamlFile): Problem[] {
  if (yaml.data === null) return [nothingWritten(yaml, 'Begin it with `maestro: 1`')];
  return versionProblem(yaml) ?? problemsOf(yaml, yaml.data);
}

/** What is wrong with a file that a description includes: it brings sections and leaves the system to the first file. */
export function checkPart(yaml: YamlFile): Problem[] {
  if (yaml.data === null) return [nothingWritten(yaml, 'Write sections into it, or do not include it')];
  if (isForeign(yaml.data)) {
    const message = 'This file is included, and has none of the keys of the language';
    return [problemAt(yaml, [], 'foreign', message, 'Name the files to include more narrowly')];
  }
  if (!isDataMap(yaml.data)) return problemsOf(yaml, yaml.data);
  if (Object.hasOwn(yaml.data, 'system')) {
    const message = 'This file is included, and describes a system of its own';
    const advice = 'Remove `system` here: the file that includes it says which system it belongs to';
    return [problemAt(yaml, ['system'], 'included-system', message, advice)];
  }
  return versionProblem(yaml) ?? problemsOf(yaml, { maestro: '1', system: { name: 'any' }, ...yaml.data });
}

/** Keys, and not one of them ours or nearly so. A list of such maps is as foreign. */
export function isForeign(data: Data): boolean {
  const maps = (Array.isArray(data) ? data : [data]).filter(isDataMap);
  return maps.length > 0 && !maps.some((map) => Object.keys(map).some((key) => similar(key, OURS)));
}

const OURS: ReadonlySet<string> = new Set(language.topKeys);

/** Sections, and neither a version nor a system: what a file that others include looks like. */
export const looksIncluded = (data: Data): boolean =>
  isDataMap(data) && !Object.hasOwn(data, 'system') && !isForeign(data);

function problemsOf(yaml: YamlFile, data: Data): Problem[] {
  return isModel(data) ? [] : checkSchema(yaml, validate, data);
}

function nothingWritten(yaml: YamlFile, advice: string): Problem {
  const message = /^\s*#/m.test(yaml.source.text)
    ? 'The file holds nothing but comments'
    : 'The file is empty';
  return problemAt(yaml, [], 'empty', message, advice);
}

function versionProblem(yaml: YamlFile): Problem[] | null {
  const version = isDataMap(yaml.data) ? yaml.data['maestro'] : undefined;
  if (typeof version !== 'string' || VERSIONS.includes(version)) return null;
  const message = `This is version \`${version.slice(0, 40)}\` of the language; this build reads ${VERSIONS.join(', ')}`;
  const advice = 'Install the release that reads it, or write `maestro: 1`';
  return [problemAt(yaml, ['maestro'], 'unknown-version', message, advice, 'value')];
}

/** A problem at the node that `path` leads to; `part` says which side of a `key: value`. */
export function problemAt(
  yaml: YamlFile,
  path: Path,
  code: string,
  message: string,
  suggestion: string,
  part: 'key' | 'value' = 'key',
): Problem {
  const { start, end } = yaml.find(path, part);
  const place = yaml.source.place(start, Math.max(end, start + 1));
  return { code, message, file: yaml.source.file, ...place, suggestion };
}

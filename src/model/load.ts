import { isModel } from '../../build/is-model.js';
import { validate } from '../../build/validate-model.js';
import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import { buildSystem } from './build.ts';
import { decode } from './decode.ts';
import { language, VERSIONS } from './language.ts';
import { checkSchema } from './schema-errors.ts';
import type { System } from './system.ts';
import { type Data, isDataMap, type Path, readYaml, type YamlFile } from './yaml.ts';

/** What reading one file gave. */
export type Loaded =
  | { readonly is: 'system'; readonly system: System }
  /** The name is ours and the content is not: other products use the name too. */
  | { readonly is: 'foreign' }
  | { readonly is: 'invalid'; readonly problems: readonly Problem[] };

/** Reads, checks and resolves one description. Never throws on any bytes. */
export function loadDescription(file: string, bytes: Uint8Array): Loaded {
  const text = decode(file, bytes);
  if (typeof text !== 'string') return { is: 'invalid', problems: [text] };
  return loadText(file, text);
}

/** The same for text that is already decoded. */
export function loadText(file: string, text: string): Loaded {
  const yaml = readYaml(file, text);
  const invalid = (problems: readonly Problem[]): Loaded => ({ is: 'invalid', problems });
  if (isForeign(yaml.data)) return { is: 'foreign' };
  if (yaml.problems.length > 0) return invalid(yaml.problems);
  if (yaml.data === null) return invalid([nothingWritten(yaml)]);
  const wrong = versionProblem(yaml) ?? (isModel(yaml.data) ? [] : checkSchema(yaml, validate));
  if (wrong.length > 0) return invalid(wrong);
  const { system, problems } = buildSystem(yaml);
  const all = [...problems, ...unsupported(yaml)];
  if (all.length > 0) return invalid(all);
  return { is: 'system', system };
}

/** Keys, and not one of them ours or nearly so. A list of such maps is as foreign. */
function isForeign(data: Data): boolean {
  const maps = (Array.isArray(data) ? data : [data]).filter(isDataMap);
  return maps.length > 0 && !maps.some((map) => Object.keys(map).some((key) => similar(key, OURS)));
}

function nothingWritten(yaml: YamlFile): Problem {
  const message = /^\s*#/m.test(yaml.source.text)
    ? 'The file holds nothing but comments'
    : 'The file is empty';
  return problem(yaml, [], 'empty', message, 'Begin it with `maestro: 1`');
}

const OURS: ReadonlySet<string> = new Set(language.topKeys);

/** Sections of the language that this version reads but cannot act on yet; silence would look like protection. */
const NOT_YET: Readonly<Record<string, string>> = {
  include: 'Put all sections into one file for now',
  assert: 'Remove the section, or wait for a version that checks assertions',
  waivers: 'Remove the section, or wait for a version that honours waivers',
};

function unsupported(yaml: YamlFile): Problem[] {
  const root = isDataMap(yaml.data) ? yaml.data : {};
  return Object.entries(NOT_YET)
    .filter(([key]) => Object.hasOwn(root, key))
    .map(([key, advice]) =>
      problem(yaml, [key], 'not-supported', `\`${key}\` is not supported by this version`, advice),
    );
}

function versionProblem(yaml: YamlFile): Problem[] | null {
  const version = isDataMap(yaml.data) ? yaml.data['maestro'] : undefined;
  if (typeof version !== 'string' || VERSIONS.includes(version)) return null;
  const message = `This is version \`${version.slice(0, 40)}\` of the language; this build reads ${VERSIONS.join(', ')}`;
  return [
    problem(
      yaml,
      ['maestro'],
      'unknown-version',
      message,
      'Install the release that reads it, or write `maestro: 1`',
      'value',
    ),
  ];
}

function problem(
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

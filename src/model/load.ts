import type { Problem } from '../finding/finding.ts';
import { buildSystem } from './build.ts';
import { checkMain, checkPart, isForeign, looksIncluded, problemAt } from './check.ts';
import { decode } from './decode.ts';
import { gather, type Library } from './include.ts';
import type { System } from './system.ts';
import { isDataMap, readYaml, type YamlFile } from './yaml.ts';

/** What reading one description gave. */
export type Loaded =
  | { readonly is: 'system'; readonly system: System }
  /** The name is ours and the content is not: other products use the name too. */
  | { readonly is: 'foreign' }
  | {
      readonly is: 'invalid';
      readonly problems: readonly Problem[];
      /** It says nothing of a system: another description may include it. */
      readonly looksIncluded: boolean;
      /** Other files that were read for it. */
      readonly included: readonly string[];
    };

/** Reads, checks and resolves one description with everything it includes. Never throws on any bytes. */
export async function loadDescription(file: string, bytes: Uint8Array, library: Library): Promise<Loaded> {
  const text = decode(file, bytes);
  if (typeof text !== 'string') return invalid([text]);
  const read = readMain(file, text);
  if ('is' in read) return read;
  if (!includes(read)) return build([read]);
  const { files, problems } = await gather(read, library);
  return problems.length > 0 ? invalid(problems, false, files) : build(files);
}

/** The same for the text of a description that is all in one file. */
export function loadText(file: string, text: string): Loaded {
  const read = readMain(file, text);
  if ('is' in read) return read;
  if (!includes(read)) return build([read]);
  const message = 'Nothing can be included here: there are no other files';
  return invalid([problemAt(read, ['include'], 'include', message, 'Write all sections here')]);
}

/** The same for one description of which no part includes anything: its beginning, then more sections. */
export function loadParts(file: string, [beginning = '', ...more]: readonly string[]): Loaded {
  const main = readMain(file, beginning);
  if ('is' in main) return main;
  const files = [main];
  for (const text of more) {
    const part = readYaml(file, text);
    const problems = part.problems.length > 0 ? part.problems : checkPart(part);
    if (problems.length > 0) return invalid(problems);
    files.push(part);
  }
  return build(files);
}

function readMain(file: string, text: string): YamlFile | Loaded {
  const yaml = readYaml(file, text);
  if (isForeign(yaml.data)) return { is: 'foreign' };
  if (yaml.problems.length > 0) return invalid(yaml.problems);
  const wrong = checkMain(yaml);
  return wrong.length > 0 ? invalid(wrong, looksIncluded(yaml.data)) : yaml;
}

const includes = ({ data }: YamlFile): boolean => isDataMap(data) && Object.hasOwn(data, 'include');

function build(files: readonly YamlFile[]): Loaded {
  const { system, problems } = buildSystem(files);
  return problems.length > 0 ? invalid(problems, false, files) : { is: 'system', system };
}

const invalid = (problems: readonly Problem[], isPart = false, files: readonly YamlFile[] = []): Loaded => ({
  is: 'invalid',
  problems,
  looksIncluded: isPart,
  included: files.slice(1).map(({ source }) => source.file),
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import { decode } from '../model/decode.ts';
import { FILE_NAME } from '../model/language.ts';
import type { TextFile } from '../rules/pack-source.ts';
import { CONFIG_NAME } from './config.ts';
import { kindOf, nameOf, notFile, readBytes } from './files.ts';

export interface PackFiles {
  readonly files: TextFile[];
  readonly problems: Problem[];
}

/** The rule files and vocabularies of a pack: one file, or all YAML below a folder. `path` is absolute. */
export function packFiles(cwd: string, path: string): PackFiles {
  const read: PackFiles = { files: [], problems: [] };
  const kind = kindOf(path);
  if (kind === 'file') take(cwd, path, read);
  else if (kind !== 'folder') read.problems.push(notFile(nameOf(cwd, path), kind));
  else for (const file of below(path)) take(cwd, join(path, file), read);
  if (read.files.length === 0 && read.problems.length === 0) read.problems.push(empty(nameOf(cwd, path)));
  return read;
}

/** What may be a rule or a vocabulary, in name order. Descriptions and configs may lie beside them. */
export const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.ya?ml$/.test(file) && !/(^|\/)(node_modules|\.git)\//.test(file))
    .filter((file) => !FILE_NAME.test(file) && !file.endsWith(CONFIG_NAME))
    .sort();

function take(cwd: string, path: string, { files, problems }: PackFiles): void {
  const name = nameOf(cwd, path);
  const bytes = readBytes(path, name);
  const text = bytes instanceof Uint8Array ? decode(name, bytes) : bytes;
  if (typeof text === 'string') files.push({ path: name, text });
  else problems.push(text);
}

const empty = (file: string): Problem => ({
  code: 'empty-pack',
  message: `There is no rule in \`${file}\``,
  file,
  location: null,
  snippet: null,
  suggestion: 'A rule file is YAML that begins with `rule: 1`',
});

import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import { FILE_NAME } from '../model/language.ts';
import { GitIgnored } from './git-ignored.ts';
import { walk } from './walk.ts';

/** A file to lint: how reports call it, and where it is. */
export interface Candidate {
  /** Relative to the working directory, with forward slashes on every system. */
  readonly name: string;
  readonly path: string;
  /** Somebody wrote this very name. */
  readonly named: boolean;
}

export interface Search {
  readonly files: readonly Candidate[];
  readonly problems: readonly Problem[];
  /** Folders of the disk that were searched with all below them. */
  readonly folders: readonly string[];
}

export interface Wanted {
  /** The working directory, which reports call files from. */
  readonly cwd: string;
  /** Files, folders or patterns, from `from`; nothing means that folder. */
  readonly paths: readonly string[];
  readonly from: string;
  /** What the config leaves alone: patterns from its folder. */
  readonly ignore: readonly string[];
  readonly ignoreFrom: string;
}

/** How reports call a path. */
export function nameOf(cwd: string, path: string): string {
  const name = relative(cwd, path).split(sep).join('/');
  return name === '' ? '.' : name;
}

/**
 * The descriptions that are wanted, in name order. What git ignores is left out of folders, `node_modules` always;
 * a path that is named is taken in any case.
 */
export async function findFiles(wanted: Wanted): Promise<Search> {
  const { cwd, from } = wanted;
  const found = new Map<string, Candidate>();
  const problems: Problem[] = [];
  const folders: string[] = [];
  const add = (path: string, named: boolean) => {
    const name = nameOf(cwd, path);
    const kind = kindOf(path);
    if (kind !== 'file') problems.push(notFile(name, kind));
    else if (!found.get(name)?.named) found.set(name, { name, path, named });
  };
  const take = async (path: string) => {
    if (kindOf(path) !== 'folder' || FILE_NAME.test(nameOf(cwd, path))) add(path, true);
    else {
      folders.push(path);
      for (const each of await below(path, wanted)) add(each, false);
    }
  };
  for (const given of wanted.paths.length === 0 ? ['.'] : wanted.paths) {
    const path = resolve(from, given);
    const matches = kindOf(path) === 'nothing' && /[*?[{]/.test(given) ? await matching(given, from) : [path];
    if (matches.length === 0) problems.push(notFile(given, 'nothing'));
    for (const match of matches) await take(match);
  }
  const files = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, problems, folders };
}

/** Tells of a file, as reports name it, whether its folder was searched with all below it. */
export const coverOf =
  (cwd: string, { folders }: Pick<Search, 'folders'>) =>
  (name: string): boolean =>
    folders.some((folder) => !isOutside(folder, dirname(resolve(cwd, name))));

/** Folders that are never looked into. */
const NEVER: ReadonlySet<string> = new Set(['node_modules', '.git']);
/** The same as patterns. */
export const PRUNED = [...NEVER].map((name) => `**/${name}/**`);

/** Descriptions below a folder, with everything else that carries such a name: it is reported, not passed over. */
async function below(folder: string, { ignore, ignoreFrom }: Wanted): Promise<string[]> {
  const found: string[] = [];
  const git = await GitIgnored.below(folder);
  await walk(folder, git, (name, entry) => {
    if (entry.isDirectory() && NEVER.has(entry.name)) return false;
    const path = join(folder, name);
    if (git.has(path, entry.isDirectory())) return false;
    if (FILE_NAME.test(name)) found.push(path);
    return true;
  });
  if (ignore.length === 0) return found;
  const { default: picomatch } = await import('picomatch');
  const home = nameOf(ignoreFrom, folder);
  // A pattern that leaves out the very folder that is named does not count there.
  const patterns = covering(ignore).filter((pattern) => !picomatch(pattern, { dot: true })(home));
  const ignored = picomatch(patterns, { dot: true });
  return found.filter((path) => !ignored(nameOf(ignoreFrom, path)));
}

/** Whether `path` (absolute, without `..`) is not in the folder `root`. */
export function isOutside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '..' || way.startsWith(`..${sep}`) || resolve(root, way) !== path;
}

/** Patterns as people write them: a folder stands for all that is in it. */
export const covering = (patterns: readonly string[]): string[] =>
  patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/+$/, '')).flatMap((p) => [p, `${p}/**`]);

/** Folders that a pattern fits, and files with the name of a description. */
async function matching(pattern: string, cwd: string): Promise<string[]> {
  const { globby } = await import('globby');
  const options = {
    cwd,
    absolute: true,
    dot: true,
    onlyFiles: false,
    expandDirectories: false,
    ignore: PRUNED,
  };
  const found = await globby(pattern, options);
  return found.filter((path) => kindOf(path) === 'folder' || FILE_NAME.test(path)).sort();
}

export type Kind = 'file' | 'folder' | 'nothing' | 'broken link' | 'device' | 'closed';

/** What a path leads to; never throws. */
export function kindOf(path: string): Kind {
  try {
    const stat = statSync(path);
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'device';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOTDIR') return 'nothing';
    if (code === 'ENOENT') return lstatSync(path, { throwIfNoEntry: false }) ? 'broken link' : 'nothing';
    return code === 'ELOOP' ? 'broken link' : 'closed';
  }
}

/** The bytes of a file, or why there are none. Never waits for a pipe. */
export function readBytes(path: string, name: string): Uint8Array | Problem {
  const kind = kindOf(path);
  if (kind !== 'file') return notFile(name, kind);
  try {
    return readFileSync(path);
  } catch (error) {
    return problem(
      name,
      'unreadable',
      `The file cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`,
    );
  }
}

/** Why a path that is no file cannot be read. */
export function notFile(name: string, kind: Exclude<Kind, 'file'>): Problem {
  switch (kind) {
    case 'nothing':
      return problem(name, 'not-there', `There is no \`${name}\``, 'Name a file or a folder');
    case 'folder':
      return problem(name, 'directory', 'This is a folder with the name of a file', 'Name the file in it');
    case 'broken link':
      return problem(name, 'unreadable', 'This is a link that leads nowhere', 'Mend it or remove it');
    case 'device':
      return problem(name, 'unreadable', 'This is a pipe, a socket or a device', 'Name a file or a folder');
    case 'closed':
      return problem(name, 'unreadable', 'The file cannot be reached: permission denied');
  }
}

const problem = (file: string, code: string, message: string, suggestion?: string): Problem => ({
  code,
  message,
  file,
  location: null,
  snippet: null,
  ...(suggestion === undefined ? {} : { suggestion }),
});

import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import { FILE_GLOBS, FILE_NAME } from '../model/language.ts';

/** A file to lint: how reports call it, and where it is. */
export interface Candidate {
  /** Relative to the working directory, with forward slashes on every system. */
  readonly name: string;
  readonly path: string;
  /** Somebody wrote this very name on the command line. */
  readonly named: boolean;
}

export interface Search {
  readonly files: readonly Candidate[];
  readonly problems: readonly Problem[];
}

/** How reports call a path. */
export function nameOf(cwd: string, path: string): string {
  const name = relative(cwd, path).split(sep).join('/');
  return name === '' ? '.' : name;
}

/**
 * The descriptions that `paths` (files or folders; nothing means the working directory) stand for, in name order.
 * What git ignores is left out of folders, `node_modules` always; a file that is named is taken in any case.
 */
export async function findFiles(
  cwd: string,
  paths: readonly string[],
  ignore: readonly string[],
): Promise<Search> {
  const found = new Map<string, Candidate>();
  const problems: Problem[] = [];
  const add = (path: string, named: boolean) => {
    const name = nameOf(cwd, path);
    if (!found.get(name)?.named) found.set(name, { name, path, named });
  };
  for (const given of paths.length === 0 ? ['.'] : paths) {
    const path = resolve(cwd, given);
    const name = nameOf(cwd, path);
    if (!existsSync(path))
      problems.push(problem(name, 'not-there', `There is no \`${name}\``, 'Name a file or a folder'));
    else if (!statSync(path).isDirectory()) add(path, true);
    else if (FILE_NAME.test(name))
      problems.push(
        problem(name, 'directory', 'This is a folder with the name of a description', 'Name the file in it'),
      );
    else for (const each of await below(path, ignore)) add(each, false);
  }
  const files = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, problems };
}

async function below(folder: string, ignore: readonly string[]): Promise<string[]> {
  const { globby } = await import('globby');
  return globby(FILE_GLOBS, {
    cwd: folder,
    absolute: true,
    dot: true,
    gitignore: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    ignore: ['**/node_modules/**', '**/.git/**', ...ignore],
  });
}

const problem = (file: string, code: string, message: string, suggestion: string): Problem => ({
  code,
  message,
  file,
  location: null,
  snippet: null,
  suggestion,
});

import { realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isOutside, kindOf, PRUNED } from './files.ts';

const PATTERN = /[*?[{]/;

/**
 * The files that `include` means by a path or pattern from `folder`, by their real paths, none outside of `root`; or
 * why there are none, as a clause. A pattern takes YAML only; what is named by itself is taken as it is.
 */
export async function findIncluded(root: string, folder: string, given: string): Promise<string[] | string> {
  const path = join(folder, given);
  const kind = kindOf(path);
  if (kind === 'nothing' && PATTERN.test(given)) return matching(root, folder, given);
  if (isOutside(root, path)) return 'leads out of the repository';
  if (kind === 'folder') return 'is a folder: name the files in it';
  if (kind !== 'file') return kind === 'nothing' ? 'is not there' : 'cannot be read';
  return within(root, [path]);
}

async function matching(root: string, folder: string, pattern: string): Promise<string[] | string> {
  if (isOutside(root, resolve(folder, pattern.split(PATTERN)[0]!))) return 'leads out of the repository';
  const { globby } = await import('globby');
  const found = await globby(pattern, {
    cwd: folder,
    absolute: true,
    dot: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    suppressErrors: true,
    ignore: PRUNED,
  });
  const files = found.filter((path) => /\.ya?ml$/.test(path));
  return files.length === 0 ? 'fits no YAML file' : within(root, files);
}

/** Links are followed as far as the repository goes: a file has one name, however it is reached. */
function within(root: string, paths: readonly string[]): string[] | string {
  const realRoot = realpathSync(root);
  const real = [...new Set(paths.map((path) => realpathSync(path)))];
  return real.some((path) => isOutside(realRoot, path))
    ? 'leads out of the repository through a link'
    : real.map((path) => join(root, relative(realRoot, path)));
}

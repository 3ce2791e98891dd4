import { resolve } from 'node:path';
import { FILE_NAME } from '../model/language.ts';
import { type Candidate, covering, nameOf, type Search, type Wanted } from './files.ts';
import { unreadable } from './git-entries.ts';
import type { Tree } from './git-tree.ts';

const PRUNED = /(^|\/)(?:node_modules|\.git)\//;

/**
 * The descriptions of a tree that are wanted, in name order, by the same rules as on the disk; only what git ignores
 * cannot be in there. What is named and not there is in `problems`.
 */
export async function findInTree(tree: Tree, wanted: Wanted): Promise<Search> {
  const { cwd, from, paths } = wanted;
  const found = new Map<string, Candidate>();
  const problems: Search['problems'][number][] = [];
  const add = (name: string, named: boolean) => {
    if (!found.get(name)?.named) found.set(name, { name, path: resolve(cwd, name), named });
  };
  for (const given of paths.length === 0 ? ['.'] : paths) {
    const name = nameOf(cwd, resolve(from, given));
    const target = tree.resolve(tree.pathOf(name));
    if (target.is === 'folder' && !FILE_NAME.test(name)) {
      for (const each of await below(tree, target.path, wanted)) add(each, false);
    } else if (target.is !== 'nothing') add(name, true);
    else {
      const matches = /[*?[{]/.test(given) ? await matching(tree, tree.pathOf(name)) : [];
      if (matches.length === 0) problems.push(unreadable(name, 'nothing'));
      for (const each of matches) add(each, false);
    }
  }
  const files = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  tree.prefetch(files.map(({ name }) => tree.pathOf(name)));
  return { files, problems, folders: [] };
}

async function below(tree: Tree, folder: string, { cwd, ignore, ignoreFrom }: Wanted): Promise<string[]> {
  const start = folder === '' ? '' : `${folder}/`;
  const found = tree.paths
    .filter((path) => path.startsWith(start) && FILE_NAME.test(path) && !PRUNED.test(path))
    .map((path) => tree.nameOf(path));
  if (ignore.length === 0) return found;
  const { default: picomatch } = await import('picomatch');
  const home = nameOf(ignoreFrom, resolve(cwd, tree.nameOf(folder)));
  const patterns = covering(ignore).filter((pattern) => !picomatch(pattern, { dot: true })(home));
  const ignored = picomatch(patterns, { dot: true });
  return found.filter((name) => !ignored(nameOf(ignoreFrom, resolve(cwd, name))));
}

async function matching(tree: Tree, pattern: string): Promise<string[]> {
  const { default: picomatch } = await import('picomatch');
  const fits = picomatch(covering([pattern]), { dot: true });
  return tree.paths
    .filter((path) => FILE_NAME.test(path) && !PRUNED.test(path) && fits(path))
    .map((path) => tree.nameOf(path));
}

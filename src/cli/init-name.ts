import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nameOf } from './files.ts';
import { repositoryOf } from './repository.ts';

/**
 * What to call the system in a folder: the last part of the address its repository was cloned from, so that the name
 * is the same in every clone, else of the folder; below the root, the folder's own name.
 */
export function systemName(folder: string): string {
  const root = repositoryOf(folder);
  if (root !== null && nameOf(root, folder) !== '.') return clean(basename(folder));
  return clean((root === null ? null : clonedFrom(root)) ?? basename(folder));
}

function clonedFrom(root: string): string | null {
  let text: string;
  try {
    text = readFileSync(join(root, '.git', 'config'), 'utf8');
  } catch {
    // A work tree or a submodule, whose `.git` is a file.
    return null;
  }
  const origin = /^\s*\[remote "origin"\]([^[]*)/m.exec(text)?.[1] ?? '';
  const url = /^\s*url\s*=\s*(\S+?)\/*\s*$/m.exec(origin)?.[1] ?? '';
  return /([^/:\\]+?)(?:\.git)?$/.exec(url)?.[1] ?? null;
}

const clean = (name: string): string =>
  name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'system';

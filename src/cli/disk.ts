import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Evidence } from '../rules/evidence.ts';

/** Files that descriptions point at. Nothing outside the repository is looked at, not even through a link. */
export class Disk {
  private readonly cwd: string;
  private readonly known = new Map<string, string>();

  constructor(cwd: string) {
    this.cwd = cwd;
  }

  /** What is wrong with a piece of evidence, as a clause; empty when it is there. Addresses are never fetched. */
  evidence({ file, contains, url, origin }: Evidence): string {
    if (file === '') return url === '' ? 'names no file' : '';
    const key = JSON.stringify([origin.source.file, file, contains]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const problem = lookUp(dirname(resolve(this.cwd, origin.source.file)), file, contains);
    this.known.set(key, problem);
    return problem;
  }
}

function lookUp(folder: string, file: string, contains: string): string {
  const root = repositoryOf(folder);
  const path = join(folder, file);
  if (isOutside(root, path)) return 'leads out of the repository';
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    return 'is not there';
  }
  if (isOutside(realpathSync(root), real)) return 'leads out of the repository through a link';
  const stat = statSync(real);
  if (stat.isDirectory()) return contains === '' ? '' : 'is a folder, which holds no text';
  if (!stat.isFile()) return 'is no file';
  return contains === '' || readFileSync(real, 'utf8').includes(contains)
    ? ''
    : 'does not hold the text that is named';
}

export function isOutside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '..' || way.startsWith(`..${sep}`) || resolve(root, way) !== path;
}

/** The nearest folder upwards that git keeps a repository in; without one, the folder itself. */
export function repositoryOf(folder: string): string {
  for (let at = folder; dirname(at) !== at; at = dirname(at)) if (existsSync(join(at, '.git'))) return at;
  return folder;
}

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import type { Library } from '../model/include.ts';
import { asksMore, type Evidence } from '../rules/evidence.ts';
import { checkContent } from '../rules/evidence-check.ts';
import { isOutside, nameOf, readBytes } from './files.ts';
import { lastChange } from './git-history.ts';
import { repositoryOf } from './repository.ts';

/** Files that descriptions point at: evidence, and what they include. Nothing outside the repository is looked at, not even through a link. */
export class Disk implements Library {
  private readonly cwd: string;
  private readonly known = new Map<string, string>();

  constructor(cwd: string) {
    this.cwd = cwd;
  }

  /** What is wrong with a piece of evidence, as a clause; empty when it is there. Addresses are never fetched. */
  evidence(evidence: Evidence): string {
    const { file, contains, url, origin, part, equals, sha256, reviewed } = evidence;
    if (file === '') return url === '' ? 'names no file' : '';
    const key = JSON.stringify([origin.source.file, file, contains, part, equals, sha256, reviewed]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const folder = this.folderOf(origin.source.file);
    const problem = lookUp(this.rootOf(folder), join(folder, file), evidence);
    this.known.set(key, problem);
    return problem;
  }

  async find(pattern: string, from: string): Promise<readonly string[] | string> {
    const { findIncluded } = await import('./include-files.ts');
    const folder = this.folderOf(from);
    const found = await findIncluded(this.rootOf(folder), folder, pattern);
    return typeof found === 'string' ? found : found.map((path) => nameOf(this.cwd, path)).sort();
  }

  read(file: string): Uint8Array | Problem {
    return readBytes(resolve(this.cwd, file), file);
  }

  private folderOf(file: string): string {
    return dirname(resolve(this.cwd, file));
  }

  /** What may be looked at from a folder: its repository; without one, the working directory if it is in that. */
  private rootOf(folder: string): string {
    return repositoryOf(folder) ?? (isOutside(this.cwd, folder) ? folder : this.cwd);
  }
}

function lookUp(root: string, path: string, evidence: Evidence): string {
  const { contains } = evidence;
  if (isOutside(root, path)) return 'leads out of the repository';
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    return 'is not there';
  }
  if (isOutside(realpathSync(root), real)) return 'leads out of the repository through a link';
  const stat = statSync(real);
  const more = asksMore(evidence);
  if (stat.isDirectory()) return contains === '' && !more ? '' : 'is a folder, which holds no text';
  if (!stat.isFile()) return 'is no file';
  if (more) return checkContent(evidence, readFileSync(real), () => lastChange(real));
  return contains === '' || readFileSync(real, 'utf8').includes(contains)
    ? ''
    : 'does not hold the text that is named';
}

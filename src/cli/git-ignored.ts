import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import type { Ignore } from 'ignore';
import { repositoryOf } from './repository.ts';

/**
 * What git ignores, by the `.gitignore` files of the folders that were read: the one nearest to a path decides, and in
 * it the last line that fits. Somebody who names a folder that git ignores wants it looked at: then nothing is.
 */
export class GitIgnored {
  readonly #rules = new Map<string, Ignore>();
  /** The outermost folder whose rules count. */
  readonly #top: string;
  /** Somebody named a folder that git ignores. */
  readonly #isNamed: boolean;

  private constructor(top: string, isNamed = false) {
    this.#top = top;
    this.#isNamed = isNamed;
  }

  /** For a search of `folder`, with what the folders above it up to the top of the repository say. */
  static async below(folder: string): Promise<GitIgnored> {
    const top = repositoryOf(folder) ?? folder;
    const found = new GitIgnored(top);
    for (let at = folder; at !== top; ) {
      at = dirname(at);
      await found.read(at);
    }
    for (let at = folder; at !== top; at = dirname(at))
      if (found.has(at, true)) return new GitIgnored(folder, true);
    return found;
  }

  /** Takes over what a folder says. Git follows no link here. */
  async read(folder: string): Promise<void> {
    if (this.#isNamed) return;
    const path = join(folder, '.gitignore');
    if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return;
    const { default: ignore } = await import('ignore');
    try {
      const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
      this.#rules.set(folder, ignore({ ignorecase: false }).add(text));
    } catch {
      // What cannot be read says nothing, to git as well.
    }
  }

  /** Gives up what a folder says, once nobody asks for what lies in it: a list of rules and what it answered is large. */
  leave(folder: string): void {
    this.#rules.delete(folder);
  }

  /** Whether a path is ignored that lies in no ignored folder; `path` is absolute. */
  has(path: string, isFolder: boolean): boolean {
    for (let folder = path; folder !== this.#top; ) {
      folder = dirname(folder);
      const rules = this.#rules.get(folder);
      if (!rules) continue;
      const name = relative(folder, path).split(sep).join('/');
      const { ignored, unignored } = rules.test(isFolder ? `${name}/` : name);
      // A folder above it that these rules leave out was taken in again by nearer ones, else nobody would ask. The
      // library does not tell whether they fit the path as well; then it is looked at.
      const isInherited = ignored && name.includes('/') && rules.ignores(`${posix.dirname(name)}/`);
      if ((ignored && !isInherited) || unignored) return ignored;
    }
    return false;
  }
}

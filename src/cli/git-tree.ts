import { posix } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import type { Library } from '../model/include.ts';
import { asksMore, type Evidence } from '../rules/evidence.ts';
import { checkContent } from '../rules/evidence-check.ts';
import { git, gitOutput, incomplete, type Repository } from './git.ts';
import { type Entry, entriesOf, LINK, SUBMODULE, unreadable } from './git-entries.ts';
import { changeBefore } from './git-history.ts';

/** What a path leads to inside a tree. */
export type Target =
  | { readonly is: 'file'; readonly path: string; readonly object: string }
  | { readonly is: 'folder'; readonly path: string }
  | { readonly is: 'nothing' | 'outside' | 'broken link' | 'submodule' };

const MAX_LINKS = 40;
const BATCH = 200;

/**
 * The files of a revision, or of what is staged, as git keeps them: nothing is checked out, no filter and no text
 * conversion runs. Names are those that reports use, from the working directory; paths start at the root.
 */
export class Tree implements Library {
  readonly repository: Repository;
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly folders = new Set<string>(['']);
  private readonly contents = new Map<string, Uint8Array>();
  /** Everything that was looked for, by its path: what a result depends on, there or not. */
  readonly asked = new Set<string>();
  /** The patterns among that. */
  readonly patterns = new Set<string>();

  /** The revision; for what is staged, null. */
  private readonly commit: string | null;

  constructor(repository: Repository, listing: Buffer, commit: string | null = null) {
    this.repository = repository;
    this.commit = commit;
    this.entries = entriesOf(listing);
    for (const path of this.entries.keys())
      for (let at = posix.dirname(path); at !== '.' && !this.folders.has(at); at = posix.dirname(at))
        this.folders.add(at);
  }

  static ofCommit(repository: Repository, commit: string): Tree {
    const listing = gitOutput(repository, ['ls-tree', '-r', '-z', '--full-tree', commit]);
    return new Tree(repository, listing, commit);
  }

  static ofIndex(repository: Repository): Tree {
    return new Tree(repository, gitOutput(repository, ['ls-files', '-s', '-z', '--full-name']));
  }

  /** Paths of all files, in code unit order. */
  get paths(): string[] {
    return [...this.entries]
      .filter(([, { mode }]) => mode !== SUBMODULE)
      .map(([path]) => path)
      .sort();
  }

  /** How reports call a path. */
  nameOf(path: string): string {
    return posix.relative(this.repository.prefix, path) || '.';
  }

  /** Where a name leads from the root; it may lead out of it. */
  pathOf(name: string): string {
    return posix.join(this.repository.prefix, name);
  }

  /** Follows links, as far as the tree goes. */
  resolve(path: string): Target {
    let links = 0;
    let done = '';
    const rest = path.split('/');
    while (rest.length > 0) {
      const step = rest.shift()!;
      if (step === '' || step === '.') continue;
      if (step === '..') {
        if (done === '') return { is: 'outside' };
        done = parentOf(done);
        continue;
      }
      const next = done === '' ? step : `${done}/${step}`;
      const entry = this.entries.get(next);
      if (entry?.mode === SUBMODULE) return { is: 'submodule' };
      if (entry?.mode === LINK) {
        if (++links > MAX_LINKS) return { is: 'broken link' };
        const to = Buffer.from(this.bytes(entry.object)).toString('utf8');
        if (to.startsWith('/') || /^[A-Za-z]:|\\/.test(to)) return { is: 'outside' };
        rest.unshift(...to.split('/'));
        continue;
      }
      const last = rest.every((each) => each === '' || each === '.');
      if (entry && last) return { is: 'file', path: next, object: entry.object };
      if (!this.folders.has(next)) return { is: links > 0 ? 'broken link' : 'nothing' };
      done = next;
    }
    return { is: 'folder', path: done };
  }

  read(name: string): Uint8Array | Problem {
    const target = this.look(this.pathOf(name));
    if (target.is !== 'file') return unreadable(name, target.is);
    return name.includes('\ufffd') ? unreadable(name, 'name') : this.bytes(target.object);
  }

  async find(pattern: string, from: string): Promise<readonly string[] | string> {
    const folder = posix.dirname(this.pathOf(from));
    const path = posix.join(folder, pattern);
    const target = this.look(path);
    const isPattern = target.is === 'nothing' && /[*?[{]/.test(pattern);
    if (!isPattern) {
      if (target.is === 'file') return [this.nameOf(target.path)];
      return {
        folder: 'is a folder: name the files in it',
        nothing: 'is not there',
        outside: path.startsWith('..')
          ? 'leads out of the repository'
          : 'leads out of the repository through a link',
        'broken link': 'cannot be read',
        submodule: 'is in another repository',
      }[target.is];
    }
    if (path.startsWith('..')) return 'leads out of the repository';
    this.patterns.add(path);
    const { default: picomatch } = await import('picomatch');
    const fits = picomatch(path, { dot: true });
    const pruned = /(^|\/)(?:node_modules|\.git)\//;
    const found = this.paths.filter((each) => /\.ya?ml$/.test(each) && !pruned.test(each) && fits(each));
    if (found.length === 0) return 'fits no YAML file';
    const targets = found.map((each) => this.look(each));
    if (targets.some(({ is }) => is === 'outside')) return 'leads out of the repository through a link';
    const files = targets.flatMap((each) => (each.is === 'file' ? [this.nameOf(each.path)] : []));
    return [...new Set(files)].sort();
  }

  /** What is wrong with a piece of evidence, as a clause; empty when it is there. */
  evidence(evidence: Evidence): string {
    const { file, contains, url, origin } = evidence;
    if (file === '') return url === '' ? 'names no file' : '';
    const path = posix.join(posix.dirname(this.pathOf(origin.source.file)), file);
    if (path.startsWith('..') || file.startsWith('/')) return 'leads out of the repository';
    const target = this.look(path);
    const more = asksMore(evidence);
    switch (target.is) {
      case 'file':
        if (more)
          return checkContent(evidence, this.bytes(target.object), () =>
            changeBefore(this.repository, this.commit, target.path),
          );
        return contains === '' || Buffer.from(this.bytes(target.object)).toString('utf8').includes(contains)
          ? ''
          : 'does not hold the text that is named';
      case 'folder':
        return contains === '' && !more ? '' : 'is a folder, which holds no text';
      case 'outside':
        return 'leads out of the repository through a link';
      case 'submodule':
        return 'is in another repository';
      default:
        return 'is not there';
    }
  }

  /** Reads many files by one process; without it, each is read by one of its own when it is needed. */
  prefetch(paths: readonly string[]): void {
    const wanted = paths.flatMap((path) => {
      const entry = this.entries.get(path);
      return entry && entry.mode !== SUBMODULE && !this.contents.has(entry.object) ? [entry.object] : [];
    });
    for (let at = 0; at < wanted.length; at += BATCH) this.load(wanted.slice(at, at + BATCH));
  }

  private look(path: string): Target {
    const target = this.resolve(path);
    this.asked.add(path);
    if (target.is === 'file' || target.is === 'folder') this.asked.add(target.path);
    return target;
  }

  private bytes(object: string): Uint8Array {
    if (!this.contents.has(object)) this.load([object]);
    return this.contents.get(object)!;
  }

  private load(objects: readonly string[]): void {
    const { code, stdout, stderr } = git(this.repository, ['cat-file', '--batch'], `${objects.join('\n')}\n`);
    let at = 0;
    for (const object of objects) {
      const end = stdout.indexOf(10, at);
      const size = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.subarray(at, end).toString('latin1'))?.[1];
      if (code !== 0 || end < 0 || size === undefined) throw incomplete(stderr);
      this.contents.set(object, stdout.subarray(end + 1, end + 1 + Number(size)));
      at = end + 2 + Number(size);
    }
  }
}

const parentOf = (path: string): string => (path.includes('/') ? posix.dirname(path) : '');

import { type Dirent, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fact, Other, Reader, Unread } from '../discover/fact.ts';
import { isWanted, readFile } from '../discover/read-file.ts';
import {
  attributedPatterns,
  isSilent,
  type SkipReason,
  skippedFile,
  skippedFolder,
  submodulePaths,
  unsupportedLanguage,
} from '../discover/walk.ts';
import { covering, isOutside, nameOf } from './files.ts';
import { GitIgnored } from './git-ignored.ts';
import { walk } from './walk.ts';

export interface SkippedFolder {
  readonly folder: string;
  readonly why: SkipReason;
}

/** What of a repository was looked at, and what was not. */
export interface Looked {
  readonly unread: readonly Unread[];
  /** In the order of their paths. */
  readonly skipped: readonly SkippedFolder[];
  /** Test and generated files beside others, by their names. */
  readonly skippedFiles: number;
  /** Languages that no reader knows, with how many files. */
  readonly unsupported: readonly { readonly language: string; readonly files: number }[];
  /** How many files were read. */
  readonly files: number;
}

/** The same with what the files show. */
export interface Discovered extends Looked {
  readonly facts: Fact[];
}

/** Bytes above which a file is no configuration and no source that people write. */
const LARGEST = 2_000_000;
/** Files that are kept for readers that look at others: two files that refer to each other are read once each. */
const MOST_KEPT = 50;

/**
 * Reads what lies below `root`, one file at a time: only what may be an artifact, each once. What git ignores, what
 * `ignore` names (patterns from `root`), vendored, generated and test folders are left out and said. Links are not
 * followed.
 */
export async function discoverFiles(
  root: string,
  readers: readonly Reader[],
  ignore: readonly string[] = [],
): Promise<Discovered> {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  const skipped: SkippedFolder[] = [];
  const unsupported = new Map<string, number>();
  let files = 0;
  let skippedFiles = 0;
  const ignored = await GitIgnored.below(root);
  const reason = await reasons(root, ignore, ignored);
  const disk = new Texts(root);
  const enter = (folder: string): boolean => {
    if (isSilent(folder)) return false;
    const why = reason(folder, true);
    if (why) skipped.push({ folder, why });
    return why === null;
  };
  const take = (path: string): void => {
    const language = unsupportedLanguage(path);
    const wanted = isWanted(readers, path);
    if (!wanted && language === null) return;
    if (reason(path, false)) {
      skippedFiles += 1;
      return;
    }
    if (!wanted) {
      unsupported.set(language!, (unsupported.get(language!) ?? 0) + 1);
      return;
    }
    const text = disk.text(path);
    if (typeof text !== 'string') {
      unread.push({ file: path, line: 1, why: text.why });
      return;
    }
    files += 1;
    const reading = readFile(readers, path, text, disk.other);
    facts.push(...(reading?.facts ?? []));
    unread.push(...(reading?.unread ?? []));
  };
  const visit = (path: string, entry: Dirent): boolean => {
    if (entry.isFile()) take(path);
    return entry.isDirectory() && enter(path);
  };
  // What is only held weakly stays until the run has stopped for a moment.
  await walk(root, ignored, visit, () => new Promise((resolve) => setImmediate(resolve)));
  const languages = [...unsupported].map(([language, count]) => ({ language, files: count }));
  return { facts, unread, skipped, skippedFiles, unsupported: languages, files };
}

type Reason = (path: string, isFolder: boolean) => SkipReason | null;

/** Why something is left out: by its name, by what git says of it, by what the caller says. */
async function reasons(root: string, ignore: readonly string[], ignored: GitIgnored): Promise<Reason> {
  const { default: picomatch } = await import('picomatch');
  const isNamed = picomatch(covering(ignore), { dot: true });
  const submodules = new Set(submodulePaths(textOf(join(root, '.gitmodules'))));
  const attributed = attributedPatterns(textOf(join(root, '.gitattributes'))).map(({ pattern, why }) => ({
    fits: picomatch(covering([pattern.replace(/\/\*\*$/, '')]), { dot: true }),
    why,
  }));
  return (path, isFolder) => {
    const byName = isFolder ? skippedFolder(path) : skippedFile(path);
    if (byName) return byName;
    if (ignore.length > 0 && isNamed(path)) return 'ignored';
    if (submodules.has(path)) return 'vendored';
    const by = attributed.find(({ fits }) => fits(path));
    if (by) return by.why;
    return ignored.has(join(root, path), isFolder) ? 'ignored' : null;
  };
}

/** The texts of a repository, as readers ask for them. */
class Texts {
  private readonly root: string;
  private readonly kept = new Map<string, string | null>();

  constructor(root: string) {
    this.root = root;
  }

  /** The text of a file, or why there is none, as a clause. */
  text(path: string): string | { readonly why: string } {
    const known = this.kept.get(path);
    if (typeof known === 'string') return known;
    const full = join(this.root, path);
    try {
      const stat = lstatSync(full);
      if (!stat.isFile()) return { why: 'this is no file' };
      if (stat.size > LARGEST) return { why: `this is larger than ${LARGEST / 1_000_000} MB` };
      const bytes = readFileSync(full);
      const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
      const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
      return text.includes('\0') ? { why: 'this is binary' } : text;
    } catch {
      return { why: 'this cannot be opened' };
    }
  }

  readonly other: Other = (path) => {
    const known = this.kept.get(path);
    if (known !== undefined) return known;
    const full = join(this.root, path);
    const text = isOutside(this.root, full) || isLinked(this.root, path) ? null : this.text(path);
    const found = typeof text === 'string' ? text : null;
    this.kept.set(path, found);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return found;
  };
}

/** Whether a folder on the way is a link: it may lead anywhere. */
function isLinked(root: string, path: string): boolean {
  const steps = nameOf(root, join(root, path)).split('/');
  return steps.some((_, i) => {
    const at = join(root, ...steps.slice(0, i + 1));
    return lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

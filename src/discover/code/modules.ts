import type { Other } from '../fact.ts';
import type { Language, Module } from './expression.ts';
import { readPython } from './python-syntax.ts';
import { readScript } from './script-syntax.ts';

/** Characters of code that stay parsed, since many files import the same few. */
const KEPT = 1_000_000;
/** Files beyond this length are generated or data. */
export const MAX_LENGTH = 1_000_000;

/** Names followed for one question: values of values multiply. */
const MAX_STEPS = 1_000;

const kept = new Map<string, Module>();
let keptLength = 0;

/** A file of code, parsed; the same text under the same path is parsed once while it is kept. */
export function parse(path: string, text: string): Module {
  const known = kept.get(path);
  if (known && known.text === text) return known;
  const module = languageOf(path) === 'python' ? readPython(path, text) : readScript(path, text);
  if (known) keptLength -= known.text.length;
  kept.delete(path);
  kept.set(path, module);
  keptLength += text.length;
  for (const [oldest, { text: old }] of kept) {
    if (keptLength <= KEPT) break;
    kept.delete(oldest);
    keptLength -= old.length;
  }
  return module;
}

/** Paths that are not there, for every repository: most imports are of packages. */
const missing = new WeakMap<Other, Set<string>>();

export const languageOf = (path: string): Language => (/\.pyi?$/.test(path) ? 'python' : 'script');

/** Opens files of the repository for one reading. */
export class Files {
  readonly #other: Other;
  readonly #texts = new Map<string, string | null>();
  #steps = 0;

  constructor(other: Other) {
    this.#other = other;
  }

  /** Counts a step of one question; false when it asks too much. `first` begins a new question. */
  step(first: boolean): boolean {
    this.#steps = first ? 0 : this.#steps + 1;
    return this.#steps < MAX_STEPS;
  }

  open(path: string): Module | null {
    const text = this.text(path);
    return text === null || text.length > MAX_LENGTH ? null : parse(path, text);
  }

  text(path: string): string | null {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const gone = missing.get(this.#other) ?? new Set();
    const text = gone.has(path) ? null : this.#other(path);
    if (text === null) missing.set(this.#other, gone.add(path));
    this.#texts.set(path, text);
    return text;
  }

  /** The file that an import of `from` means; null when it is not of this repository. */
  find(from: Module, module: string): string | null {
    const candidates =
      from.language === 'python' ? pythonCandidates(from.path, module) : scriptCandidates(from.path, module);
    // `from agents import Agent` in a file that is called agents.py means the package.
    for (const path of candidates) if (path !== from.path && this.text(path) !== null) return path;
    return null;
  }
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const under = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);

/** Every folder above `path`, nearest first, the root last. */
function folders(path: string): string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); folder; folder = folderOf(folder)) found.push(folder);
  return [...found, ''];
}

function* pythonCandidates(path: string, module: string): Generator<string> {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const rest = module.slice(dots).replaceAll('.', '/');
  if (dots > 0) {
    const folder = folders(path)[dots - 1];
    if (folder === undefined) return;
    if (rest) yield `${under(folder, rest)}.py`;
    yield under(folder, rest ? `${rest}/__init__.py` : '__init__.py');
    return;
  }
  for (const folder of folders(path)) {
    for (const base of [folder, under(folder, 'src')]) {
      yield `${under(base, rest)}.py`;
      yield `${under(base, rest)}/__init__.py`;
    }
  }
}

const ENDINGS = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '/index.ts', '/index.tsx', '/index.js'];

function* scriptCandidates(path: string, module: string): Generator<string> {
  if (module.startsWith('.')) {
    const target = joined(folderOf(path), module);
    if (target !== null) yield* withEndings(target);
    return;
  }
  // What nearly every project means by `@/` and `~/`.
  const alias = /^[@~#]\/(.+)$/.exec(module)?.[1];
  if (!alias) return;
  for (const folder of folders(path)) {
    yield* withEndings(under(folder, alias));
    yield* withEndings(under(under(folder, 'src'), alias));
  }
}

function* withEndings(target: string): Generator<string> {
  const written = /^(.*)\.([mc]?)jsx?$/.exec(target);
  if (written) yield* [`${written[1]}.${written[2]}ts`, `${written[1]}.tsx`, target];
  else if (/\.[mc]?tsx?$/.test(target)) yield target;
  else for (const ending of ENDINGS) yield target + ending;
}

/** `folder` and a relative path as one; null when it leaves the repository. */
function joined(folder: string, relative: string): string | null {
  const parts = folder ? folder.split('/') : [];
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

import type { Other } from '../fact.ts';
import { ownText } from '../own-text.ts';
import { folderOf, foldersAbove } from '../paths.ts';
import type { Expr, Language, Module, Scope } from './expression.ts';
import { openaiAgents } from './frameworks/openai-agents.ts';
import { readPython } from './python-syntax.ts';
import { readScript } from './script-syntax.ts';
import type { Target } from './target.ts';

/**
 * Characters of code that stay parsed when a file imported it, since many files import the same few. Beyond them it is
 * left to the memory there is.
 */
const IMPORTED = 30_000;
/** The same of what was only read so far: neighbours import each other, and nobody imports most files. */
const RECENT = 30_000;
/** Files beyond this length are generated or data. */
export const MAX_LENGTH = 1_000_000;

/** Imports whose way stays known: far more than one folder has. */
const MOST_FOUND = 5_000;

/** Modules that only a framework has, so that nobody has to look for them among the files. */
const FRAMEWORKS_ONLY =
  /^(?:crewai(?:_tools)?|langgraph|langchain(?:_(?:core|community|openai))?|google\.adk)(?:\.|$)/;
/** How many names of the framework's tools a package holds that is the framework itself. */
const NAMES_OF_ITSELF = 5;

/** Names followed for one question: values of values multiply. */
const MAX_STEPS = 1_000;

/** The file that a module is, or null where it is none of the repository. */
type Ways = Map<string, string | null>;

/** What is kept between the files of one repository. */
class Kept {
  /** Packages called like a framework, and whether they are it. */
  readonly frameworks = new Map<string, boolean>();
  /** By folder and language: what an import of its files leads to; mostly nowhere, since most imports are of packages. */
  private readonly ways = new Map<string, Ways>();
  private found = 0;
  private readonly recent = new Shelf(RECENT);
  private readonly faded = new Map<string, WeakRef<Parsed>>();
  private readonly imported = new Shelf(IMPORTED, (parsed) => {
    this.faded.set(parsed.module.path, new WeakRef(parsed));
  });

  waysFrom(folder: string, language: Language): Ways {
    const key = `${folder} ${language}`;
    const known = this.ways.get(key) ?? new Map();
    this.ways.set(key, known);
    return known;
  }

  remember(ways: Ways, module: string, path: string | null): void {
    this.found += 1;
    if (this.found > MOST_FOUND) {
      for (const each of this.ways.values()) each.clear();
      this.found = 1;
    }
    ways.set(ownText(module), path);
  }

  parse(path: string, written: string, isImport: boolean): Module {
    const imported = this.imported.take(path) ?? this.faded.get(path)?.deref();
    const known = imported ?? this.recent.take(path);
    const parsed =
      known?.written === written ? known : { written, module: parse(path, withoutTags(written)) };
    (isImport || imported ? this.imported : this.recent).put(parsed);
    return parsed.module;
  }
}

const parse = (path: string, text: string): Module =>
  languageOf(path) === 'python' ? readPython(path, text) : readScript(path, text);

/** A file of code, and the text that it was made of. */
interface Parsed {
  readonly written: string;
  readonly module: Module;
}

/** Files that were parsed, as many as fit in so many characters; those that nobody asked for longest go first. */
class Shelf {
  private readonly all = new Map<string, Parsed>();
  private length = 0;
  private readonly most: number;
  private readonly fade: (parsed: Parsed) => void;

  constructor(most: number, fade: (parsed: Parsed) => void = () => {}) {
    this.most = most;
    this.fade = fade;
  }

  take(path: string): Parsed | undefined {
    const parsed = this.all.get(path);
    if (parsed) this.drop(parsed);
    return parsed;
  }

  /** The one that is put stays, however long it is. */
  put(parsed: Parsed): void {
    this.all.set(parsed.module.path, parsed);
    this.length += parsed.written.length;
    for (const oldest of this.all.values()) {
      if (this.length <= this.most || oldest === parsed) break;
      this.drop(oldest);
      this.fade(oldest);
    }
  }

  private drop({ module, written }: Parsed): void {
    this.all.delete(module.path);
    this.length -= written.length;
  }
}

const kept = new WeakMap<Other, Kept>();

function keptOf(other: Other): Kept {
  const known = kept.get(other) ?? new Kept();
  kept.set(other, known);
  return known;
}

/**
 * A template of code as code: of the tags that choose between its parts only blanks stay, so that everything else keeps
 * its place.
 */
const withoutTags = (text: string): string =>
  text.includes('{%')
    ? text.replaceAll(/\{%[^%}]{0,1000}%\}/g, (tag) => tag.replaceAll(/[^\n]/g, ' '))
    : text;

export const languageOf = (path: string): Language => (/\.pyi?$/.test(path) ? 'python' : 'script');

/** Opens files of the repository for one reading. */
export class Files {
  readonly #other: Other;
  readonly #kept: Kept;
  readonly #texts = new Map<string, string | null>();
  /** What expressions were found to stand for, by the scope that they stand in. */
  readonly followed = new Map<Expr, { readonly scope: Scope; readonly target: Target }>();
  #steps = 0;
  #from = '';
  #ways: Ways = new Map();

  constructor(other: Other) {
    this.#other = other;
    this.#kept = keptOf(other);
  }

  /** The file of code that is read, parsed; once while it is kept. */
  parse(path: string, text: string): Module {
    return this.#kept.parse(path, text, false);
  }

  /** Counts a step of one question; false when it asks too much. `first` begins a new question. */
  step(first: boolean): boolean {
    this.#steps = first ? 0 : this.#steps + 1;
    return this.#steps < MAX_STEPS;
  }

  open(path: string): Module | null {
    const text = this.text(path);
    return text === null || text.length > MAX_LENGTH ? null : this.#kept.parse(path, text, true);
  }

  text(path: string): string | null {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const text = this.#other(path);
    this.#texts.set(path, text);
    return text;
  }

  /** The same file asks again and again. */
  #waysFrom({ path, language }: Module): Ways {
    if (this.#from !== path) {
      this.#from = path;
      this.#ways = this.#kept.waysFrom(folderOf(path), language);
    }
    return this.#ways;
  }

  /** The file that an import of `from` means; null when it is not of this repository. */
  find(from: Module, module: string): string | null {
    const ways = this.#waysFrom(from);
    let path = ways.get(module);
    if (path === undefined) {
      path = this.#search(from, module, null);
      this.#kept.remember(ways, module, path);
    }
    // `from agents import Agent` in a file that is called agents.py means the package.
    return path === from.path ? this.#search(from, module, path) : path;
  }

  /**
   * Whether a module is a framework's. `agents` is what many repositories call a folder of their own; in that of the
   * framework itself it is a folder too, which gives out its tools.
   */
  isFrameworks(from: Module, module: string): boolean {
    if (from.language !== 'python') return false;
    if (FRAMEWORKS_ONLY.test(module)) return true;
    const path = /^agents(?:\.|$)/.test(module) ? this.find(from, 'agents') : null;
    if (!path?.endsWith('/__init__.py')) return false;
    const { frameworks } = this.#kept;
    const known = frameworks.get(path);
    if (known !== undefined) return known;
    const text = this.text(path) ?? '';
    const names = Object.keys(openaiAgents.tools).filter((name) => text.includes(name));
    frameworks.set(path, names.length >= NAMES_OF_ITSELF);
    return names.length >= NAMES_OF_ITSELF;
  }

  #search(from: Module, module: string, except: string | null): string | null {
    const candidates =
      from.language === 'python' ? pythonCandidates(from.path, module) : scriptCandidates(from.path, module);
    for (const path of candidates) if (path !== except && this.text(path) !== null) return path;
    return null;
  }
}

const under = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);

function* pythonCandidates(path: string, module: string): Generator<string> {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const rest = module.slice(dots).replaceAll('.', '/');
  if (dots > 0) {
    const folder = foldersAbove(path)[dots - 1];
    if (folder === undefined) return;
    if (rest) yield `${under(folder, rest)}.py`;
    yield under(folder, rest ? `${rest}/__init__.py` : '__init__.py');
    return;
  }
  for (const folder of foldersAbove(path)) {
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
  for (const folder of foldersAbove(path)) {
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

import type { Fact, FactKind, FactLink, FactValue, Unread } from '../fact.ts';
import { type CallSite, enclosing, type Module, type Scope } from './expression.ts';
import type { Files } from './modules.ts';
import { placeOf } from './places.ts';

/** A fact while it is put together. */
export interface Draft {
  readonly kind: FactKind;
  name: string;
  readonly attributes: Record<string, FactValue>;
  readonly controls: Record<string, FactValue>;
  readonly links: FactLink[];
  readonly confidence: Fact['confidence'];
  /** The file and the offset where it is written. */
  readonly module: Module;
  readonly from: number;
  readonly pointer: string;
  configKey?: string;
}

/** Everything one reading collects. */
export class Sink {
  readonly files: Files;
  readonly unread: Unread[] = [];
  /** What is found beside the things themselves: credentials. */
  readonly others = new Map<string, Fact>();
  readonly #drafts = new Map<string, Draft>();
  readonly #pointers = new Map<string, number>();
  readonly #places = new Map<string, Draft>();

  constructor(files: Files) {
    this.files = files;
  }

  /** The draft of something; the same thing asked for twice is one. */
  draft(
    kind: FactKind,
    name: string,
    module: Module,
    from: number,
    pointer: string,
    confidence: Fact['confidence'] = 'parsed',
  ): Draft {
    const key = `${kind}\n${module.path}\n${from}`;
    const known = this.#drafts.get(key);
    if (known) return known;
    const place = `${kind} ${module.path}#${pointer}`;
    const count = (this.#pointers.get(place) ?? 0) + 1;
    this.#pointers.set(place, count);
    const unique = count > 1 ? `${pointer}~${count}` : pointer;
    const made: Draft = {
      kind,
      name,
      attributes: {},
      controls: {},
      links: [],
      confidence,
      module,
      from,
      pointer: unique,
    };
    this.#drafts.set(key, made);
    this.#places.set(`${kind} ${module.path}#${unique}`, made);
    return made;
  }

  find(kind: FactKind, module: Module, from: number): Draft | undefined {
    return this.#drafts.get(`${kind}\n${module.path}\n${from}`);
  }

  /** What is at a pointer of a file. */
  at(kind: FactKind, file: string, pointer: string): Draft | undefined {
    return this.#places.get(`${kind} ${file}#${pointer}`);
  }

  agents(module: Module): Draft[] {
    return [...this.#drafts.values()].filter((one) => one.kind === 'agent' && one.module === module);
  }

  facts(reader: string): Fact[] {
    const made = [...this.#drafts.values()].map(
      ({ kind, name, attributes, controls, links, confidence, configKey, ...at }): Fact => ({
        kind,
        name,
        attributes,
        controls,
        links,
        source: { file: at.module.path, ...placeOf(at.module, at.from), pointer: at.pointer },
        plane: 'runtime',
        confidence,
        ...(configKey === undefined ? {} : { configKey }),
        reader,
      }),
    );
    return [...made, ...this.others.values()];
  }
}

/** Classes, functions and the variable around a call, with dots; `name` where no variable holds it. */
export function pointerOf(site: CallSite, name?: string): string {
  const last = site.bound() ?? name;
  return [...enclosing(site.scope), ...(last === undefined ? [] : [last])].join('.');
}

/** Classes and functions around a place in a file, with dots. */
export function around({ functions }: Module, from: number): string {
  const inner = functions.findLast(({ scope }) => scope.from <= from && from < scope.to);
  return inner ? scopeName(inner.scope) : '';
}

const VERBS = new Set([
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'default',
  'constructor',
  '__init__',
  'handler',
  'execute',
]);

/** What an agent is called in nearly every example. */
const GENERAL = /^(?:agent|graph|app|runnable|executor|agent_?[eE]xecutor)$/;

/** What people would call the thing that a call makes and that has no name of its own. */
export function nameOf(site: CallSite, module: Module): string {
  const bound = site.bound();
  const around = enclosing(site.scope)
    .filter((name) => !VERBS.has(name))
    .at(-1);
  // `agent` in `build_billing_agent` says less than that.
  const saysLess = bound !== null && GENERAL.test(bound) && /agent(?!s)/i.test(around ?? '');
  if (bound !== null && !saysLess && !/^(?:result|response|stream|res|_)$/.test(bound)) return bound;
  return around ?? fileName(module.path);
}

/** `chat` of `app/api/chat/route.ts`. */
function fileName(path: string): string {
  const parts = path.replace(/\.[^./]*$/, '').split('/');
  const last = parts.at(-1) ?? path;
  return /^(?:route|index|__init__|page|main)$/.test(last) ? (parts.at(-2) ?? last) : last;
}

export const scopeName = (scope: Scope): string => enclosing(scope).join('.');

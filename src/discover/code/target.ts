import type { ClassItem, Expr, FunctionItem, Module, Scope } from './expression.ts';

/** Where an expression stands: what its names mean follows from that. */
export interface Site {
  readonly module: Module;
  readonly scope: Scope;
  /** What parameters stand for, where a call of their function leads here. */
  readonly given?: Given;
}

/** By the scope of a function, what each of its parameters was given. */
export type Given = ReadonlyMap<Scope, ReadonlyMap<string, Option>>;

/** A name of a package that is not of this repository. */
export interface Reference {
  readonly module: string;
  /** Empty for the module itself. */
  readonly name: string;
}

/** What an expression stands for, names and imports followed. */
export type Target =
  | { readonly type: 'value'; readonly expr: Expr; readonly site: Site; readonly bound: string | null }
  | { readonly type: 'function'; readonly function: FunctionItem; readonly site: Site }
  | { readonly type: 'class'; readonly class: ClassItem; readonly site: Site }
  | { readonly type: 'module'; readonly module: Module }
  | { readonly type: 'package'; readonly reference: Reference }
  | { readonly type: 'environment'; readonly name: string }
  /**
   * `options`: everything that the code says it may be, where it is one of several. `otherwise`: what the code says it is
   * when nobody sets it.
   */
  | {
      readonly type: 'unknown';
      readonly why: string;
      readonly options?: readonly Option[];
      readonly otherwise?: Option;
    };

export interface Option {
  readonly expr: Expr;
  readonly site: Site;
}

/** More than somebody offers by hand is a catalogue, of which nobody knows what is used: then the choice stays open. */
export const MOST_OPTIONS = 8;

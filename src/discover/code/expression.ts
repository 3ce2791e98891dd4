/** Expressions of Python and TypeScript in one form. `from` is the offset in the text where it is written. */
export type Expr =
  | Text
  | Constant
  | Name
  | Member
  | Index
  | Call
  | List
  | Mapping
  | Either
  | Pipe
  | Lambda
  | Opaque;

/** A string; parts that are computed stand as expressions. */
export interface Text {
  readonly type: 'text';
  readonly from: number;
  readonly parts: readonly (string | Expr)[];
}
/** A number, truth value or nothing, as written. */
export interface Constant {
  readonly type: 'constant';
  readonly from: number;
  readonly value: string;
}
export interface Name {
  readonly type: 'name';
  readonly from: number;
  readonly name: string;
}
export interface Member {
  readonly type: 'member';
  readonly from: number;
  readonly of: Expr;
  readonly name: string;
}
export interface Index {
  readonly type: 'index';
  readonly from: number;
  readonly of: Expr;
  readonly key: Expr;
}
export interface Call {
  readonly type: 'call';
  readonly from: number;
  readonly callee: Expr;
  readonly args: readonly Expr[];
  readonly named: readonly Entry[];
  /** `*args`, `**options` or `...rest` among the arguments. */
  readonly spread: readonly Expr[];
}
export interface List {
  readonly type: 'list';
  readonly from: number;
  readonly items: readonly Expr[];
  readonly spread: readonly Expr[];
}
export interface Mapping {
  readonly type: 'mapping';
  readonly from: number;
  readonly entries: readonly Entry[];
  readonly spread: readonly Expr[];
}
/** A conditional, `or`, `||` or `??`: which one it is shows at run time. */
export interface Either {
  readonly type: 'either';
  readonly from: number;
  readonly options: readonly Expr[];
  /** True for `or`, `||` and `??`: the last one is what stands when the others are empty. */
  readonly fallback: boolean;
}
/** `prompt | model` of LangChain. */
export interface Pipe {
  readonly type: 'pipe';
  readonly from: number;
  readonly parts: readonly Expr[];
}
/** A function without a definition of its own. */
export interface Lambda {
  readonly type: 'lambda';
  readonly from: number;
  /** What it gives when it is one expression or one return. */
  readonly returns: readonly Expr[];
}
/** Anything else; `what` names it in messages. */
export interface Opaque {
  readonly type: 'opaque';
  readonly from: number;
  readonly what: string;
}
/** A key with its value; the key is null where it is computed. */
export interface Entry {
  readonly key: string | null;
  readonly value: Expr;
  readonly from: number;
}

export type ScopeKind = 'module' | 'function' | 'class' | 'block';

/** Where names mean something. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly name: string;
  readonly parent: Scope | null;
  readonly names: Map<string, Definition[]>;
  readonly from: number;
  readonly to: number;
}

/** What a name stands for in a scope. */
export type Definition =
  /** `scope` is where the value stands, when that is another: a method that sets an attribute of its class. */
  | { readonly type: 'value'; readonly from: number; readonly value: () => Expr; readonly scope?: Scope }
  | { readonly type: 'function'; readonly from: number; readonly function: FunctionItem }
  | { readonly type: 'class'; readonly from: number; readonly class: ClassItem }
  | { readonly type: 'import'; readonly from: number; readonly module: string; readonly name: string | null }
  | {
      readonly type: 'unknown';
      readonly from: number;
      readonly why: string;
      /** Of a parameter of a function its place among them, or that it is a key of the first; a call tells what it is. */
      readonly parameter?: number | 'key';
      /** What a parameter is where a call leaves it out. */
      readonly otherwise?: () => Expr;
    };

export interface FunctionItem {
  readonly name: string;
  /** Of its name. */
  readonly from: number;
  readonly scope: Scope;
  /** Where it stands, not its own scope. */
  readonly outer: Scope;
  readonly decorators: readonly Expr[];
  readonly returns: () => readonly Expr[];
}

export interface ClassItem {
  readonly name: string;
  readonly from: number;
  readonly scope: Scope;
  readonly outer: Scope;
  readonly decorators: readonly Expr[];
  readonly bases: () => readonly Expr[];
}

/** A call somewhere in the file. */
export interface CallSite {
  readonly from: number;
  readonly scope: Scope;
  /** What is called, by its first and its last name. Nearly every call is none that matters, and this tells it soonest. */
  names(): Ends;
  callee(): Expr;
  call(): Call;
  /** The variable, key or attribute that holds its value; null for none. */
  bound(): string | null;
  /** The variable that holds a part of its value, where it is one: `answer` of `const { text: answer } = …`. */
  part(): string | null;
}

/** The first and the last name of `a.b.C[T]`. The first is null where it is no name, as in `make().run`. */
export interface Ends {
  readonly root: string | null;
  readonly last: string;
}

/** `agent.tools = …`, `agent.tools.append(…)`, `tools += […]`: something put in later. */
export interface Wiring {
  readonly target: Expr;
  /** `set` replaces, `add` adds one, `extend` adds a list. */
  readonly how: 'set' | 'add' | 'extend';
  readonly value: Expr;
  readonly scope: Scope;
}

export type Language = 'python' | 'script';

/** One file of code, read once. */
export interface Module {
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  readonly root: Scope;
  readonly calls: readonly CallSite[];
  readonly functions: readonly FunctionItem[];
  readonly classes: readonly ClassItem[];
  readonly wirings: readonly Wiring[];
  /** Modules of which everything is imported or exported again. */
  readonly stars: readonly string[];
  /** What a file of TypeScript gives to others, by the name they use. */
  readonly exports: ReadonlyMap<string, { readonly module: string | null; readonly name: string }>;
}

/** True when `scope` is `outer` or lies in it. */
export function within(scope: Scope, outer: Scope): boolean {
  for (let one: Scope | null = scope; one; one = one.parent) if (one === outer) return true;
  return false;
}

/** Dotted names of the classes and functions around something, outermost first. */
export function enclosing(scope: Scope): string[] {
  const names: string[] = [];
  for (let one: Scope | null = scope; one; one = one.parent) {
    if (one.kind !== 'module' && one.name) names.unshift(one.name);
  }
  return names;
}

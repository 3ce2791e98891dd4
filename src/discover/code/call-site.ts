import type { SyntaxNode, Tree, TreeCursor } from '@lezer/common';
import type { Call, CallSite, Ends, Expr, Scope } from './expression.ts';

/** What a language says about its calls. */
export interface CallSyntax {
  /** Moves the cursor from the first part of a call to what is called; false where the code is broken. */
  readonly enterCallee: (at: TreeCursor) => boolean;
  readonly callee: (node: SyntaxNode, text: string) => Expr;
  readonly call: (node: SyntaxNode, text: string) => Call;
  readonly bound: (node: SyntaxNode, text: string) => string | null;
  /** Left out where the language has no such thing. */
  readonly part?: (node: SyntaxNode, text: string) => string | null;
}

/** `name` and `name.part.part`, as nearly every call is written, but for words that are no names. */
const DOTTED =
  /(?!(?:None|True|False|super|import|new|null|true|false)\b)[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*/y;

/**
 * A call somewhere in a file; what is asked for is made once. Nearly every call is none that matters, so of it only
 * numbers are kept, and its node is looked up when somebody wants to know more.
 */
export class SyntaxCall implements CallSite {
  readonly from: number;
  readonly scope: Scope;
  readonly #to: number;
  readonly #syntax: CallSyntax;
  readonly #tree: Tree;
  readonly #text: string;
  /** What is called, where it is written: a name, something of something, or anything else. */
  readonly #calleeFrom: number = -1;
  readonly #calleeTo: number = -1;
  readonly #calleeIs: 'name' | 'member' | 'other' = 'other';
  #node: SyntaxNode | null = null;
  #names: Ends | null = null;
  #callee: Expr | null = null;
  #call: Call | null = null;

  /** The call that the cursor is on, where it is again in the end. */
  constructor(syntax: CallSyntax, at: TreeCursor, tree: Tree, text: string, scope: Scope) {
    this.from = at.from;
    this.#to = at.to;
    this.scope = scope;
    this.#syntax = syntax;
    this.#tree = tree;
    this.#text = text;
    if (!at.firstChild()) return;
    if (syntax.enterCallee(at)) {
      this.#calleeFrom = at.from;
      this.#calleeTo = at.to;
      this.#calleeIs =
        at.name === 'VariableName' ? 'name' : at.name === 'MemberExpression' ? 'member' : 'other';
    }
    at.parent();
  }

  names(): Ends {
    this.#names ??= this.#written() ?? ends(this.callee());
    return this.#names;
  }

  callee(): Expr {
    this.#callee ??= this.#syntax.callee(this.node(), this.#text);
    return this.#callee;
  }

  call(): Call {
    this.#call ??= this.#syntax.call(this.node(), this.#text);
    return this.#call;
  }

  bound(): string | null {
    return this.#syntax.bound(this.node(), this.#text);
  }

  part(): string | null {
    return this.#syntax.part?.(this.node(), this.#text) ?? null;
  }

  /** Whether it calls something of something, the name of which ends like one of these. */
  isMethod(names: readonly string[]): boolean {
    return this.#calleeIs === 'member' && names.some((name) => this.#text.endsWith(name, this.#calleeTo));
  }

  node(): SyntaxNode {
    if (this.#node === null) {
      let node: SyntaxNode = this.#tree.resolveInner(this.from, 1);
      while (node.to !== this.#to || node.from !== this.from || !CALLS.has(node.name)) {
        if (node.parent === null) throw new Error('a call has gone from its tree');
        node = node.parent;
      }
      this.#node = node;
    }
    return this.#node;
  }

  /** The names as the text shows them; null where it takes more to tell them. */
  #written(): Ends | null {
    if (this.#calleeIs === 'other') return null;
    DOTTED.lastIndex = this.#calleeFrom;
    if (!DOTTED.test(this.#text) || DOTTED.lastIndex !== this.#calleeTo) return null;
    const whole = this.#text.slice(this.#calleeFrom, this.#calleeTo);
    const first = whole.indexOf('.');
    return {
      root: first < 0 ? whole : whole.slice(0, first),
      last: first < 0 ? whole : whole.slice(whole.lastIndexOf('.') + 1),
    };
  }
}

/** What both languages call a call. */
const CALLS: ReadonlySet<string> = new Set(['CallExpression', 'NewExpression']);

function ends(expr: Expr): Ends {
  let one = expr;
  let last = '';
  while (one.type === 'member' || one.type === 'index') {
    if (one.type === 'member') last ||= one.name;
    one = one.of;
  }
  return one.type === 'name' ? { root: one.name, last: last || one.name } : { root: null, last };
}

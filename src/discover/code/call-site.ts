import type { SyntaxNode } from '@lezer/common';
import type { Call, CallSite, Ends, Expr, Scope } from './expression.ts';

/** What a language says about its calls. */
export interface CallSyntax {
  /** The node of what is called; null where the code is broken. */
  readonly calleeOf: (node: SyntaxNode) => SyntaxNode | null;
  readonly callee: (callee: SyntaxNode | null, node: SyntaxNode, text: string) => Expr;
  readonly call: (node: SyntaxNode, text: string) => Call;
  readonly bound: (node: SyntaxNode, text: string) => string | null;
}

/** `name` and `name.part.part`, as nearly every call is written, but for words that are no names. */
const DOTTED =
  /(?!(?:None|True|False|super|import|new|null|true|false)\b)[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*/y;
const PLAIN: ReadonlySet<string> = new Set(['VariableName', 'MemberExpression']);

/** A call somewhere in a file; what is asked for is made once. */
export class SyntaxCall implements CallSite {
  readonly from: number;
  readonly scope: Scope;
  readonly #syntax: CallSyntax;
  readonly #node: SyntaxNode;
  readonly #text: string;
  #names: Ends | null = null;
  #callee: Expr | null = null;
  #call: Call | null = null;

  constructor(syntax: CallSyntax, node: SyntaxNode, text: string, scope: Scope) {
    this.from = node.from;
    this.scope = scope;
    this.#syntax = syntax;
    this.#node = node;
    this.#text = text;
  }

  names(): Ends {
    this.#names ??= this.#written() ?? ends(this.callee());
    return this.#names;
  }

  callee(): Expr {
    this.#callee ??= this.#syntax.callee(this.#syntax.calleeOf(this.#node), this.#node, this.#text);
    return this.#callee;
  }

  call(): Call {
    this.#call ??= this.#syntax.call(this.#node, this.#text);
    return this.#call;
  }

  bound(): string | null {
    return this.#syntax.bound(this.#node, this.#text);
  }

  /** The names as the text shows them; null where it takes more to tell them. */
  #written(): Ends | null {
    const callee = this.#syntax.calleeOf(this.#node);
    if (!callee || !PLAIN.has(callee.name)) return null;
    DOTTED.lastIndex = callee.from;
    if (!DOTTED.test(this.#text) || DOTTED.lastIndex !== callee.to) return null;
    const whole = this.#text.slice(callee.from, callee.to);
    const first = whole.indexOf('.');
    return {
      root: first < 0 ? whole : whole.slice(0, first),
      last: first < 0 ? whole : whole.slice(whole.lastIndexOf('.') + 1),
    };
  }
}

function ends(expr: Expr): Ends {
  let one = expr;
  let last = '';
  while (one.type === 'member' || one.type === 'index') {
    if (one.type === 'member') last ||= one.name;
    one = one.of;
  }
  return one.type === 'name' ? { root: one.name, last: last || one.name } : { root: null, last };
}

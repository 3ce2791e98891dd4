import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { ExpressionError } from './expression-error.ts';
import { FUNCTIONS } from './functions.ts';
import type { View } from './view.ts';
import { VIEW_TYPES } from './views.ts';
import type { Expression } from './vocabulary.ts';

/**
 * The one file that knows the expression engine. Numbers are all of one type for whoever writes a rule: literals stay
 * whole numbers inside the engine, and mixed comparisons and sums are declared here.
 */
export type Ast = ASTNode;

export interface Checked {
  readonly ast: Ast;
  /** CEL name of the result's type. */
  readonly type: string;
  readonly run: Expression;
}

const LIMITS = { maxAstNodes: 2000, maxDepth: 60, maxListElements: 200, maxCallArguments: 8 };

let base: Environment | null = null;

/** Types of what is put together from several places: it has no keys of its own to ask for, and no controls. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['Claim', 'Evidence', 'Waiver', 'Text', 'Group', 'Path']);
/** Types of parts of something else: controls stand on the whole. */
const PARTS: ReadonlySet<string> = new Set([
  'Auth',
  'Identity',
  'Approval',
  'Limits',
  'Allow',
  'Card',
  'Weights',
]);

/** The environment every rule shares: types and functions, no names yet. */
function shared(): Environment {
  if (base) return base;
  const env = new Environment({ limits: LIMITS, homogeneousAggregateLiterals: true });
  for (const [name, { make, fields }] of VIEW_TYPES)
    env.registerType(name, { ctor: make, fields: { ...fields } });
  for (const name of VIEW_TYPES.keys()) {
    if (NOT_WRITTEN.has(name)) continue;
    env.registerFunction(`${name}.declared(string): bool`, (view: View, key: string) => view.declared(key));
    if (PARTS.has(name)) continue;
    env.registerFunction(`${name}.enforces(string): bool`, (view: View, control: string) =>
      view.enforces(control),
    );
  }
  env.registerFunction('Group.size(): int', (view: View) =>
    BigInt((view as unknown as { ids: string[] }).ids.length),
  );
  for (const { signature, call } of FUNCTIONS)
    env.registerFunction(signature, call as (...args: unknown[]) => unknown);
  mixNumbers(env);
  base = env;
  return env;
}

function mixNumbers(env: Environment): void {
  const sums: Record<string, (a: number, b: number) => unknown> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '==': (a, b) => a === b,
  };
  for (const [operator, apply] of Object.entries(sums)) {
    const mixed = (a: unknown, b: unknown) => apply(Number(a), Number(b));
    env.registerOperator(`int ${operator} double`, mixed);
    // The engine mirrors `==` itself.
    if (operator !== '==') env.registerOperator(`double ${operator} int`, mixed);
  }
}

/** Parses and type-checks `text`; `names` maps each name it may use to a type. Throws an ExpressionError. */
export function check(text: string, names: Readonly<Record<string, string>>): Checked {
  const env = shared().clone();
  for (const [name, type] of Object.entries(names)) env.registerVariable(name, type);
  const parsed = parse(env, text);
  const result = parsed.check();
  if (!result.valid) throw wrong(result.error, text);
  const values = (given: Readonly<Record<string, unknown>>) => {
    const context: Record<string, unknown> = {};
    for (const name of Object.keys(names)) context[name] = given[name];
    return parsed(context) as unknown;
  };
  return { ast: parsed.ast, type: result.type ?? 'dyn', run: values };
}

/** Parses alone, for checks that look at the form of an expression before its types. */
export function parseOnly(text: string): Ast {
  return parse(shared(), text).ast;
}

function parse(env: Environment, text: string) {
  try {
    return env.parse(text);
  } catch (error) {
    throw wrong(error, text);
  }
}

interface EngineError {
  readonly code?: string;
  readonly summary?: string;
  readonly range?: { readonly start: number; readonly end: number };
  readonly node?: Ast;
}

function wrong(error: unknown, text: string): ExpressionError {
  const { code, summary, range, node } = error as EngineError;
  const start = range?.start ?? 0;
  return new ExpressionError(
    code ?? 'expression',
    summary ?? String(error),
    start,
    Math.max(start + 1, range?.end ?? text.length),
    node?.op === '.' ? typeOf(node.args[0]) : null,
  );
}

/** Fields of a type, for did-you-mean; undefined for types that have none. */
export const fieldsOf = (type: string): Readonly<Record<string, string>> | undefined =>
  VIEW_TYPES.get(type)?.fields;

/** Type the engine gave to a node of a checked expression. */
export const typeOf = (ast: Ast): string =>
  String((ast as unknown as { checkedType?: { name: string } }).checkedType?.name ?? 'dyn');

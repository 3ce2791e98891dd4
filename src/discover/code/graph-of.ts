import {
  type Call,
  type CallSite,
  type Expr,
  type FunctionItem,
  type Module,
  type Scope,
  within,
} from './expression.ts';
import { givenBy } from './given.ts';
import { follow, type Given, referenceOf, type Site } from './resolve.ts';
import type { Sink } from './sink.ts';

/** A function and the file it is in. */
export interface Code {
  readonly item: FunctionItem;
  readonly module: Module;
  /** What parameters around and of it stand for, where it is made or called with them. */
  readonly given?: Given;
}

const MAX_DEPTH = 5;

/**
 * Which graph an expression stands for: `builder`, the chains of TypeScript, and what `compile()` gives, by the place of
 * the call that made it; null for none.
 */
export function graphOf(expr: Expr, site: Site, sink: Sink, depth = 0): string | null {
  const target = follow(expr, site, sink.files);
  if (depth > 100 || target.type !== 'value' || target.expr.type !== 'call') return null;
  const { callee } = target.expr;
  const reference = referenceOf(callee, target.site, sink.files);
  if (reference)
    return /Graph$/.test(reference.name) && /langgraph/.test(reference.module)
      ? `${target.site.module.path} ${target.expr.from}`
      : null;
  return callee.type === 'member' ? graphOf(callee.of, target.site, sink, depth + 1) : null;
}

/** The file that a graph is made in. */
export const fileOf = (graph: string): string => graph.slice(0, graph.lastIndexOf(' '));

/**
 * The function that an expression stands for, with the file it is in: by its name, made by another function
 * (`make_node(llm)`), wrapped by a package (`partial(node, …)`, `traceable(node)`), or an object that can be called.
 */
export function functionOf(expr: Expr, site: Site, sink: Sink, depth = 0): Code | null {
  const target = follow(expr, site, sink.files);
  if (target.type === 'function') return { item: target.function, ...homeOf(target.site) };
  if (target.type !== 'value' || depth > MAX_DEPTH) return null;
  const { expr: value, site: home } = target;
  if (value.type === 'lambda') {
    const item = home.module.functions.find(({ scope }) => scope.from === value.from);
    return item ? { item, ...homeOf(home) } : null;
  }
  if (value.type !== 'call') return null;
  const made = follow(value.callee, home, sink.files);
  if (made.type === 'class') {
    const method = made.class.scope.names.get('__call__')?.at(-1);
    return method?.type === 'function' ? { item: method.function, module: made.site.module } : null;
  }
  if (made.type === 'package') {
    const [wrapped] = value.args;
    return wrapped ? functionOf(wrapped, home, sink, depth + 1) : null;
  }
  const maker = functionOf(value.callee, home, sink, depth + 1);
  const [only, ...others] = maker?.item.returns() ?? [];
  if (!maker || !only || others.length > 0) return null;
  return functionOf(only, insideOf(calledWith(maker, value, home)), sink, depth + 1);
}

const homeOf = ({ module, given }: Site): Omit<Code, 'item'> => ({ module, ...(given ? { given } : {}) });

/** Where the names inside a function mean something. */
export const insideOf = ({ item, module, given }: Code, scope: Scope = item.scope): Site => ({
  module,
  scope,
  ...(given ? { given } : {}),
});

/** A function as one call runs it. */
export const calledWith = (code: Code, call: Call, site: Site): Code => ({
  ...code,
  given: givenBy(code.item, call, site, code),
});

/** The calls in a function, those of functions inside it included. Calls stand in the order they begin in. */
export function callsIn({ item, module }: Code): CallSite[] {
  const { calls } = module;
  let [low, high] = [0, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (calls[middle]!.from < item.scope.from) low = middle + 1;
    else high = middle;
  }
  const found: CallSite[] = [];
  for (let at = low; at < calls.length && calls[at]!.from < item.scope.to; at++)
    if (within(calls[at]!.scope, item.scope)) found.push(calls[at]!);
  return found;
}

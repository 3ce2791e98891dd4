import type { Expr, FunctionItem, Module } from './expression.ts';
import { follow, referenceOf, type Site } from './resolve.ts';
import type { Sink } from './sink.ts';

/** A function and the file it is in. */
export interface Code {
  readonly item: FunctionItem;
  readonly module: Module;
}

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

/** The function that an expression stands for, with the file it is in. */
export function functionOf(expr: Expr, site: Site, sink: Sink): Code | null {
  const target = follow(expr, site, sink.files);
  if (target.type === 'function') return { item: target.function, module: target.site.module };
  if (target.type !== 'value' || target.expr.type !== 'lambda') return null;
  const { from } = target.expr;
  const { module } = target.site;
  const item = module.functions.find(({ scope }) => scope.from === from);
  return item ? { item, module } : null;
}

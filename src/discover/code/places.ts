import type { FactValue } from '../fact.ts';
import * as place from '../values.ts';
import type { Module } from './expression.ts';
import type { Literal } from './values.ts';

const lineStarts = new WeakMap<Module, readonly number[]>();

/** Line and column of an offset, both from 1. */
export function placeOf(module: Module, offset: number): { line: number; column: number } {
  let starts = lineStarts.get(module);
  if (!starts) {
    const found = [0];
    for (let at = module.text.indexOf('\n'); at >= 0; at = module.text.indexOf('\n', at + 1))
      found.push(at + 1);
    lineStarts.set(module, found);
    starts = found;
  }
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** A value with its place; what looks like a secret is not repeated. */
export const known = (value: string | boolean | readonly string[], module: Module, from: number): FactValue =>
  place.known(value, placeOf(module, from));

/** A value that is there and that only a run knows. */
export const open = (why: string, module: Module, from: number): FactValue =>
  place.unknown(why, placeOf(module, from));

/** What a literal says, with the environment variable that can change it. */
export function fromLiteral(literal: Literal, module: Module, from: number): FactValue {
  const value =
    literal.value === null
      ? open(literal.why ?? 'is computed', module, from)
      : known(literal.value, module, from);
  return literal.environment ? { ...value, env: literal.environment } : value;
}

import { language } from '../model/language.ts';
import type { Ast } from './cel.ts';
import { DERIVED } from './derived.ts';

/**
 * Names of all fields that may be undeclared facts, whatever the type: those the schema marks, and computed ones that
 * hang on such a fact. test/rules/certain.test.ts reads every other field of descriptions that declare nothing.
 */
export const DOUBTFUL: ReadonlySet<string> = new Set([
  ...Object.values(language.definitions).flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, { fact }]) => (fact ? [name] : [])),
  ),
  ...Object.values(DERIVED).flatMap((fields) =>
    Object.entries(fields).flatMap(([name, { fact }]) => (fact ? [name] : [])),
  ),
]);

/** Whether an expression reads no field that may be undeclared: evaluating it never throws. */
export const isCertain = (node: unknown): boolean => {
  if (Array.isArray(node)) return node.every(isCertain);
  if (typeof node !== 'object' || node === null || !('op' in node)) return true;
  const { op, args } = node as Ast;
  if (op === '.' && DOUBTFUL.has(args[1])) return false;
  return isCertain(args);
};

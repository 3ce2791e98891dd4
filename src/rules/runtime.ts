import { isThrowing, UndeclaredFact } from './undeclared.ts';

// What the JavaScript that `emit.ts` writes calls for everything that JavaScript does otherwise than CEL.

/** Whether reading an undeclared fact fails now. */
export const failing = isThrowing;

/** In CEL an error on one side of `&&`, `||`, `all` or `exists` does not matter when the other side decides. */
export const and = (left: () => unknown, right: () => unknown): boolean => decide(left, right, false);
export const or = (left: () => unknown, right: () => unknown): boolean => decide(left, right, true);

function decide(left: () => unknown, right: () => unknown, deciding: boolean): boolean {
  let first: unknown;
  try {
    first = left();
  } catch (error) {
    if (!(error instanceof UndeclaredFact)) throw error;
    if (right() === deciding) return deciding;
    throw error;
  }
  return first === deciding ? deciding : right() === true;
}

type Test = (item: never) => unknown;

export const exists = (list: readonly unknown[], test: Test): boolean => quantify(list, test, true);
export const all = (list: readonly unknown[], test: Test): boolean => quantify(list, test, false);

function quantify(list: readonly unknown[], test: Test, deciding: boolean): boolean {
  let missing: unknown;
  for (const item of list) {
    try {
      if (test(item as never) === deciding) return deciding;
    } catch (error) {
      if (!(error instanceof UndeclaredFact)) throw error;
      missing ??= error;
    }
  }
  if (missing !== undefined) throw missing;
  return !deciding;
}

export const existsOne = (list: readonly unknown[], test: Test): boolean =>
  list.filter((item) => test(item as never) === true).length === 1;
export const filter = (list: readonly unknown[], test: Test): unknown[] =>
  list.filter((item) => test(item as never) === true);
export const map = (list: readonly unknown[], make: Test): unknown[] =>
  list.map((item) => make(item as never));

export const isIn = (item: unknown, list: readonly unknown[]): boolean => list.includes(item);
/** Size of a text in characters, of a list in members, of a group in its members. */
export const size = (value: unknown): number =>
  typeof value === 'string'
    ? [...value].length
    : Array.isArray(value)
      ? value.length
      : (value as { ids: string[] }).ids.length;
export const join = (list: readonly unknown[], between = ''): string => list.join(between);
export const contains = (text: string, part: string): boolean => text.includes(part);
export const startsWith = (text: string, part: string): boolean => text.startsWith(part);
export const endsWith = (text: string, part: string): boolean => text.endsWith(part);
export const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

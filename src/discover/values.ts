import { looksSecret } from '../finding/secrets.ts';
import type { FactValue } from './fact.ts';
import type { Place } from './read/tree.ts';

/** A value with its place. A text in which a credential stands is left out: only that it is there is said. */
export function known(value: string | boolean | readonly string[], { line, column }: Place): FactValue {
  const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  if (texts.some(looksSecret))
    return unknown('holds something that looks like a credential', { line, column });
  return { value, line, column };
}

/** A value that is there and that the artifact does not tell; `why` is a clause. */
export const unknown = (why: string, { line, column }: Place): FactValue => ({
  value: null,
  line,
  column,
  unresolved: why,
});

/** Attributes without those that are not there. */
export function attributesOf(
  all: Readonly<Record<string, FactValue | null | undefined>>,
): Readonly<Record<string, FactValue>> {
  return Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, FactValue] => entry[1] !== null && entry[1] !== undefined,
    ),
  );
}

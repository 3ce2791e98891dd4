import type { Location } from '../finding/finding.ts';
import { visible } from './escape.ts';

/** `1 file`, `2 files`. */
export const count = (n: number, word: string, plural = `${word}s`): string =>
  `${n} ${n === 1 ? word : plural}`;

/** `file:line:column`, escaped as one piece so that a file name cannot complete a sequence with the colons. */
export const place = (at: Location): string => visible(`${at.file}:${at.line}:${at.column}`);

/** At most `limit` of `items`, and how many more there are: `a, b and 3 more`. */
export function listed(items: readonly string[], limit: number): string {
  const rest = items.length - limit;
  const head = items.slice(0, limit).map(visible).join(', ');
  return rest > 0 ? `${head} and ${rest} more` : head;
}

/** Order of code units, the same on every machine (never by locale). */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { Looked } from '../verdict/explained.ts';
import type { Row } from './explain-table.ts';

export const NOT_DECLARED = 'not declared';

/** What was looked at as rows; what follows from facts has them below it, but for those that were shown before. */
export function lookedRows(looked: readonly Looked[], depth = 0, shown = new Set<string>()): Row[] {
  const names = looked.map((each) => (each.is === 'step' ? each.text : each.name));
  const fresh = looked.filter((_, i) => depth === 0 || !shown.has(names[i]!));
  const rows = fresh.flatMap((each): Row[] => {
    if (each.is === 'step') return [{ depth, name: each.text, location: each.location }];
    const { name, value } = each;
    if (each.is === 'derived')
      return [{ depth, name, value: value ?? NOT_DECLARED }, ...lookedRows(each.because, depth + 1, shown)];
    const { location } = each;
    return [{ depth, name, value: value ?? NOT_DECLARED, location, missing: value === null }];
  });
  for (const name of names) shown.add(name);
  const isShort = fresh.length < looked.length && rows.length > 0;
  return isShort ? [...rows, { depth, name: 'and facts shown above' }] : rows;
}

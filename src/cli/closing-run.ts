import type { Finding } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import {
  type ClosingCount,
  type ClosingGround,
  countClosing,
  type LintedSystem,
} from '../verdict/closing.ts';

/** How many changes close these attack paths of all systems together. */
export function closingOf(
  systems: readonly LintedSystem[],
  paths: readonly Finding[],
  ground: ClosingGround,
): ClosingCount {
  const counts = systems.flatMap((each) => {
    const name = mask(each.system.name);
    const own = paths.filter(({ system }) => system === name);
    return own.length === 0 ? [] : [countClosing(each, own, ground)];
  });
  const sum = (key: 'paths' | 'closed') => counts.reduce((total, each) => total + each[key], 0);
  const changes = counts.reduce<number | null>(
    (total, each) => (total === null || each.changes === null ? null : total + each.changes),
    0,
  );
  return { paths: sum('paths'), closed: sum('closed'), changes };
}

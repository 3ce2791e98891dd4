import type { Finding } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import {
  type ClosingGround,
  type ClosingLimits,
  countClosing,
  type LintedSystem,
} from '../verdict/closing.ts';
import { addClosings, type ClosingCount } from '../verdict/closing-count.ts';

/** How many changes close these attack paths of all systems together. */
export function closingOf(
  systems: readonly LintedSystem[],
  paths: readonly Finding[],
  ground: ClosingGround,
  limits: ClosingLimits,
): ClosingCount {
  const counts = systems.flatMap((each) => {
    const name = mask(each.system.name);
    const own = paths.filter(({ system }) => system === name);
    return own.length === 0 ? [] : [countClosing(each, own, ground, limits)];
  });
  return addClosings(counts);
}

import type { Unknown } from '../finding/finding.ts';
import { byCodeUnit, count, listed } from './words.ts';

const MAX_FACTS = 8;

/** What could not be judged, in one line: the facts that are missing, those that most checks wait for first. */
export function unknownText(unknown: readonly Unknown[]): string {
  const waiting = new Map<string, number>();
  const several = new Set(unknown.map(({ system }) => system)).size > 1;
  for (const { facts, system } of unknown) {
    for (const fact of facts) {
      const name = factName(fact) + (several ? ` (${system})` : '');
      waiting.set(name, (waiting.get(name) ?? 0) + 1);
    }
  }
  const facts = [...waiting.entries()]
    .sort(([a, m], [b, n]) => n - m || byCodeUnit(a, b))
    .map(([name]) => name);
  return `${count(unknown.length, 'check')} could not judge: ${listed(facts, MAX_FACTS)}`;
}

/** `trader.autonomy` as `autonomy of trader`: what comes after the last dot is the key. */
function factName(fact: string): string {
  const dot = fact.lastIndexOf('.');
  return dot < 0 ? fact : `${fact.slice(dot + 1)} of ${fact.slice(0, dot)}`;
}

import type { Unknown } from '../finding/finding.ts';
import { byCodeUnit, count, listed } from './words.ts';

const MAX_FACTS = 8;

/** What could not be judged, in one line: the facts that are missing, those that most checks wait for first. */
export function unknownText(unknown: readonly Unknown[]): string {
  const waiting = new Map<string, number>();
  const several = new Set(unknown.map(({ system }) => system)).size > 1;
  for (const { facts, subject, system } of unknown) {
    for (const fact of facts) {
      const name = factName(fact, subject) + (several ? ` (${system})` : '');
      waiting.set(name, (waiting.get(name) ?? 0) + 1);
    }
  }
  const facts = [...waiting.entries()]
    .sort(([a, m], [b, n]) => n - m || byCodeUnit(a, b))
    .map(([name]) => name);
  return `${count(unknown.length, 'check')} could not judge: ${listed(facts, MAX_FACTS)}`;
}

/** `trader.autonomy` as `autonomy of trader`. Ids may have one dot (`tool.action`), so the subject decides. */
function factName(fact: string, subject: readonly string[]): string {
  const owner =
    subject.filter((id) => fact.startsWith(`${id}.`)).sort((a, b) => b.length - a.length)[0] ??
    fact.slice(0, Math.max(0, fact.indexOf('.')));
  return owner === '' ? fact : `${fact.slice(owner.length + 1)} of ${owner}`;
}

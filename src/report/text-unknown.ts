import type { Unknown } from '../finding/finding.ts';
import type { Paint } from './paint.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { plain, prose } from './text-prose.ts';
import { byCodeUnit, count, listed } from './words.ts';

const MAX_FACTS = 8;

/** What could not be judged: the facts to declare, those that most checks wait for first, and how to see why. */
export function unknownText(unknown: readonly Unknown[], paint: Paint, options: TextOptions): string {
  const waiting = new Map<string, number>();
  const several = new Set(unknown.map(({ system }) => system)).size > 1;
  for (const { facts, system } of unknown) {
    for (const fact of facts) {
      const name = several ? `${fact} (${system})` : fact;
      waiting.set(name, (waiting.get(name) ?? 0) + 1);
    }
  }
  const facts = [...waiting.entries()]
    .sort(([a, m], [b, n]) => n - m || byCodeUnit(a, b))
    .map(([name]) => name);
  const text = `${count(unknown.length, 'check')} could not judge; declare ${listed(facts, MAX_FACTS)}`;
  return [
    ...prose(
      { text: 'unknown:', look: paint.strong },
      { text, look: plain },
      { room: proseRoom(options), indent: 0, hang: 4 },
    ),
    ...hint(facts[0]!.split(' ')[0]!).map(paint.faint),
  ].join('\n');
}

/** A command is only offered with a name that every shell takes as it is. */
const hint = (fact: string): string[] => (/^[\w.-]+$/.test(fact) ? [`  see: maestro explain ${fact}`] : []);

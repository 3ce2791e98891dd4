import type { Fact } from '../fact.ts';
import type { Draft, Offer } from './component.ts';
import { Index, nearestOf } from './resolve.ts';

/**
 * What servers written in the repository offer, by the server; each tool once. A file that only gets a server handed
 * means the nearest one that is written here, where one alone is.
 */
export function offersOf(
  facts: readonly Fact[],
  drafts: readonly Draft[],
): ReadonlyMap<Draft, readonly Offer[]> {
  const found = new Map<Draft, Map<string, Offer>>();
  if (facts.length === 0) return new Map();
  const index = new Index(drafts, facts);
  const own = drafts.filter(({ attributes }) => attributes['written_here']?.value === true);
  for (const fact of facts) {
    const server = serverOf(fact, index, own);
    if (server === null) continue;
    const { file, line, column } = fact.source;
    const effect = fact.attributes['effect']?.value === 'read' ? 'read' : null;
    const offers = found.get(server) ?? new Map<string, Offer>();
    if (!offers.has(fact.name)) offers.set(fact.name, { name: fact.name, effect, file, line, column });
    found.set(server, offers);
  }
  return new Map([...found].map(([server, offers]) => [server, [...offers.values()]]));
}

function serverOf(fact: Fact, index: Index, own: readonly Draft[]): Draft | null {
  const [link] = fact.links;
  if (link?.definition) {
    const target = index.target(link, fact);
    return typeof target === 'string' ? null : target;
  }
  const [nearest, ...others] = nearestOf(own, fact);
  return nearest && others.length === 0 ? nearest : null;
}

import { addTo } from '../../finding/grouped.ts';
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
  const found = new Map<Draft, Offer[]>();
  if (facts.length === 0) return found;
  const index = new Index(drafts);
  const own = drafts.filter(({ attributes }) => attributes['written_here']?.value === true);
  for (const fact of facts) {
    const [link] = fact.links;
    if (!link) continue;
    const target = link.definition ? index.target(link, fact) : (nearestOf(own, fact)[0] ?? '');
    if (typeof target === 'string' || (!link.definition && nearestOf(own, fact).length > 1)) continue;
    const { file, line, column } = fact.source;
    const effect = fact.attributes['effect']?.value;
    const name = fact.name;
    if (!found.get(target)?.some((each) => each.name === name))
      addTo(found, target, { name, effect: effect === 'read' ? effect : null, file, line, column });
  }
  return found;
}

import { grouped } from '../../finding/grouped.ts';
import type { Edge, Component as Part } from '../../model/system.ts';
import type { Component, JoinedLink } from '../join.ts';
import type { Difference, Written } from './difference.ts';
import type { Matches, Pair } from './match.ts';
import { namesIn } from './parts.ts';

/** References that are held against the description: what an agent may do, ask, read and write. */
const KEYS = ['tools', 'delegates_to', 'models', 'reads', 'writes', 'memory'];

/** What a component uses in the repository and not in the description, where both ends are described. */
export function undeclaredUses({ pairs }: Matches, all: readonly Component[]): Difference[] {
  const byId = new Map(all.map((each) => [each.id, each]));
  const partsOf = grouped(pairs, (pair) => pair.shown);
  return pairs.flatMap((pair): Difference[] => {
    if (pair.by === 'place') return [];
    return pair.shown.links.flatMap((link) => {
      if (!KEYS.includes(link.as)) return [];
      const target = byId.get(link.to);
      const ends = (target ? (partsOf.get(target) ?? []) : [])
        .filter(({ declared }) => declared.system === pair.declared.system)
        .map(({ declared }) => declared.part);
      return ends.length === 0 ? [] : (use(pair, link, ends) ?? []);
    });
  });
}

function use(pair: Pair, link: JoinedLink, ends: readonly Part[]): Difference | null {
  const { part, system } = pair.declared;
  const [end] = ends as [Part, ...Part[]];
  const edges = [...part.out.values(), system.flows.filter(({ from }) => from === part)]
    .flat()
    .filter(({ to }) => ends.includes(to.tool ?? to));
  const missing = edges.length === 0 ? null : missingActions(edges, link);
  if (missing?.length === 0) return null;
  const what = missing === null ? end.id : `${missing.map((name) => `${end.id}.${name}`).join(', ')}`;
  const at: Written = { origin: part.origin, path: part.path };
  const written = edges[0] ? { origin: edges[0].origin, path: edges[0].path } : at;
  return {
    rule: 'drift-undeclared-link',
    system,
    subject: [part.id, end.id],
    detail: [link.as, ...(missing ?? [])].join('.'),
    message: `${part.id} ${VERBS[link.as]} ${what} in the repository, and the description does not say so: no path over it is found`,
    place: link,
    written,
    says: missing === null ? `${part.id} as it is described` : 'what is granted here',
    fix: { edit: missing === null ? { [link.as]: { [end.id]: {} } } : {}, at },
  };
}

const VERBS: Readonly<Record<string, string>> = {
  tools: 'can call',
  delegates_to: 'hands over to',
  models: 'asks',
  reads: 'reads',
  writes: 'writes',
  memory: 'remembers in',
};

/** Actions that the repository grants beyond those that a grant lists; none where either lists none. */
function missingActions(edges: readonly Edge[], { attributes }: JoinedLink): string[] {
  const shown = attributes['actions']?.value;
  if (!Array.isArray(shown)) return [];
  const granted = edges.map(({ raw }) => namesIn(raw['actions']));
  if (granted.some((names) => names === null || names.includes('*'))) return [];
  return (shown as readonly string[]).filter((name) => name !== '*' && !granted.flat().includes(name));
}

import type { Kind } from '../../model/language.ts';
import type { Drawing, Node, Zone } from './drawing.ts';
import { merged, mergedMarks, mergedSteps } from './merge.ts';

/** More than this nobody reads in one picture, and Mermaid draws no more than 500 edges. */
const MAX = { nodes: 150, edges: 400, zones: 80 };

/** The component with this id, those it has to do with, and what passes between all of them. */
export function around(drawing: Drawing, id: string): Drawing {
  const near = new Set([id]);
  for (const { from, to } of drawing.edges) {
    if (from === id) near.add(to);
    if (to === id) near.add(from);
  }
  const nodes = drawing.nodes.filter((node) => near.has(node.id));
  return {
    ...drawing,
    zones: zonesOf(drawing.zones, nodes),
    nodes,
    edges: drawing.edges.filter(({ from, to }) => near.has(from) && near.has(to)),
    notes: [...drawing.notes, `Around ${id}: ${nodes.length} of ${drawing.nodes.length} components`],
  };
}

/**
 * The largest picture that people and programs can take: the whole, or all components of one kind drawn as one, first
 * in each zone, then in zones that are drawn together. `write` gives its text, which may have so many characters.
 */
export function written(
  drawing: Drawing,
  write: (drawing: Drawing) => string,
  maxCharacters: number,
): { readonly text: string; readonly isWhole: boolean } {
  if (isSmall(drawing)) {
    const text = write(drawing);
    if (text.length <= maxCharacters) return { text, isWhole: true };
  }
  let text = '';
  for (const level of LEVELS) {
    const smaller = collapsed(drawing, level);
    text = write(smaller);
    if (isSmall(smaller) && text.length <= maxCharacters) break;
  }
  return { text, isWhole: false };
}

const isSmall = ({ nodes, edges, zones }: Drawing): boolean =>
  nodes.length <= MAX.nodes && edges.length <= MAX.edges && zones.length <= MAX.zones;

interface Level {
  /** Completes: those of one kind … are drawn as one. */
  readonly says: string;
  /** The zone that a component is drawn in, from all zones around it, the innermost first. */
  readonly zoneOf: (around: readonly Zone[]) => Zone | null;
}

const LEVELS: readonly Level[] = [
  { says: 'in one zone', zoneOf: (around) => around[0] ?? null },
  { says: 'in one outermost zone', zoneOf: (around) => around.at(-1) ?? null },
  { says: 'in zones of one trust', zoneOf: ([zone]) => (zone ? byTrust(zone) : null) },
  { says: 'in any zone', zoneOf: () => null },
];

const byTrust = ({ trust }: Zone): Zone => ({
  id: trust === '' ? 'trust not declared' : trust,
  trust,
  within: null,
});

function collapsed(drawing: Drawing, { says, zoneOf }: Level): Drawing {
  const zones = new Map(drawing.zones.map((zone) => [zone.id, zone]));
  const used = new Map<string, Zone>();
  const groups = new Map<string, Node[]>();
  const groupOf = new Map<string, string>();
  for (const node of drawing.nodes) {
    const zone = zoneOf(chain(zones, node.zone));
    if (zone) used.set(zone.id, zone);
    const key = JSON.stringify([zone?.id ?? null, node.kind]);
    groupOf.set(node.id, key);
    const members = groups.get(key) ?? [];
    groups.set(key, members);
    members.push({ ...node, zone: zone?.id ?? null });
  }
  const nodes = [...groups].map(([key, members]) => asOne(key, members));
  const edges = drawing.edges
    .map((edge) => ({ ...edge, from: groupOf.get(edge.from)!, to: groupOf.get(edge.to)! }))
    .filter(({ from, to }) => from !== to);
  return {
    ...drawing,
    // A zone may be called as a level of trust is.
    zones: zonesOf([...new Map([...zones, ...used]).values()], nodes),
    nodes,
    edges: merged(edges),
    notes: [
      ...drawing.notes,
      `${drawing.nodes.length} components: those of one kind ${says} are drawn as one`,
    ],
  };
}

/** A zone and those it is within, from the inside. */
function chain(zones: ReadonlyMap<string, Zone>, id: string | null): Zone[] {
  const found: Zone[] = [];
  for (let zone = id === null ? undefined : zones.get(id); zone; zone = zones.get(zone.within ?? ''))
    found.push(zone);
  return found;
}

/** The zones that hold one of these components, and what is around them. */
function zonesOf(zones: readonly Zone[], nodes: readonly Node[]): Zone[] {
  const byId = new Map(zones.map((zone) => [zone.id, zone]));
  const used = new Set(nodes.flatMap(({ zone }) => chain(byId, zone)));
  return zones.filter((zone) => used.has(zone));
}

const PLURALS: Readonly<Record<Exclude<Kind, 'boundary'>, string>> = {
  agent: 'agents',
  model: 'models',
  store: 'data stores',
  tool: 'tools',
  host: 'hosts',
  monitor: 'monitors',
  service: 'security services',
  peer: 'external systems',
  actor: 'actors',
};

function asOne(key: string, members: readonly Node[]): Node {
  const [first] = members;
  if (members.length === 1) return { ...first!, id: key };
  const open = members.filter(({ isPublic }) => isPublic).length;
  return {
    ...first!,
    id: key,
    label: `${members.length} ${PLURALS[first!.kind as Exclude<Kind, 'boundary'>]}`,
    name: '',
    facts: open > 0 ? [`${open} public`] : [],
    isPublic: open > 0,
    marks: mergedMarks(members.flatMap(({ marks }) => marks)),
    steps: mergedSteps(members.flatMap(({ steps }) => steps)),
  };
}

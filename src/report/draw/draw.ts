import { mask } from '../../finding/secrets.ts';
import { type Component, edgesOf, type System, textOf } from '../../model/system.ts';
import { boundaryOf, trustOf } from '../../model/zones.ts';
import type { Drawing, Edge, Node, Zone } from './drawing.ts';
import { type Arrow, arrowsOf } from './flows.ts';
import { merged } from './merge.ts';

/** A system as a drawing. What looks like a credential is masked, here and nowhere later. */
export function draw(system: System, layers: Drawing['layers']): Drawing {
  const components = system.components.filter(({ kind }) => kind !== 'boundary');
  const arrows = arrowsOf(system);
  const isOfZone = ({ a, b }: Arrow) => a.kind === 'boundary' || b.kind === 'boundary';
  return {
    title: mask(system.name),
    layers,
    zones: zonesOf(system),
    nodes: components.map((component) => node(component, arrows.filter(isOfZone))),
    edges: merged(arrows.filter((arrow) => !isOfZone(arrow)).map(edge)),
    path: null,
    notes: [],
  };
}

/** Zones with the ones they are within before them; a zone in a circle of its own counts as an outermost one. */
function zonesOf(system: System): Zone[] {
  const zones: Zone[] = [];
  const done = new Set<Component>();
  const add = (zone: Component, inside: readonly Component[]): void => {
    if (done.has(zone)) return;
    const outer = edgesOf(zone, 'within')[0]?.to ?? null;
    const isCircle = outer !== null && (outer === zone || inside.includes(outer));
    if (outer !== null && !isCircle) add(outer, [...inside, zone]);
    // Of a circle, the others came in while this one waited.
    if (done.has(zone)) return;
    done.add(zone);
    zones.push({
      id: mask(zone.id),
      trust: trustOf(zone),
      within: outer && !isCircle ? mask(outer.id) : null,
    });
  };
  for (const component of system.components) if (component.kind === 'boundary') add(component, []);
  return zones;
}

function node(component: Component, ofZones: readonly Arrow[]): Node {
  const name = textOf(component.raw, 'name');
  const zone = boundaryOf(component);
  const isPublic = textOf(component.raw, 'exposure') === 'public';
  return {
    id: mask(component.id),
    label: mask(component.id),
    name: name === component.id ? '' : mask(name),
    kind: component.kind as Node['kind'],
    facts: [...factsOf(component, isPublic), ...ofZones.flatMap((arrow) => zoneFact(component, arrow))],
    zone: zone && mask(zone.id),
    isPublic,
    marks: [],
    steps: [],
  };
}

/** How a kind is called where a component says nothing narrower. */
const NOUNS: Readonly<Record<string, string>> = {
  store: 'data',
  service: 'security',
  peer: 'external',
  host: 'infrastructure',
};

/** By kind, the fact that decides most about a component. */
const TELLING: Readonly<Record<string, string>> = {
  agent: 'autonomy',
  model: 'hosting',
  store: 'classification',
  tool: 'publisher',
};

function factsOf(component: Component, isPublic: boolean): string[] {
  const { kind, raw } = component;
  const narrower = textOf(raw, 'kind');
  const telling = TELLING[kind];
  return [
    narrower === '' ? (NOUNS[kind] ?? kind) : narrower,
    telling === undefined ? '' : textOf(raw, telling),
    textOf(raw, 'plane') === 'development' ? 'development' : '',
    // As lines, the hosts of everything would cover what moves.
    ...edgesOf(component, 'runs_on').map(({ to }) => `on ${mask(to.id)}`),
    isPublic ? 'public' : '',
  ].filter((fact) => fact !== '');
}

const SIGNS = {
  there: ['→', '←'],
  back: ['←', '→'],
  both: ['↔', '↔'],
  none: ['·', '·'],
} as const;

/** What a component has to do with a whole zone, in words: no line ends at a zone. */
function zoneFact(component: Component, { a, b, way, says }: Arrow): string[] {
  const [other, end] = a === component ? [b, 0] : b === component ? [a, 1] : [component, 0];
  return other.kind === 'boundary' ? [mask(`${SIGNS[way][end]} ${other.id} ${says.join(', ')}`.trim())] : [];
}

const edge = ({ a, b, way, says, auth }: Arrow): Edge => ({
  from: mask(way === 'back' ? b.id : a.id),
  to: mask(way === 'back' ? a.id : b.id),
  heads: way === 'both' || way === 'none' ? way : 'to',
  isFlow: way !== 'none',
  says: says.map(mask),
  auth: [auth],
  marks: [],
  steps: [],
});

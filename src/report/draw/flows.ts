import { type Component, edgesOf, type Edge as Reference, type System, textOf } from '../../model/system.ts';
import { isDataMap } from '../../model/yaml.ts';
import { authOf, endsOf } from '../../rules/data-flows.ts';
import { isWildcard } from '../../rules/world.ts';

/** One declared reference as an arrow between two components or zones. `a` is who asks or calls. */
export interface Arrow {
  readonly a: Component;
  readonly b: Component;
  /** Which way data goes: from `a` to `b`, back, both ways, or not at all. */
  readonly way: 'there' | 'back' | 'both' | 'none';
  readonly says: readonly string[];
  readonly auth: string;
}

/**
 * How each reference is drawn, seen from who wrote it. An arrow points where the content goes: what is read comes in,
 * what is written, sent or delegated goes out, and a question that is answered with content goes both ways. The
 * answer that follows any call is not drawn.
 */
const REFERENCES: Readonly<Record<string, readonly [way: Arrow['way'], says: string]>> = {
  models: ['both', 'asks'],
  reads: ['back', 'read'],
  writes: ['there', 'written'],
  memory: ['both', 'memory'],
  serves: ['both', 'asks'],
  delegates_to: ['there', 'delegates'],
  ingests: ['back', 'ingested'],
  trained_on: ['back', 'trains'],
  observes: ['back', 'observed'],
  covers: ['none', 'covers'],
  publishes: ['none', 'publishes'],
};

/** Everything a description says of who has to do with whom; zones are drawn around components, not as arrows. */
export function arrowsOf(system: System): Arrow[] {
  const implied = system.components
    .filter(({ kind }) => kind !== 'boundary')
    .flatMap((component) => [...references(component), ...component.actions.flatMap(targets)]);
  return [...implied, ...system.flows.map(flow)];
}

function references(component: Component): Arrow[] {
  return [...component.out].flatMap(([key, edges]) => {
    if (key === 'tools') return edges.map(grant);
    const drawn = REFERENCES[key];
    if (!drawn) return [];
    const [way, says] = drawn;
    return edges.map((edge) => arrow(edge, way, [says]));
  });
}

function arrow(edge: Reference, way: Arrow['way'], says: readonly string[]): Arrow {
  const { from, to } = endsOf(edge);
  // An action is drawn as part of its tool.
  return { a: from.tool ?? from, b: to.tool ?? to, way, says, auth: methodOf(edge) };
}

function flow(edge: Reference): Arrow {
  const protocol = textOf(edge.raw, 'protocol');
  return arrow(edge, 'there', protocol === '' ? [] : [protocol]);
}

/** What an agent may do with a tool: the names of the actions, and the way by what they do. */
function grant(edge: Reference): Arrow {
  const actions = granted(edge);
  const reads = actions.some(isRead);
  const acts = actions.length === 0 || !actions.every(isRead);
  return arrow(edge, reads ? (acts ? 'both' : 'back') : 'there', actions.map(nameOf));
}

function granted(edge: Reference): readonly Component[] {
  const written = edge.raw['actions'];
  if (isWildcard(edge)) return edge.to.actions;
  const names = Array.isArray(written) ? written.map(String) : isDataMap(written) ? Object.keys(written) : [];
  return edge.to.actions.filter((action) => names.includes(nameOf(action)));
}

const nameOf = (action: Component): string => action.id.slice(action.tool!.id.length + 1);

const isRead = (action: Component): boolean => textOf(action.raw, 'effect') === 'read';

/** What an action of a tool reads or bends. */
const targets = (action: Component): Arrow[] =>
  edgesOf(action, 'targets').map((edge) => arrow(edge, isRead(action) ? 'back' : 'there', [nameOf(action)]));

/** References by which nobody calls: what their ends demand of callers says nothing about them. */
const NO_CALL = new Set(['ingests', 'trained_on', 'observes', 'covers', 'publishes']);

function methodOf(edge: Reference): string {
  if (NO_CALL.has(edge.key) && edge.raw['auth'] === undefined) return '';
  const method = textOf(authOf(edge), 'method');
  return method === 'none' ? 'no auth' : method;
}

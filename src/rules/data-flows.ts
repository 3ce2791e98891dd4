import { byCodeUnit, type Component, type Edge, type System, textOf } from '../model/system.ts';
import { type DataMap, isDataMap } from '../model/yaml.ts';

/** Data flows that end at a component, and those that begin there, by the id of the other end and then by key. */
export interface Flows {
  readonly incoming: Edge[];
  readonly outgoing: Edge[];
}

export function flowsByEnd(edges: readonly Edge[]): Map<Component, Flows> {
  const found = new Map<Component, Flows>();
  const at = (component: Component): Flows => {
    let flows = found.get(component);
    if (!flows) {
      flows = { incoming: [], outgoing: [] };
      found.set(component, flows);
    }
    return flows;
  };
  for (const edge of edges) {
    const { from, to } = endsOf(edge);
    at(from).outgoing.push(edge);
    at(to).incoming.push(edge);
  }
  for (const { incoming, outgoing } of found.values()) {
    incoming.sort((a, b) => byCodeUnit(endsOf(a).from.id, endsOf(b).from.id) || byCodeUnit(a.key, b.key));
    outgoing.sort((a, b) => byCodeUnit(endsOf(a).to.id, endsOf(b).to.id) || byCodeUnit(a.key, b.key));
  }
  return found;
}

/** Who calls and who answers on a declared edge: an agent that serves an actor is called by it. */
export function endsOf(edge: Edge): { readonly from: Component; readonly to: Component } {
  return edge.key === 'serves' ? { from: edge.to, to: edge.from } : edge;
}

/** The authentication in force on an edge: its own, else how the actor signs in, else what the callee demands. */
export function authOf(edge: Edge): DataMap {
  const { from, to } = endsOf(edge);
  return (
    authIn(edge.raw) ?? (from.kind === 'actor' ? authIn(from.raw) : null) ?? authIn((to.tool ?? to).raw) ?? {}
  );
}

/** What is said of authentication in one place; a text is short for its method. */
function authIn({ auth }: DataMap): DataMap | null {
  if (typeof auth === 'string') return { method: auth };
  return auth !== undefined && isDataMap(auth) ? auth : null;
}

/** The protocol of an edge: its own, else that of who is called. */
export const protocolOf = (edge: Edge): string =>
  textOf(edge.raw, 'protocol') || textOf(endsOf(edge).to.raw, 'protocol');

/** References over which data moves; the others say where something runs or who looks after it. */
export const DATA_FLOWS: ReadonlySet<string> = new Set([
  'models',
  'reads',
  'writes',
  'memory',
  'serves',
  'delegates_to',
  'tools',
  'ingests',
  'trained_on',
  'observes',
  'flows',
]);

/** Every edge of a system over which data moves: references in the order of components, then what stands under `flows`. */
export function dataFlows(system: System): Edge[] {
  const implied = system.components.flatMap((component) =>
    [...component.out].flatMap(([key, edges]) => (DATA_FLOWS.has(key) ? edges : [])),
  );
  return [...implied, ...system.flows];
}

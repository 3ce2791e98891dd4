import type { Component, Edge, System } from '../model/system.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from '../model/yaml.ts';
import { controlsOf } from './enforces.ts';
import type { Permit, Subject } from './subject.ts';

/** One control that somebody wrote down, wherever it stands. */
export interface Claim {
  readonly control: string;
  readonly value: Data;
  /** What it stands on; null for the system as a whole. */
  readonly subject: Subject | null;
  /** Kinds under which a vocabulary may allow it there, the most telling first. */
  readonly kinds: readonly string[];
  /** Ids of what it stands on. */
  readonly ids: readonly string[];
  readonly origin: YamlFile;
  /** Keys from the top of the file to the control's name. */
  readonly path: Path;
}

const known = new WeakMap<System, readonly Claim[]>();

/** Every control of a description, in id order of what it stands on, the system-wide ones last; kept with the system. */
export function claimsOf(system: System): readonly Claim[] {
  let claims = known.get(system);
  if (claims === undefined) {
    claims = collect(system);
    known.set(system, claims);
  }
  return claims;
}

function collect(system: System): Claim[] {
  const found: Claim[] = [];
  for (const component of system.components) {
    add(found, component, [component.kind], [component.id], component);
    for (const action of component.actions) {
      // A tool that declares no actions stands for its only one; its controls were given already.
      if (action.path !== component.path) add(found, action, ['tool', 'action', 'edge'], [action.id], action);
    }
    for (const edges of component.out.values()) for (const edge of edges) addEdge(found, edge);
  }
  for (const flow of system.flows) add(found, flow, ['edge'], [flow.from.id, flow.to.id], flow);
  for (const origin of system.files)
    add(found, null, ['system'], [], { raw: origin.data as DataMap, origin, path: [] });
  return found;
}

function addEdge(found: Claim[], edge: Edge): void {
  add(found, edge, ['edge'], [edge.from.id, edge.to.id], edge);
  for (const permit of permits(edge)) {
    const path = [...edge.path, 'actions', permit.action.id.slice(edge.to.id.length + 1)];
    const holder = { raw: permit.raw, origin: edge.origin, path };
    add(found, permit, ['edge', 'tool'], [edge.from.id, permit.action.id], holder);
  }
}

interface Holder {
  readonly raw: DataMap;
  readonly origin: YamlFile;
  readonly path: Path;
}

function add(
  found: Claim[],
  subject: Component | Edge | Permit | null,
  kinds: readonly string[],
  ids: readonly string[],
  { raw, origin, path }: Holder,
): void {
  for (const [control, value] of Object.entries(controlsOf(raw))) {
    if (control.startsWith('x-')) continue;
    found.push({ control, value, subject, kinds, ids, origin, path: [...path, 'controls', control] });
  }
}

/** The actions that a grant says something of its own about. */
function permits(grant: Edge): Permit[] {
  const actions = grant.definition === 'grant' ? grant.raw['actions'] : null;
  if (!isDataMap(actions ?? null)) return [];
  const byId = new Map(grant.to.actions.map((action) => [action.id, action]));
  return Object.entries(actions as DataMap).flatMap(([name, raw]) => {
    const action = byId.get(`${grant.to.id}.${name}`);
    return action && isDataMap(raw) ? [{ grant, action, raw }] : [];
  });
}

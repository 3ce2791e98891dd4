import type { Component, Edge, System } from '../../model/system.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from '../../model/yaml.ts';

/** A part of a description that can say how it is protected: a component, an action, a reference, a granted action. */
export interface Holder {
  readonly kind: Component['kind'] | 'edge' | 'grant' | 'flow' | 'granted-action' | 'system';
  /** Ids of what it is; empty for the system as a whole. */
  readonly on: readonly string[];
  readonly raw: DataMap;
  readonly origin: YamlFile;
  readonly path: Path;
  /** The component, where it is one. */
  readonly component: Component | null;
}

/** Every holder of a description that wrote anything, in id order; the flows and the system come last. */
export function holdersOf(system: System): Holder[] {
  const own = system.components.flatMap((component) => [
    one(component.kind, [component.id], component, component),
    ...component.actions
      // The one action that no tool declares is the tool itself.
      .filter(({ path }) => path !== component.path)
      .map((action) => one('action', [action.id], action, action)),
    ...[...component.out.values()].flat().flatMap(referred),
  ]);
  const flows = system.flows.map((flow) => one('flow', [flow.from.id, flow.to.id], flow));
  const whole = system.files.map((origin) => one('system', [], { raw: map(origin.data), origin, path: [] }));
  return [...own, ...flows, ...whole];
}

type Written = Pick<Holder, 'raw' | 'origin' | 'path'>;

const one = (
  kind: Holder['kind'],
  on: readonly string[],
  { raw, origin, path }: Written,
  component: Component | null = null,
): Holder => ({ kind, on, raw, origin, path, component });

/** A reference in its map form, and what a grant says about single actions. */
function referred(edge: Edge): Holder[] {
  const { from, to, origin, path, key } = edge;
  const own = one(key === 'tools' ? 'grant' : 'edge', [from.id, to.id], edge);
  const actions = key === 'tools' ? map(edge.raw['actions']) : {};
  const granted = Object.entries(actions).map(([name, raw]) =>
    one('granted-action', [from.id, `${to.id}.${name}`], {
      raw: map(raw),
      origin,
      path: [...path, 'actions', name],
    }),
  );
  return [own, ...granted];
}

/** A map, or an empty one for all else. */
export const map = (data: Data | undefined): DataMap => (isDataMap(data) ? data : {});

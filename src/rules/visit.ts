import { byCodeUnit, type Component, type Edge, edgesOf, type System, textOf } from '../model/system.ts';
import type { DataMap, Path } from '../model/yaml.ts';
import { endsOf } from './data-flows.ts';
import type { Anchor } from './hit.ts';
import type { Visit } from './rule.ts';
import type { View } from './view.ts';
import { component, viewers } from './views.ts';
import type { World } from './world.ts';

/** One thing a rule looks at: what it is about, under which names expressions see it, and where it is written. */
export interface Visited {
  readonly subject: readonly string[];
  /** For edges: the key they stand under, since two components may be joined in several ways. */
  readonly detail: string;
  readonly names: Readonly<Record<string, unknown>>;
  readonly anchor: Anchor;
  /** Where a remedy's patch goes: the subject in the form that can carry one. */
  readonly fixAt: Path;
  /** For an entry of a list: the keys that say which one it is. */
  readonly named?: DataMap;
}

export type Plane = 'runtime' | 'development' | 'any';

const seen = new WeakMap<World, Map<string, readonly Visited[]>>();

/** Everything `for:` names, in id order; kept, since many rules visit the same. */
export function visited(world: World, visit: Visit, plane: Plane): readonly Visited[] {
  const kept = seen.get(world) ?? new Map<string, readonly Visited[]>();
  seen.set(world, kept);
  const key = `${visit} ${plane}`;
  const known = kept.get(key) ?? collect(world, visit, plane);
  kept.set(key, known);
  return known;
}

const developed = new WeakMap<System, ReadonlySet<Component>>();

/** What people build with, rather than what runs. */
function toolingOf(system: System): ReadonlySet<Component> {
  const known =
    developed.get(system) ??
    new Set(system.components.filter(({ raw }) => textOf(raw, 'plane') === 'development'));
  developed.set(system, known);
  return known;
}

function collect(world: World, visit: Visit, plane: Plane): Visited[] {
  const { system } = world;
  const whole = { system: systemView(world) };
  const tooling = toolingOf(system);
  const inPlane = (each: Component) => plane === 'any' || tooling.has(each) === (plane === 'development');
  const components =
    tooling.size === 0 && plane !== 'development' ? system.components : system.components.filter(inPlane);
  switch (visit) {
    case 'system':
      return [
        {
          subject: ['system'],
          detail: '',
          names: whole,
          anchor: { origin: system.origin, path: [] },
          fixAt: [],
        },
      ];
    case 'grant':
      return components.flatMap((owner) =>
        edgesOf(owner, 'tools').map((edge) =>
          visitEdge(edge, {
            grant: viewers.edge(world, edge, 'Grant'),
            agent: component(world, edge.from),
            tool: component(world, edge.to),
            ...whole,
          }),
        ),
      );
    case 'delegation':
      return components.flatMap((owner) =>
        edgesOf(owner, 'delegates_to').map((edge) =>
          visitEdge(edge, {
            delegation: viewers.edge(world, edge, 'Delegation'),
            agent: component(world, edge.from),
            ...whole,
          }),
        ),
      );
    case 'flow':
      return world.dataFlows
        .filter((edge) => inPlane(edge.from) && inPlane(edge.to))
        .map((edge) => visitEdge(edge, { flow: viewers.edge(world, edge, 'Flow'), ...whole }))
        .sort(
          (a, b) =>
            byCodeUnit(a.subject[0]!, b.subject[0]!) ||
            byCodeUnit(a.subject[1]!, b.subject[1]!) ||
            byCodeUnit(a.detail, b.detail),
        );
    case 'action':
      return components.flatMap((tool) =>
        tool.actions.map((action) => visitOne(world, visit, action, whole)),
      );
    case 'component':
      return components
        .filter((each) => each.kind !== 'boundary')
        .map((each) => visitComponent(each, { component: component(world, each, 'Component'), ...whole }));
    default:
      return components
        .filter((each) => each.kind === visit)
        .map((each) => visitOne(world, visit, each, whole));
  }
}

/** One component, as a visit of its kind sees it. */
export const visitOne = (
  world: World,
  visit: Visit,
  each: Component,
  whole = { system: systemView(world) },
): Visited =>
  visitComponent(
    each,
    each.tool === null
      ? { [visit]: component(world, each), ...whole }
      : { [visit]: component(world, each), tool: component(world, each.tool), ...whole },
  );

export const systemView = (world: World): View =>
  viewers.view(world, 'System', world.system, world.system.raw, 'system');

const visitComponent = (each: Component, names: Visited['names']): Visited => ({
  subject: [each.id],
  detail: '',
  names,
  anchor: { origin: each.origin, path: each.path },
  fixAt: editableComponent(each),
});

function visitEdge(edge: Edge, names: Visited['names']): Visited {
  const { from, to } = endsOf(edge);
  return {
    subject: [from.id, to.id],
    detail: edge.key,
    names,
    anchor: { origin: edge.origin, path: edge.path },
    fixAt: editable(edge),
    ...(edge.key === 'flows' ? { named: { from: edge.from.id, to: edge.to.id } } : {}),
  };
}

/** An action by its name, also where the tool lists its actions; the one that no tool declares is the tool itself. */
export const editableComponent = (component: Component): Path => {
  const { tool } = component;
  if (tool === null || component.path === tool.path) return component.path;
  return [...tool.path, 'actions', component.id.slice(tool.id.length + 1)];
};

/** The map form of a reference, whatever form it is written in: only that one can say more than an id. */
export const editable = (edge: Edge): Path =>
  edge.key === 'flows' ? edge.path : [...edge.from.path, edge.key, edge.to.id];

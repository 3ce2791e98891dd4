import type { Component, Edge, System } from '../model/system.ts';
import { type Data, type DataMap, isDataMap } from '../model/yaml.ts';
import type { Anchor } from './hit.ts';

/** One fact that was read, as somebody wrote it, or did not. */
export interface Fact extends Anchor {
  /** As unknown facts are called: `trader.autonomy`, `planner.delegates_to.payer.auth`. */
  readonly name: string;
  /** undefined: not declared. For a reference, the ids it leads to. */
  readonly value: Data | undefined;
}

export type Hear = (fact: Fact) => void;

/** What a part of the description is called, and where it stands. */
interface Part extends Anchor {
  readonly name: string;
}

/** The same system, in which every fact that is read is heard of. Nothing of `system` is changed. */
export function tracedSystem(system: System, hear: Hear): System {
  const copies = new Map<Component, Component>();
  const edges = new Map<Edge, Edge>();
  for (const component of system.components) copyOf(component);
  for (const [component, copy] of copies) connect(component, copy);
  const components = system.components.map(copyOf);
  return {
    ...system,
    raw: traced(system.raw, { name: 'system', origin: system.origin, path: ['system'] }, hear),
    components,
    byId: new Map(components.map((component) => [component.id, component])),
    flows: system.flows.map(edgeOf),
  };

  function copyOf(component: Component): Component {
    const known = copies.get(component);
    if (known) return known;
    const part = { name: component.id, origin: component.origin, path: component.path };
    const copy: Component = {
      ...component,
      raw: isOnlyAction(component) ? kindOfTool(component, hear) : traced(component.raw, part, hear),
      out: new References(part, hear),
      in: new Map(),
      actions: [],
    };
    copies.set(component, copy);
    (copy.actions as Component[]).push(...component.actions.map(copyOf));
    (copy as { tool: Component | null }).tool = component.tool && copyOf(component.tool);
    return copy;
  }

  function connect(component: Component, copy: Component): void {
    for (const side of ['out', 'in'] as const)
      for (const [key, edges] of component[side])
        (copy[side] as Map<string, readonly Edge[]>).set(key, edges.map(edgeOf));
  }

  function edgeOf(edge: Edge): Edge {
    const known = edges.get(edge);
    if (known) return known;
    const { origin, path } = edge;
    const name = `${edge.from.id}.${edge.key}.${edge.to.id}`;
    const raw = traced(edge.raw, { name, origin, path }, hear);
    const copy = { ...edge, from: copyOf(edge.from), to: copyOf(edge.to), raw };
    edges.set(edge, copy);
    return copy;
  }
}

/** References that one component makes, each heard of when it is followed. */
class References extends Map<string, Edge[]> {
  private readonly part: Part;
  private readonly hear: Hear;

  constructor(part: Part, hear: Hear) {
    super();
    this.part = part;
    this.hear = hear;
  }

  override get(key: string): Edge[] | undefined {
    const edges = super.get(key);
    const { name, origin, path } = this.part;
    this.hear({
      name: `${name}.${key}`,
      value: edges?.map((edge) => edge.to.id),
      origin,
      path: [...path, key],
    });
    return edges;
  }
}

/** The one action of a tool that declares none: the kind of the tool says what it does. */
const isOnlyAction = ({ tool, path }: Component): boolean => tool !== null && path === tool.path;

function kindOfTool({ raw, tool }: Component, hear: Hear): DataMap {
  const { id, origin, path } = tool as Component;
  const said = { name: `${id}.kind`, value: tool!.raw['kind'], origin, path: [...path, 'kind'] };
  return new Proxy(raw, {
    get(target, key) {
      if (key === 'effect') hear(said);
      return Reflect.get(target, key);
    },
  });
}

/** An object of which every key that is asked for is heard of, also in the objects below it. */
function traced(raw: DataMap, part: Part, hear: Hear): DataMap {
  const below = new Map<string, DataMap>();
  const tell = (key: string | symbol) => {
    if (typeof key === 'symbol') return;
    const value = Object.hasOwn(raw, key) ? raw[key] : undefined;
    hear({
      name: `${part.name}.${key}`,
      value: value === null ? undefined : value,
      origin: part.origin,
      path: [...part.path, key],
    });
  };
  return new Proxy(raw, {
    get(target, key) {
      tell(key);
      const value = Reflect.get(target, key) as Data | undefined;
      if (typeof key === 'symbol' || !isDataMap(value)) return value;
      const known = below.get(key);
      if (known) return known;
      const at = { name: `${part.name}.${key}`, origin: part.origin, path: [...part.path, key] };
      const inner = traced(value, at, hear);
      below.set(key, inner);
      return inner;
    },
    getOwnPropertyDescriptor(target, key) {
      tell(key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}

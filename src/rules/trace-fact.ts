import { type Field, language } from '../model/language.ts';
import { type Component, type Edge, edgesOf, type System } from '../model/system.ts';
import type { Data, DataMap, Path } from '../model/yaml.ts';
import { isDataMap } from '../model/yaml.ts';
import { boundaryOf } from '../model/zones.ts';
import type { Anchor } from './hit.ts';
import { editable, editableComponent } from './visit.ts';

/** A fact by its name, and where it is written or would be. */
export interface FactPlace {
  /** As it is really called: the trust of a zone decides where only the zone was asked for. */
  readonly name: string;
  readonly key: string;
  readonly field: Field;
  /** Definition of the language that the key belongs to. */
  readonly definition: string;
  /** What it is a fact of. */
  readonly owner: Anchor;
  /** undefined: not declared. */
  readonly value: Data | undefined;
  /** Where a patch that declares it goes, and the keys from there to it. */
  readonly at: Anchor;
  readonly keys: Path;
}

interface Owned {
  readonly owner: Owner;
  readonly rest: string[];
}

interface Owner {
  readonly definition: string;
  readonly raw: DataMap;
  readonly written: Anchor;
  readonly at: Anchor;
  /** Keys between where a patch goes and the object that holds the fact. */
  readonly above?: Path;
}

/** Looks up a fact as reports name it: `trader.autonomy`, `crm.call.effect`, `a.delegates_to.b.protocol`. */
export function findFact(system: System, name: string): FactPlace | null {
  const [id, ...keys] = name.split('.');
  const owned = id === 'system' ? ownSystem(system, keys) : ownerOf(system, system.byId.get(id!), keys);
  if (!owned) return null;
  const { owner, rest } = owned;
  const found = fieldAt(owner.definition, rest);
  if (!found) return null;
  const { written, at, above = [] } = owner;
  const value = valueAt(owner.raw, rest);
  return { name, key: rest.at(-1)!, ...found, owner: written, value, at, keys: [...above, ...rest] };
}

/** Who is in a zone of which nobody said how far it is trusted waits for that, and not for a zone. */
export function decisive(system: System, fact: FactPlace): FactPlace {
  const [id] = fact.name.split('.');
  const component = fact.key === 'boundary' ? system.byId.get(id!) : undefined;
  const zone = component && boundaryOf(component);
  return (zone && findFact(system, `${zone.id}.trust`)) ?? fact;
}

const ownSystem = (system: System, rest: string[]): Owned => {
  const at = { origin: system.origin, path: ['system'] };
  return { owner: { definition: 'system', raw: system.raw, written: at, at }, rest };
};

function ownerOf(system: System, component: Component | undefined, keys: string[]): Owned | null {
  if (!component || keys.length === 0) return null;
  const [first, second, ...rest] = keys;
  const action = component.actions.find((each) => each.id === `${component.id}.${first}`);
  if (action && second !== undefined) return { owner: ownerAction(action), rest: keys.slice(1) };
  const edges = first === 'flows' ? system.flows : edgesOf(component, first!);
  const edge = edges.find(({ from, to }) => from === component && to.id === second);
  if (edge && rest.length > 0) return { owner: ownerEdge(edge), rest };
  const { origin, path, definition, raw } = component;
  const at = { origin, path };
  return { owner: { definition, raw, written: at, at }, rest: keys };
}

/** The one action of a tool that lists none is declared together with what is said about it. */
function ownerAction(action: Component): Owner {
  const { origin, path, raw, tool } = action;
  const isOnly = path === tool!.path;
  return {
    definition: 'action',
    raw: isOnly ? {} : raw,
    written: { origin, path },
    at: { origin, path: editableComponent(action) },
    ...(isOnly ? { above: ['actions', action.id.slice(tool!.id.length + 1)] } : {}),
  };
}

function ownerEdge(edge: Edge): Owner {
  const { origin, path, raw, definition } = edge;
  return {
    definition: definition ?? 'edge',
    raw,
    written: { origin, path },
    at: { origin, path: editable(edge) },
  };
}

function fieldAt(definition: string, keys: Path): { definition: string; field: Field } | null {
  const [key, ...rest] = keys;
  const fields = language.definitions[definition]?.fields ?? {};
  const field = key !== undefined && Object.hasOwn(fields, key) ? fields[key]! : null;
  if (!field) return null;
  if (rest.length === 0) return { definition, field };
  return field.of ? fieldAt(field.of, rest) : null;
}

function valueAt(raw: DataMap, keys: Path): Data | undefined {
  let at: Data | undefined = raw;
  for (const key of keys) at = isDataMap(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at ?? undefined;
}

import { type Field, language } from '../model/language.ts';
import { byCodeUnit, type Component, type Edge, edgesInto, edgesOf } from '../model/system.ts';
import { measure } from '../model/units.ts';
import { type Data, type DataMap, isDataMap } from '../model/yaml.ts';
import { DERIVED } from './derived.ts';
import type { Node } from './graph.ts';
import { isEdge, isPermit, type Permit, type Subject } from './subject.ts';
import { celType, definitionOf, inverseTypes, kindOfType, TYPE_OF_KIND } from './types.ts';
import { undeclared } from './undeclared.ts';
import { type Owner, View, type Viewers } from './view.ts';
import type { World } from './world.ts';

type Constructor = new (world: World, it: unknown, raw: DataMap, owner: Owner, part?: string) => View;
type Read = (view: View, make: Viewers) => unknown;

type Enforces = (this: View, control: string) => boolean;

/** Views of what is no component and no edge itself, and who answers for it. */
const ASKED_ELSEWHERE: Readonly<Record<string, Enforces>> = {
  System(control) {
    const { listener, enforcement } = this.world;
    if (listener === null) return enforcement.ofSystem(control).holds;
    return listener.control(null, control, () => enforcement.ofSystem(control).holds);
  },
  Node(control) {
    const { component: shown } = this.it as Node;
    return shown !== null && component(this.world, shown).enforces(control);
  },
};

/** A type as the engine needs it. */
export interface ViewType {
  readonly make: Constructor;
  readonly fields: Readonly<Record<string, string>>;
}

export const VIEW_TYPES: ReadonlyMap<string, ViewType> = buildTypes();

function buildTypes(): Map<string, ViewType> {
  const inverses = inverseTypes();
  const types = new Map<string, ViewType>();
  for (const [name, derived] of Object.entries(DERIVED)) {
    const fields: Record<string, string> = {};
    const make = class extends View {};
    Object.defineProperty(make, 'name', { value: name });
    const add = (field: string, type: string, read: Read) => {
      if (Object.hasOwn(fields, field)) return;
      fields[field] = type;
      Object.defineProperty(make.prototype, field, { get: readOnce(field, read) });
    };
    for (const [field, { type, read }] of Object.entries(derived)) add(field, type, read);
    const definition = definitionOf(name);
    const kind = kindOfType(name);
    for (const key of Object.keys(definition ? (language.definitions[definition]?.fields ?? {}) : {})) {
      const type = celType(definition!, key);
      if (!type) continue;
      const field = language.definitions[definition!]!.fields[key]!;
      add(key, type, field.ref && kind === undefined ? referenceInPart(key, type) : reader(field, key, type));
    }
    for (const [inverse, type] of inverses.get(kind ?? '') ?? []) {
      const member = memberOf(type);
      add(inverse, type, (view) =>
        edgesInto(view.it, inverse).map((edge) => component(view.world, edge.from, member)),
      );
    }
    const { enforces } = make.prototype;
    Object.defineProperty(make.prototype, 'enforces', { value: ASKED_ELSEWHERE[name] ?? enforces });
    types.set(name, { make, fields });
  }
  return types;
}

function readOnce(field: string, read: Read): (this: View) => unknown {
  return function (this: View) {
    const { listener } = this.world;
    return listener === null ? read(this, viewers) : listener.field(this, field, () => read(this, viewers));
  };
}

/** The type of what a list holds. */
function memberOf(list: string): string {
  return list.slice('list<'.length, -1);
}

function reader(field: Field, key: string, type: string): Read {
  const member = memberOf(type);
  switch (field.form) {
    case 'bool':
      return (view) => view.raw[key] === true;
    case 'texts':
      return (view) => texts(view.raw[key]);
    case 'unit':
      return (view) => {
        const value = view.raw[key];
        return typeof value === 'string'
          ? measure(field.unit!, value)
          : field.fact
            ? undeclared(`${view.factOwner}.${key}`, 0)
            : 0;
      };
    case 'object':
      return (view) => nested(view, field.of!, type, key, view.raw[key]);
    case 'ref':
      return (view) => edgesOf(view.it, key).map((edge) => component(view.world, edge.to, member));
    default:
      return (view) => {
        const value = view.raw[key];
        if (typeof value === 'string') return value;
        return field.fact
          ? undeclared(`${view.factOwner}.${key}`, field.default ?? '')
          : (field.default ?? '');
      };
  }
}

/** A reference in an object below a component or an edge, such as who approves: read from what is written there. */
function referenceInPart(key: string, type: string): Read {
  const member = memberOf(type);
  return (view) =>
    texts(view.raw[key])
      .flatMap((id) => view.world.system.byId.get(id) ?? [])
      .map((to) => component(view.world, to, member));
}

/** A list of words says the same in any order, so rules see it in one. */
const texts = (value: Data | undefined): string[] =>
  Array.isArray(value) ? value.map(String).sort(byCodeUnit) : typeof value === 'string' ? [value] : [];

/** An object below a component; the short form stands for one of its keys. */
function nested(view: View, definition: string, type: string, key: string, value: Data | undefined): View {
  const short = language.definitions[definition]?.short;
  const raw = isDataMap(value) ? value : typeof value === 'string' && short ? { [short]: value } : {};
  return view_(view.world, type, view.it, raw, view, key);
}

const view_ = (world: World, type: string, it: unknown, raw: DataMap, owner: Owner, part = ''): View =>
  new (VIEW_TYPES.get(type)!.make)(world, it, raw, owner, part);

/** What was made of a type, by what it shows. */
function facesOf(world: World, type: string): Map<object, object> {
  let faces = world.faces.get(type);
  if (faces === undefined) {
    faces = new Map();
    world.faces.set(type, faces);
  }
  return faces;
}

/** A component under the type its kind has in rules, or under the one that all kinds share; made once for each type. */
export function component(world: World, it: Component, type: string = TYPE_OF_KIND[it.kind]!): View {
  const faces = facesOf(world, type);
  let face = faces.get(it) as View | undefined;
  if (face === undefined) {
    face = view_(world, type, it, it.raw, it.id);
    faces.set(it, face);
  }
  return face;
}

function edgeView(world: World, edge: Edge, type: string): View {
  const faces = facesOf(world, type);
  let face = faces.get(edge) as View | undefined;
  if (face === undefined) {
    face = view_(world, type, edge, edge.raw, edge);
    faces.set(edge, face);
  }
  return face;
}

/** How derived fields make further views, without knowing the classes. */
export const viewers: Viewers = {
  component,
  view: view_,
  edge: edgeView,
};

/** A granted action as the edge it is: its grant, with what was said about this action in place of what it says itself. */
function asFlow(world: World, permit: Permit): View {
  const faces = facesOf(world, 'GrantedFlow');
  let face = faces.get(permit) as Granted | undefined;
  if (face === undefined) {
    face = new GrantedFlow(world, permit.grant, permit.grant.raw, permit.action.id) as Granted;
    face[GRANTED] = view_(world, 'GrantedAction', permit, permit.raw, permit.action.id);
    faces.set(permit, face);
  }
  return face;
}

const GRANTED = Symbol('granted');

type Granted = View & { [GRANTED]: View };

/** There are many granted actions, so this is made once. To the engine they are flows: it goes by `constructor`. */
const GrantedFlow = grantedFlow();

function grantedFlow(): Constructor {
  const { make, fields } = VIEW_TYPES.get('Flow')!;
  const Flow = class extends make {};
  Reflect.deleteProperty(Flow.prototype, 'constructor');
  for (const field of Object.keys(fields)) {
    if (!Object.hasOwn(VIEW_TYPES.get('GrantedAction')!.fields, field)) continue;
    Object.defineProperty(Flow.prototype, field, {
      get(this: Granted) {
        return this[GRANTED][field as keyof View];
      },
    });
  }
  return Flow;
}

/** The face of a subject that an implying expression sees: an edge, or a component of its own kind. */
export function viewOf(world: () => World): (subject: Subject, kind: string) => View {
  return (subject, kind) => {
    if (isPermit(subject))
      return kind === 'tool' ? component(world(), subject.grant.to) : asFlow(world(), subject);
    if (isEdge(subject)) return viewers.edge(world(), subject, 'Flow');
    if (subject.tool && kind === 'tool') return component(world(), subject.tool);
    if (subject.tool && kind === 'edge') return viewers.edge(world(), callOf(subject, subject.tool), 'Flow');
    return component(world(), subject, TYPE_OF_KIND[kind] ?? 'Component');
  };
}

/** What an action says about being called, whoever calls it: an edge that the tool has at both ends. */
const callOf = ({ raw, origin, path }: Component, tool: Component): Edge => ({
  key: 'tools',
  from: tool,
  to: tool,
  raw,
  definition: null,
  origin,
  path,
});

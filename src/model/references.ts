import type { Problem } from '../finding/finding.ts';
import { addTo } from '../finding/grouped.ts';
import { MAX_PROBLEMS } from '../finding/problems.ts';
import { similar } from '../finding/similar.ts';
import { type Field, language, type Reference } from './language.ts';
import { byCodeUnit, type Component, type Edge, type EdgesByKey, NO_EDGES } from './system.ts';
import { oneOf, withArticle } from './words.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from './yaml.ts';

interface Task {
  readonly files: readonly YamlFile[];
  readonly components: readonly Component[];
  readonly byId: ReadonlyMap<string, Component>;
  readonly flows: Edge[];
  readonly problems: Problem[];
}

/** Turns every id that refers to a component into an edge, at both of its ends. */
export function resolveReferences(task: Task): void {
  for (const component of task.components) {
    follow(task, component, component.definition, component.raw, component);
    for (const action of component.actions) follow(task, action, 'action', action.raw, action);
  }
  declaredFlows(task);
  for (const component of task.components) {
    if (component.in === NO_EDGES) continue;
    for (const edges of growing(component, 'in').values())
      edges.sort((a, b) => byCodeUnit(a.from.id, b.from.id));
  }
}

/** Where something is written: the file, and the keys from its top. */
interface Spot {
  readonly origin: YamlFile;
  readonly path: Path;
}

const below = ({ origin, path }: Spot, ...keys: string[]): Spot => ({ origin, path: [...path, ...keys] });

/** Looks at every key of an object that follows `definition`, and into the objects below it. */
function follow(task: Task, owner: Component, definition: string, raw: DataMap, spot: Spot): void {
  const fields = language.definitions[definition]?.fields ?? {};
  for (const key of Object.keys(raw)) {
    const field = Object.hasOwn(fields, key) ? fields[key]! : null;
    const value = raw[key];
    if (!field || value === null || value === undefined) continue;
    if (field.ref) references(task, owner, key, field.ref, value, below(spot, key));
    else if (field.of && !(definition === 'tool' && key === 'actions'))
      nested(task, owner, field, value, below(spot, key));
  }
}

function nested(task: Task, owner: Component, field: Field, value: Data, spot: Spot): void {
  if (!isDataMap(value)) return;
  if (field.form === 'object') follow(task, owner, field.of!, value, spot);
  if (field.form !== 'map') return;
  for (const [name, item] of Object.entries(value)) {
    if (isDataMap(item)) follow(task, owner, field.of!, item, below(spot, name));
  }
}

function references(
  task: Task,
  owner: Component,
  key: string,
  ref: Reference,
  value: Data,
  spot: Spot,
): void {
  const edges: Edge[] = [];
  for (const { id, raw, keys } of entries(value)) {
    const at = below(spot, ...keys);
    const to = target(task, id, key, ref, at);
    if (!to) continue;
    const edge = { key, from: owner, to, raw, definition: ref.edge ?? null, ...at };
    edges.push(edge);
    if (ref.edge) {
      follow(task, owner, ref.edge, raw, at);
      if (ref.edge === 'grant') grantedActions(task, edge);
    }
    addTo(growing(to, 'in'), ref.inverse, edge);
  }
  const sorted = edges.sort((a, b) => byCodeUnit(a.to.id, b.to.id));
  const out = growing(owner, 'out');
  const earlier = out.get(key);
  out.set(key, earlier ? [...earlier, ...sorted] : sorted);
}

/** The edges on one side of a component, to add to: a map of its own from the first one on. */
function growing(component: Component, side: 'out' | 'in'): Map<string, Edge[]> {
  const sides = component as Record<typeof side, EdgesByKey>;
  if (sides[side] === NO_EDGES) sides[side] = new Map();
  return sides[side] as Map<string, Edge[]>;
}

interface Entry {
  readonly id: string;
  readonly raw: DataMap;
  /** Keys from the reference to it: none for the short form. */
  readonly keys: string[];
}

/** The three forms of a reference: an id, a list of ids, a map from id to what the edge says. */
function entries(value: Data): Entry[] {
  if (typeof value === 'string') return [{ id: value, raw: SILENT, keys: [] }];
  if (Array.isArray(value)) {
    const first = new Map<string, number>();
    for (const [i, id] of value.entries()) if (!first.has(String(id))) first.set(String(id), i);
    return [...first].map(([id, i]) => ({ id, raw: SILENT, keys: [String(i)] }));
  }
  if (!isDataMap(value)) return [];
  return Object.entries(value).map(([id, raw]) => ({
    id,
    raw: isDataMap(raw) ? raw : SILENT,
    keys: [id],
  }));
}

/** What the short forms say about an edge. */
const SILENT: DataMap = {};

function target(task: Task, id: string, key: string, ref: Reference, at: Spot): Component | null {
  const found = task.byId.get(id);
  const fits = (component: Component) => ref.to.includes('component') || ref.to.includes(component.kind);
  if (found && fits(found)) return found;
  const expected = ref.to.includes('component') ? 'a component' : oneOf(ref.to.map(withArticle));
  if (found) {
    const message = `\`${id}\` is ${withArticle(found.kind)}; \`${key}\` takes ${expected}`;
    task.problems.push(problem('wrong-kind', message, at));
    return null;
  }
  // Looking for what was meant is worth its time only for mistakes that are shown.
  const candidates = task.problems.length < MAX_PROBLEMS ? task.components.filter(fits) : [];
  const near = similar(
    id,
    candidates.map((component) => component.id),
  );
  const message = `Nothing is called \`${id}\`; \`${key}\` takes the id of ${expected}`;
  const suggestion = near ? `Did you mean \`${near}\`?` : declareUnder(ref);
  task.problems.push(problem('unknown-reference', message, at, suggestion));
  return null;
}

/** Where a component that is missing would stand. */
function declareUnder({ to }: Reference): string | undefined {
  const sections = Object.entries(language.sections).filter(([, { kind }]) => to.includes(kind));
  if (sections.length === 0) return undefined;
  return `Declare it under ${oneOf(sections.map(([name]) => `\`${name}\``))}`;
}

/** The actions a grant names have to be actions of that tool. */
function grantedActions(task: Task, edge: Edge): void {
  const written = edge.raw['actions'];
  const list = Array.isArray(written);
  const names = list ? written.map(String) : isDataMap(written) ? Object.keys(written) : [];
  const known = new Set(edge.to.actions.map((action) => action.id.slice(edge.to.id.length + 1)));
  names.forEach((name, i) => {
    if (name === '*' || known.has(name)) return;
    const near = task.problems.length < MAX_PROBLEMS ? similar(name, known) : undefined;
    const suggestion = near
      ? `Did you mean \`${near}\`?`
      : `Declare it under \`tools.${edge.to.id}.actions\`, with its effect`;
    const message = `\`${edge.to.id}\` has no action \`${name}\``;
    const at = below(edge, 'actions', list ? String(i) : name);
    task.problems.push(problem('unknown-action', message, at, suggestion));
  });
}

function declaredFlows(task: Task): void {
  for (const origin of task.files) {
    const flows = (origin.data as DataMap)['flows'];
    if (!Array.isArray(flows)) continue;
    for (const [i, flow] of flows.entries()) declaredFlow(task, flow, { origin, path: ['flows', String(i)] });
  }
  // Flows between the same two in an order of their own: neither the file nor the place in it may matter.
  task.flows.sort(
    (a, b) =>
      byCodeUnit(a.from.id, b.from.id) ||
      byCodeUnit(a.to.id, b.to.id) ||
      byCodeUnit(canonical(a.raw), canonical(b.raw)),
  );
}

function declaredFlow(task: Task, flow: Data, spot: Spot): void {
  if (!isDataMap(flow)) return;
  const any: Reference = { to: ['component'], inverse: '' };
  const from = target(task, String(flow['from']), 'from', any, below(spot, 'from'));
  const to = target(task, String(flow['to']), 'to', any, below(spot, 'to'));
  if (!from || !to) return;
  follow(task, from, 'flow', flow, spot);
  task.flows.push({ key: 'flows', from, to, raw: flow, definition: 'flow', ...spot });
}

/** The same text for the same content, whatever the order of its keys. */
const canonical = (data: Data): string =>
  JSON.stringify(data, (_, value: Data) =>
    isDataMap(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b))) : value,
  );

function problem(code: string, message: string, { origin, path }: Spot, suggestion?: string): Problem {
  const { start, end } = origin.find(path, isKeyed(origin.data, path) ? 'key' : 'value');
  return {
    code,
    message,
    file: origin.source.file,
    ...origin.source.place(start, end),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** In the map form the id is the key; in the short forms it is the value. */
function isKeyed(root: Data, path: Path): boolean {
  let data: Data | undefined = root;
  for (const step of path.slice(0, -1)) data = isDataMap(data) ? data[step] : undefined;
  const last = path.at(-1)!;
  return isDataMap(data) && Object.hasOwn(data, last) && typeof data[last] !== 'string';
}

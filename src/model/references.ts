import type { Problem } from '../finding/finding.ts';
import { MAX_PROBLEMS } from '../finding/problems.ts';
import { similar } from '../finding/similar.ts';
import { type Field, language, type Reference } from './language.ts';
import { byCodeUnit, type Component, type Edge } from './system.ts';
import { oneOf, withArticle } from './words.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from './yaml.ts';

interface Task {
  readonly origin: YamlFile;
  readonly root: DataMap;
  readonly components: readonly Component[];
  readonly byId: ReadonlyMap<string, Component>;
  readonly flows: Edge[];
  readonly problems: Problem[];
}

/** Turns every id that refers to a component into an edge, at both of its ends. */
export function resolveReferences(task: Task): void {
  for (const component of task.components) {
    follow(task, component, component.definition, component.raw, component.path);
    for (const action of component.actions) follow(task, action, 'action', action.raw, action.path);
  }
  declaredFlows(task);
  for (const component of task.components) {
    for (const edges of component.in.values()) edges.sort((a, b) => byCodeUnit(a.from.id, b.from.id));
  }
}

/** Looks at every key of an object that follows `definition`, and into the objects below it. */
function follow(task: Task, owner: Component, definition: string, raw: DataMap, path: Path): void {
  const fields = language.definitions[definition]?.fields ?? {};
  for (const key of Object.keys(raw)) {
    const field = Object.hasOwn(fields, key) ? fields[key]! : null;
    const value = raw[key];
    if (!field || value === null || value === undefined) continue;
    if (field.ref) references(task, owner, key, field.ref, value, [...path, key]);
    else if (field.of && !(definition === 'tool' && key === 'actions'))
      nested(task, owner, field, value, [...path, key]);
  }
}

function nested(task: Task, owner: Component, field: Field, value: Data, path: Path): void {
  if (!isDataMap(value)) return;
  if (field.form === 'object') follow(task, owner, field.of!, value, path);
  if (field.form !== 'map') return;
  for (const [name, item] of Object.entries(value)) {
    if (isDataMap(item)) follow(task, owner, field.of!, item, [...path, name]);
  }
}

function references(
  task: Task,
  owner: Component,
  key: string,
  ref: Reference,
  value: Data,
  path: Path,
): void {
  const edges: Edge[] = [];
  for (const { id, raw, at } of entries(value, path)) {
    const to = target(task, id, key, ref, at);
    if (!to) continue;
    const edge = { key, from: owner, to, raw, definition: ref.edge ?? null, origin: task.origin, path: at };
    edges.push(edge);
    if (ref.edge) {
      follow(task, owner, ref.edge, raw, at);
      if (ref.edge === 'grant') grantedActions(task, edge);
    }
    const list = to.in.get(ref.inverse);
    if (list) list.push(edge);
    else to.in.set(ref.inverse, [edge]);
  }
  const sorted = edges.sort((a, b) => byCodeUnit(a.to.id, b.to.id));
  owner.out.set(key, [...(owner.out.get(key) ?? []), ...sorted]);
}

interface Entry {
  readonly id: string;
  readonly raw: DataMap;
  readonly at: Path;
}

/** The three forms of a reference: an id, a list of ids, a map from id to what the edge says. */
function entries(value: Data, path: Path): Entry[] {
  if (typeof value === 'string') return [{ id: value, raw: {}, at: path }];
  if (Array.isArray(value)) {
    const places = new Map(value.map((id, i): [string, number] => [String(id), i]).reverse());
    return [...places].reverse().map(([id, i]) => ({ id, raw: {}, at: [...path, String(i)] }));
  }
  if (!isDataMap(value)) return [];
  return Object.entries(value).map(([id, raw]) => ({
    id,
    raw: isDataMap(raw) ? raw : {},
    at: [...path, id],
  }));
}

function target(task: Task, id: string, key: string, ref: Reference, at: Path): Component | null {
  const found = task.byId.get(id);
  const fits = (component: Component) => ref.to.includes('component') || ref.to.includes(component.kind);
  if (found && fits(found)) return found;
  const expected = ref.to.includes('component') ? 'a component' : oneOf(ref.to.map(withArticle));
  if (found) {
    const message = `\`${id}\` is ${withArticle(found.kind)}; \`${key}\` takes ${expected}`;
    task.problems.push(problem(task, 'wrong-kind', message, at));
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
  task.problems.push(problem(task, 'unknown-reference', message, at, suggestion));
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
  const known = edge.to.actions.map((action) => action.id.slice(edge.to.id.length + 1));
  names.forEach((name, i) => {
    if (name === '*' || known.includes(name)) return;
    const near = similar(name, known);
    const suggestion = near
      ? `Did you mean \`${near}\`?`
      : `Declare it under \`tools.${edge.to.id}.actions\`, with its effect`;
    const message = `\`${edge.to.id}\` has no action \`${name}\``;
    task.problems.push(
      problem(
        task,
        'unknown-action',
        message,
        [...edge.path, 'actions', list ? String(i) : name],
        suggestion,
      ),
    );
  });
}

function declaredFlows(task: Task): void {
  const flows = task.root['flows'];
  if (!Array.isArray(flows)) return;
  flows.forEach((flow, i) => {
    if (!isDataMap(flow)) return;
    const path = ['flows', String(i)];
    const any: Reference = { to: ['component'], inverse: '' };
    const from = target(task, String(flow['from']), 'from', any, [...path, 'from']);
    const to = target(task, String(flow['to']), 'to', any, [...path, 'to']);
    if (!from || !to) return;
    follow(task, from, 'flow', flow, path);
    task.flows.push({ key: 'flows', from, to, raw: flow, definition: 'flow', origin: task.origin, path });
  });
  task.flows.sort((a, b) => byCodeUnit(a.from.id, b.from.id) || byCodeUnit(a.to.id, b.to.id));
}

function problem(task: Task, code: string, message: string, at: Path, suggestion?: string): Problem {
  const { start, end } = task.origin.find(at, 'value');
  const key = /^\d+$/.test(at.at(-1) ?? '') ? null : task.origin.find(at);
  const isMapKey = key !== null && !['from', 'to'].includes(at.at(-1)!) && isKeyed(task, at);
  const range = isMapKey ? key : { start, end };
  return {
    code,
    message,
    file: task.origin.source.file,
    ...task.origin.source.place(range.start, range.end),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** In the map form the id is the key; in the short forms it is the value. */
function isKeyed(task: Task, at: Path): boolean {
  let data: Data | undefined = task.root;
  for (const step of at.slice(0, -1)) data = isDataMap(data) ? data[step] : undefined;
  const last = at.at(-1)!;
  return isDataMap(data) && Object.hasOwn(data, last) && typeof data[last] !== 'string';
}

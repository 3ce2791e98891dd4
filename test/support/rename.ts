import { type Field, language } from '../../src/model/language.ts';
import { type Data, type DataMap, isDataMap } from '../../src/model/yaml.ts';

export type Rename = (id: string) => string;

/** The same description with every id, and every name of an action, under another name. */
export function renamed(root: DataMap, rename: Rename): DataMap {
  return mapEntries(root, (section, value) => {
    if (Object.hasOwn(language.sections, section)) {
      const { kind } = language.sections[section]!;
      return [section, mapEntries(value, (id, raw) => [rename(id), within(raw, kind, rename)])];
    }
    if (section !== 'flows' || !Array.isArray(value)) return [section, value];
    return [section, value.map((flow) => ends(within(flow, 'flow', rename), rename))];
  });
}

/** Every name that `renamed` would ask for. */
export function namesOf(root: DataMap): string[] {
  const names = new Set<string>();
  renamed(root, (name) => {
    names.add(name);
    return name;
  });
  return [...names];
}

const ends = (flow: Data, rename: Rename): Data =>
  mapEntries(flow, (key, value) => [key, key === 'from' || key === 'to' ? rename(String(value)) : value]);

function within(raw: Data, definition: string, rename: Rename): Data {
  const fields: Readonly<Record<string, Field>> = language.definitions[definition]?.fields ?? {};
  return mapEntries(raw, (key, value) => {
    const field = Object.hasOwn(fields, key) ? fields[key]! : null;
    if (field?.ref) return [key, reference(value, field.ref.edge ?? null, rename)];
    if (field?.form === 'map') return [key, members(value, field.of!, rename)];
    return [key, field?.of ? within(value, field.of, rename) : value];
  });
}

/** Actions, as a list of names or a map from them. */
const members = (value: Data, of: string, rename: Rename): Data =>
  Array.isArray(value)
    ? value.map((name) => renameAction(String(name), rename))
    : mapEntries(value, (name, raw) => [renameAction(name, rename), within(raw, of, rename)]);

/** `*` is all of them, and `call` what a tool is given that declares none: names of the language. */
const renameAction = (name: string, rename: Rename): string =>
  name === '*' || name === 'call' ? name : rename(name);

function reference(value: Data, edge: string | null, rename: Rename): Data {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((id) => rename(String(id)));
  return mapEntries(value, (id, raw) => [rename(id), edge === null ? raw : within(raw, edge, rename)]);
}

/** Of anything but a map, the thing itself. */
function mapEntries<T extends Data>(data: T, turn: (key: string, value: Data) => [string, Data]): T {
  if (!isDataMap(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => turn(key, value))) as T;
}

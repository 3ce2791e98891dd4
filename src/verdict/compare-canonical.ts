import { type Field, language } from '../model/language.ts';
import { byCodeUnit } from '../model/system.ts';
import { type Data, type DataMap, isDataMap } from '../model/yaml.ts';

/** What an id is to be called. */
export type Naming = (id: string) => string;

/** The new name of a component, or of an action (`tool.action`). */
export function nodeOf(id: string, naming: Naming): string {
  const dot = id.indexOf('.');
  return dot < 0 ? naming(id) : naming(id.slice(0, dot)) + id.slice(dot);
}

/**
 * The same text for the same facts: order of keys, order of lists, and the short or long form of a reference do not
 * matter. Ids that are referred to appear under what `naming` calls them.
 */
export const canonical = (definition: string, raw: DataMap, naming: Naming): string =>
  JSON.stringify(within(raw, definition, naming));

function within(raw: Data, definition: string, naming: Naming): Data {
  const { fields, short } = language.definitions[definition] ?? { fields: {} };
  const known: Readonly<Record<string, Field>> = fields;
  const map = isDataMap(raw) ? raw : short === undefined ? null : { [short]: raw };
  if (map === null) return definition === 'control' ? control(raw) : plain(raw);
  return sorted(map, (key, value) => {
    const field = Object.hasOwn(known, key) ? known[key]! : null;
    if (field?.ref) return reference(value, field.ref.edge ?? null, naming);
    if (field?.form === 'map') return members(value, field.of!, naming);
    if (field?.form === 'texts') return texts(value);
    if (field?.of) return several(value, field.of, naming);
    return definition === 'flow' && (key === 'from' || key === 'to') ? naming(String(value)) : plain(value);
  });
}

const several = (value: Data, of: string, naming: Naming): Data =>
  Array.isArray(value) ? inOrder(value.map((each) => within(each, of, naming))) : within(value, of, naming);

/** `rate_limit: 60/min` and `rate_limit: { value: 60/min }` say the same. */
const control = (raw: Data): Data =>
  typeof raw === 'boolean' || raw === 'planned' ? { status: raw } : { value: raw };

/** The three forms of a reference as one: pairs of an id and what the edge says. */
function reference(value: Data, edge: string | null, naming: Naming): Data {
  const ids = typeof value === 'string' ? [value] : value;
  const pairs: [string, Data][] = Array.isArray(ids)
    ? [...new Set(ids.map(String))].map((id) => [id, {}])
    : Object.entries(isDataMap(ids) ? ids : {});
  return inOrder(
    pairs.map(([id, raw]) => [naming(id), isDataMap(raw) && edge !== null ? within(raw, edge, naming) : {}]),
  );
}

/** Actions, as a list of names or a map from them. */
function members(value: Data, of: string, naming: Naming): Data {
  const map = Array.isArray(value) ? Object.fromEntries(value.map((name) => [String(name), {}])) : value;
  return isDataMap(map) ? sorted(map, (_, raw) => within(raw ?? {}, of, naming)) : plain(map);
}

const texts = (value: Data): Data =>
  inOrder((Array.isArray(value) ? value : [value]).map((each) => plain(each)));

function plain(value: Data): Data {
  if (Array.isArray(value)) return value.map(plain);
  return isDataMap(value) ? sorted(value, (_, each) => plain(each)) : value;
}

const sorted = (map: DataMap, turn: (key: string, value: Data) => Data): DataMap =>
  Object.fromEntries(
    Object.keys(map)
      .sort(byCodeUnit)
      .filter((key) => map[key] !== null && map[key] !== undefined)
      .map((key) => [key, turn(key, map[key]!)]),
  );

const inOrder = (items: Data[]): Data[] =>
  items
    .map((item): [string, Data] => [JSON.stringify(item), item])
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, item]) => item);

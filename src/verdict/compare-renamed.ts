import { buildSystem } from '../model/build.ts';
import { type Field, language } from '../model/language.ts';
import type { System } from '../model/system.ts';
import { type Data, type DataMap, isDataMap, type YamlFile } from '../model/yaml.ts';
import { type Naming, nodeOf } from './compare-canonical.ts';

/** The same system as it would be with other ids and another name. Places in it are no longer those of its files. */
export function renamedSystem(system: System, name: string, naming: Naming): System {
  const files = system.files.map((file): YamlFile => {
    const data = sections(file.data as DataMap, naming);
    if (file !== system.origin) return { ...file, data, verbatim: false };
    return { ...file, verbatim: false, data: { ...data, system: { ...system.raw, name } } };
  });
  return buildSystem(files).system;
}

const sections = (root: DataMap, naming: Naming): DataMap =>
  entries(root, (key, value) => {
    if (Object.hasOwn(language.sections, key)) {
      const { kind } = language.sections[key]!;
      return [key, turn(value, (id, raw) => [naming(id), within(raw, kind, naming)])];
    }
    if (key === 'waivers' && Array.isArray(value)) return [key, value.map((each) => waiver(each, naming))];
    if (key === 'assert' && Array.isArray(value)) return [key, value.map((each) => assertion(each, naming))];
    if (key !== 'flows' || !Array.isArray(value)) return [key, value];
    return [key, value.map((flow) => ends(within(flow, 'flow', naming), naming))];
  });

/** Waivers name what findings name, actions among it. */
const waiver = (data: Data, naming: Naming): Data =>
  turn(data, (key, value) => {
    if (key !== 'component' && key !== 'sources') return [key, value];
    const ids = Array.isArray(value) ? value : [value];
    return [key, ids.map((id) => nodeOf(String(id), naming))];
  });

/** Assertions name what findings name; what an expression says of ids stays as it is. */
const assertion = (data: Data, naming: Naming): Data =>
  turn(data, (form, said) =>
    form !== 'never' && form !== 'only'
      ? [form, said]
      : [
          form,
          turn(said, (key, value) => {
            if (!['from', 'to', 'agent', 'may'].includes(key)) return [key, value];
            const named = (id: Data) => nodeOf(String(id), naming);
            return [key, Array.isArray(value) ? value.map(named) : named(value)];
          }),
        ],
  );

const ends = (flow: Data, naming: Naming): Data =>
  turn(flow, (key, value) => [key, key === 'from' || key === 'to' ? naming(String(value)) : value]);

function within(raw: Data, definition: string, naming: Naming): Data {
  const fields: Readonly<Record<string, Field>> = language.definitions[definition]?.fields ?? {};
  return turn(raw, (key, value) => {
    const field = Object.hasOwn(fields, key) ? fields[key]! : null;
    if (field?.ref) return [key, reference(value, field.ref.edge ?? null, naming)];
    const { of } = field ?? {};
    if (field?.form === 'map') return [key, turn(value, (name, raw) => [name, within(raw, of!, naming)])];
    return [key, of ? within(value, of, naming) : value];
  });
}

function reference(value: Data, edge: string | null, naming: Naming): Data {
  if (typeof value === 'string') return naming(value);
  if (Array.isArray(value)) return value.map((id) => naming(String(id)));
  return turn(value, (id, raw) => [naming(id), edge === null ? raw : within(raw, edge, naming)]);
}

type Turn = (key: string, value: Data) => [string, Data];

/** Of anything but a map, the thing itself. */
const turn = (data: Data, change: Turn): Data => (isDataMap(data) ? entries(data, change) : data);

/** Keys as their own, whatever they are called: `__proto__` is an id like any other. */
const entries = (map: DataMap, change: Turn): DataMap =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => change(key, value)));

import type { Other } from '../fact.ts';
import { baseOf, folderOf, pathFrom } from '../paths.ts';
import {
  at,
  entriesOf,
  isMap,
  readTrees,
  type Spot,
  type Tree,
  type TreeMap,
  textOf,
  textsOf,
} from '../tree.ts';
import { type Filled, fill } from './variables.ts';

/** A compose file while it is read. */
export interface Compose {
  readonly file: string;
  readonly other: Other;
  /** What `.env` beside the file sets. */
  readonly values: ReadonlyMap<string, string>;
  /** The file that this one changes when both are loaded; null for a file that stands alone. */
  readonly base: { readonly file: string; readonly root: Tree } | null;
  readonly root: TreeMap;
}

/** One service as its chain of files says: `layers` are the maps that define it, what counts most last. */
export interface Service {
  readonly name: string;
  readonly key: Spot;
  readonly layers: readonly TreeMap[];
  /** The file it adds to; null where it stands for itself. */
  readonly overrides: string | null;
}

const BASES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const MAX_EXTENDS = 5;

/** The file of the same folder that a compose file without images of its own adds to. */
export function baseFile(file: string, other: Other): Compose['base'] {
  const folder = folderOf(file);
  if (BASES.includes(baseOf(file))) return null;
  for (const name of BASES) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const text = other(path);
    const root = text === null ? null : (readTrees(path, text).documents[0] ?? null);
    if (root && at(root, 'services')) return { file: path, root };
  }
  return null;
}

/** Services of a file in their order; entries that are no maps are left to the caller. */
export function servicesOf(compose: Compose): Service[] {
  return entriesOf(at(compose.root, 'services')).flatMap(({ name, key, value }): Service[] => {
    if (!isMap(value)) return [];
    const own = extended(compose, value, compose.root, compose.file, MAX_EXTENDS);
    const below = at(compose.base?.root, 'services', name);
    const startsSomething = ['image', 'build', 'provider'].some((each) =>
      own.some((map) => map.entries.has(each)),
    );
    // `compose.override.yaml` is always loaded with its base; of other files only one without an image needs it.
    const isOverride = /\.override\.ya?ml$/.test(compose.file);
    if (!compose.base || !isMap(below) || (startsSomething && !isOverride))
      return [{ name, key, layers: own, overrides: null }];
    const layers = [...extended(compose, below, compose.base.root, compose.base.file, MAX_EXTENDS), ...own];
    return [{ name, key, layers, overrides: compose.base.file }];
  });
}

/** A service map behind those that its `extends` names. */
function extended(compose: Compose, map: TreeMap, root: Tree, file: string, most: number): TreeMap[] {
  const extension = at(map, 'extends');
  const name = textOf(extension) ?? textOf(at(extension, 'service'));
  if (name === null || most === 0) return [map];
  const elsewhere = textOf(at(extension, 'file'));
  const path = elsewhere === null ? file : pathFrom(folderOf(file), elsewhere);
  if (path === null) return [map];
  const text = path === file ? null : compose.other(path);
  const from = path === file ? root : text === null ? null : (readTrees(path, text).documents[0] ?? null);
  const target = at(from, 'services', name);
  if (!from || !isMap(target) || target === map) return [map];
  return [...extended(compose, target, from, path, most - 1), map];
}

/** The value of a key that the last layer to say something gives. */
export function single(service: Service, key: string): Tree | null {
  const layer = service.layers.findLast((map) => map.entries.has(key));
  const value = layer?.entries.get(key)?.value ?? null;
  return value?.tag === '!reset' ? null : at(layer, key);
}

/** What all layers say under a key that adds up: ports, volumes, environment. */
export function parts(service: Service, key: string): Tree[] {
  const found: Tree[] = [];
  for (const layer of service.layers) {
    const value = layer.entries.get(key)?.value;
    if (value?.tag === '!reset' || value?.tag === '!override') found.length = 0;
    const part = value?.tag === '!reset' ? null : at(layer, key);
    if (part) found.push(part);
  }
  return found;
}

/** Items of the lists of all layers. */
export const items = (service: Service, key: string): Tree[] =>
  parts(service, key).flatMap((part) => (part.type === 'list' ? part.items : [part]));

/** Where the key of a service is written, in the layer that counts. */
export const keySpot = (service: Service, key: string): Spot =>
  service.layers.findLast((map) => map.entries.has(key))?.entries.get(key)?.key ?? service.key;

/** The text of a value with variables filled in; null where it is none. */
export function filled(compose: Compose, tree: Tree | null): Filled | null {
  const text = textOf(tree);
  return text === null ? null : fill(text, compose.values);
}

/** Every name under which other containers reach a service. */
export function hostNames(service: Service): string[] {
  const aliases = parts(service, 'networks').flatMap((networks) =>
    entriesOf(networks).flatMap(({ value }) => textsOf(at(value, 'aliases'))),
  );
  const own = [textOf(single(service, 'container_name')), textOf(single(service, 'hostname'))];
  return [service.name, ...own.filter((name) => name !== null), ...aliases];
}

/** Words of `command` or `entrypoint`, with the place of each. */
export function wordsOf(service: Service, key: string): { text: string; spot: Spot }[] {
  const tree = single(service, key);
  if (tree?.type === 'list')
    return tree.items.flatMap((item) => {
      const text = textOf(item);
      return text === null ? [] : [{ text, spot: item }];
    });
  const line = textOf(tree);
  if (!tree || line === null) return [];
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => ({ text: word.replaceAll(/["']/g, ''), spot: tree }));
}

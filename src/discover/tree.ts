import { mask } from '../finding/secrets.ts';
import { readTrees as parse, type Spot, type Tree, type TreeMap, type Trees } from '../model/yaml-tree.ts';
import type { FactSource, FactValue, Unread } from './fact.ts';

export type { Spot, Tree, TreeList, TreeMap } from '../model/yaml-tree.ts';

/** Files that stay parsed: several readers want one file, and files of a folder name each other. */
const MOST_KEPT = 32;
/** Characters of all of them. */
const LONGEST_KEPT = 200_000;
const kept: { readonly file: string; readonly text: string; readonly trees: Trees }[] = [];

/** Every document of a YAML file. The last files are parsed once, whoever asks. */
export function readTrees(file: string, text: string): Trees {
  const known = kept.findIndex((each) => each.file === file && each.text === text);
  const [found] = known < 0 ? [{ file, text, trees: parse(file, text) }] : kept.splice(known, 1);
  kept.push(found!);
  let length = kept.reduce((sum, each) => sum + each.text.length, 0);
  while (kept.length > MOST_KEPT || length > LONGEST_KEPT) length -= kept.shift()!.text.length;
  return found!.trees;
}

/** What stands below these keys; null when there is nothing, or nothing but `null`. */
export function at(tree: Tree | null | undefined, ...path: readonly string[]): Tree | null {
  let found: Tree | null = tree ?? null;
  for (const step of path) {
    if (found?.type === 'map') found = found.entries.get(step)?.value ?? null;
    else if (found?.type === 'list') found = found.items[Number(step)] ?? null;
    else return null;
  }
  return found?.type === 'scalar' && found.value === null ? null : found;
}

/** Keys and values of a map, in their order; none of anything else. */
export const entriesOf = (tree: Tree | null): readonly { name: string; key: Spot; value: Tree }[] =>
  tree?.type === 'map' ? [...tree.entries].map(([name, { key, value }]) => ({ name, key, value })) : [];

/** Items of a list; a value that stands alone counts as a list of one. */
export const itemsOf = (tree: Tree | null): readonly Tree[] =>
  tree === null ? [] : tree.type === 'list' ? tree.items : [tree];

/** A scalar as text; null for anything else. */
export const textOf = (tree: Tree | null): string | null =>
  tree?.type === 'scalar' && tree.value !== null ? String(tree.value) : null;

export const textsOf = (tree: Tree | null): string[] =>
  itemsOf(tree)
    .map(textOf)
    .filter((text) => text !== null);

export const isMap = (tree: Tree | null): tree is TreeMap => tree?.type === 'map';

/** `true` and what programs that read YAML 1.1 take for it; null where neither that nor the opposite is written. */
export function flagOf(tree: Tree | null): boolean | null {
  const text = textOf(tree)?.toLowerCase() ?? '';
  if (['true', 'yes', 'on', '1'].includes(text)) return true;
  return ['false', 'no', 'off', '0'].includes(text) ? false : null;
}

/** The map with keys of `own` over those of `base`; values are not mixed. */
export const over = (base: TreeMap, own: TreeMap): TreeMap => ({
  ...own,
  entries: new Map([...base.entries, ...own.entries]),
});

const MAX_TEXT = 1000;

/** A text as a fact may hold it: at most a paragraph, secrets as stars. */
export const safe = (text: string): string => mask(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text);

/** A value with the place `spot`, for a fact of the file `file`. */
export function given(
  value: string | boolean | readonly string[],
  { file: where, line, column }: Spot,
  file: string,
): FactValue {
  const kept = typeof value === 'string' ? safe(value) : typeof value === 'boolean' ? value : value.map(safe);
  return { value: kept, line, column, ...(where === file ? {} : { file: where }) };
}

/** A value that is there and cannot be told; `why` as a clause, `env` the variable that it comes from. */
export const unknown = (why: string, spot: Spot, file: string, env?: string): FactValue => ({
  ...given('', spot, file),
  value: null,
  unresolved: safe(why),
  ...(env === undefined ? {} : { env }),
});

/** What a fact holds of the scalars of a list, or of one scalar; nothing where there is none. */
export function listed(tree: Tree | null, file: string): FactValue | null {
  const texts = textsOf(tree);
  return tree && texts.length > 0 ? given(texts, tree, file) : null;
}

/** Keys without those whose value is null. */
export const known = (values: Readonly<Record<string, FactValue | null>>): Record<string, FactValue> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, FactValue] => entry[1] !== null),
  );

/** Steps as a JSON pointer. */
export const pointer = (...steps: readonly string[]): string =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const sourceAt = ({ file, line, column }: Spot, ...steps: readonly string[]): FactSource => ({
  file,
  line,
  column,
  pointer: pointer(...steps),
});

/** What is wrong with the text of a file, for the list of what was not read. */
export const unreadOf = (
  file: string,
  problems: readonly { readonly line: number; readonly message: string }[],
): Unread[] =>
  problems.map(({ line, message }) => ({ file, line, why: `YAML that cannot be read: ${safe(message)}` }));

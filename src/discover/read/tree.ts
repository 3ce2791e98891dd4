/** Where a part of a file is written; line and column start at 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One `key: value` of a map: where the key is written, and what it holds. */
export interface TreeEntry extends Place {
  readonly key: string;
  readonly node: TreeNode;
}

/**
 * JSON, TOML and YAML as one shape in which everything has its place. Exactly one of the three is not null, or all
 * are: then the value is `null`, or nothing that can be read. Numbers are the text they were written as.
 */
export interface TreeNode extends Place {
  readonly scalar: string | boolean | null;
  readonly items: readonly TreeNode[] | null;
  readonly entries: readonly TreeEntry[] | null;
}

/** A file as a tree: `damage` says, as a clause, what of the text is not as its format wants it. */
export interface Tree {
  readonly root: TreeNode | null;
  readonly damage: (Place & { readonly why: string }) | null;
}

export const scalarNode = (scalar: string | boolean | null, { line, column }: Place): TreeNode => ({
  line,
  column,
  scalar,
  items: null,
  entries: null,
});

export const listNode = (items: readonly TreeNode[], { line, column }: Place): TreeNode => ({
  line,
  column,
  scalar: null,
  items,
  entries: null,
});

export const mapNode = (entries: readonly TreeEntry[], { line, column }: Place): TreeNode => ({
  line,
  column,
  scalar: null,
  items: null,
  entries,
});

/** The entry of a map; of a key that is written twice the last one, as all programs take it. */
export const entryOf = (node: TreeNode | null | undefined, key: string): TreeEntry | null =>
  node?.entries?.findLast((entry) => entry.key === key) ?? null;

/** What a path of keys leads to; null when there is nothing. */
export function at(node: TreeNode | null | undefined, ...keys: readonly string[]): TreeNode | null {
  let found: TreeNode | null = node ?? null;
  for (const key of keys) found = entryOf(found, key)?.node ?? null;
  return found;
}

/** Every entry of a map, of equal keys the last one. */
export function entriesOf(node: TreeNode | null | undefined): readonly TreeEntry[] {
  const last = new Map((node?.entries ?? []).map((entry) => [entry.key, entry]));
  return [...last.values()];
}

/** The text of a scalar; null for anything else, also for `true`. */
export const textOf = (node: TreeNode | null | undefined): string | null =>
  typeof node?.scalar === 'string' ? node.scalar : null;

/** The scalars of a list, or the one scalar that stands in place of a list. */
export const scalarsOf = (node: TreeNode | null | undefined): readonly TreeNode[] =>
  (node?.items ?? (node ? [node] : [])).filter(({ scalar }) => typeof scalar === 'string');

/** The texts of a list, or the one text that stands in place of a list. */
export const textsOf = (node: TreeNode | null | undefined): readonly string[] =>
  scalarsOf(node).map(({ scalar }) => scalar as string);

/** A JSON pointer to a path of keys. */
export const pointerTo = (...keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

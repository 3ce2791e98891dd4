import { at, entriesOf, pointerTo, type Tree, type TreeEntry, type TreeNode, textOf } from '../read/tree.ts';
import { isServer } from './server.ts';

/** The entry of a server, and the keys that lead to it. */
export interface Located {
  readonly entry: TreeEntry;
  readonly pointer: string;
}

/** Where clients keep their servers: keys from the top of the file. `*` stands for every key. */
const ROOTS: readonly (readonly string[])[] = [
  ['mcpServers'],
  ['mcp_servers'],
  ['context_servers'],
  ['mcp', 'servers'],
  ['mcp', 'mcpServers'],
  ['mcp.servers'],
  ['amp.mcpServers'],
  ['settings', 'mcp', 'servers'],
  ['settings', 'mcp.servers'],
  ['customizations', 'vscode', 'mcp', 'servers'],
  ['experimental', 'modelContextProtocolServers'],
  ['projects', '*', 'mcpServers'],
];

/** Keys that only some files use for servers: elsewhere they mean other things. */
const SOME_ROOTS: readonly { readonly key: string; readonly file: RegExp }[] = [
  { key: 'servers', file: /(?:^|[/\\])[^/\\]*mcp[^/\\]*\.json$/i },
  { key: 'mcp', file: /(?:^|[/\\])(?:opencode|config)\.jsonc?$/i },
];

/** Every server of a file. A damaged file is searched whole: a missing brace puts servers into each other. */
export function locate(file: string, { root, damage }: Tree): Located[] {
  const found = new Map<TreeNode, Located>();
  const take = (map: TreeNode | null, keys: readonly string[], onlyServers: boolean) => {
    for (const each of namedIn(map))
      if (!found.has(each.entry.node) && (!onlyServers || isServer(each.entry.node)))
        found.set(each.entry.node, { entry: each.entry, pointer: pointerTo(...keys, each.key) });
  };
  for (const path of ROOTS) for (const [map, keys] of below(root, path)) take(map, keys, false);
  for (const { key, file: pattern } of SOME_ROOTS)
    if (pattern.test(file) && !at(root, key, 'servers')) take(at(root, key), [key], false);
  const isOwnFile = /(?:^|\/)(?:\.?mcp|mcp[-_](?:config|servers|settings))\.json$/i.test(file);
  if (found.size === 0 && root && isOwnFile && !isServer(root)) take(root, [], true);
  if (damage && root) salvage(root, [], 0, (map, keys) => take(map, keys, true));
  return [...found.values()];
}

function below(node: TreeNode | null, path: readonly string[]): [TreeNode, string[]][] {
  let level: [TreeNode, string[]][] = node ? [[node, []]] : [];
  for (const step of path) {
    level = level.flatMap(([each, keys]) =>
      entriesOf(each)
        .filter(({ key }) => step === '*' || key === step)
        .map(({ key, node: child }): [TreeNode, string[]] => [child, [...keys, key]]),
    );
  }
  return level;
}

/** Entries of a map; of a list those that carry their name. */
function namedIn(map: TreeNode | null): { entry: TreeEntry; key: string }[] {
  const listed = (map?.items ?? []).flatMap((node, i) => {
    const name =
      textOf(at(node, 'name')) ?? textOf(at(node, 'id')) ?? (isServer(node) ? `server-${i + 1}` : null);
    const { line, column } = node;
    return name === null ? [] : [{ entry: { key: name, line, column, node }, key: String(i) }];
  });
  return [...entriesOf(map).map((entry) => ({ entry, key: entry.key })), ...listed];
}

const MAX_DEPTH = 12;

function salvage(
  node: TreeNode,
  keys: readonly string[],
  depth: number,
  take: (map: TreeNode, keys: readonly string[]) => void,
): void {
  if (depth > MAX_DEPTH) return;
  if (depth > 0 || node.entries?.some((entry) => isServer(entry.node))) take(node, keys);
  for (const { key, node: child } of entriesOf(node)) salvage(child, [...keys, key], depth + 1, take);
}

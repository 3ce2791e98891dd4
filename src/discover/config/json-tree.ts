import { readJson } from '../read/json.ts';
import type { TreeNode } from '../read/tree.ts';
import type { Tree } from '../tree.ts';

/** JSON, as people write it, as a tree whose parts know their file. */
export function readJsonTree(
  file: string,
  text: string,
): { root: Tree | null; damage: { line: number; why: string } | null } {
  const { root, damage } = readJson(text);
  return { root: root && convert(file, root), damage };
}

function convert(file: string, node: TreeNode): Tree {
  const spot = { file, line: node.line, column: node.column, tag: '' };
  if (node.items) return { ...spot, type: 'list', items: node.items.map((item) => convert(file, item)) };
  if (!node.entries) return { ...spot, type: 'scalar', value: node.scalar };
  const entries = new Map(
    node.entries.map(({ key, line, column, node: value }) => [
      key,
      { key: { file, line, column }, value: convert(file, value) },
    ]),
  );
  return { ...spot, type: 'map', entries };
}

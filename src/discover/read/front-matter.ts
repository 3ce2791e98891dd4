import { listNode, mapNode, scalarNode, type Tree, type TreeEntry, type TreeNode } from './tree.ts';
import { readYamlTree } from './yaml.ts';

const FENCE = /^---[ \t]*$/;
const KEY = /^([A-Za-z][\w-]{0,60}):(?:[ \t]+(.*))?$/;
const ITEM = /^[ \t]*-[ \t]+(.+)$/;

/**
 * The block between `---` lines at the top of a Markdown file; its root is null without one. The programs that read
 * such files take each line for itself, so that `description: Use when: …`, which is no YAML, is read that way.
 */
export function readFrontMatter(file: string, text: string): Tree {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (!FENCE.test(lines[0] ?? '')) return { root: null, damage: null };
  const end = lines.findIndex((line, i) => i > 0 && FENCE.test(line));
  const inside = lines.slice(1, end < 0 ? lines.length : end);
  // The line of the fence stays as an empty one, so that places are those of the file.
  const yaml = readYamlTree(file, `\n${inside.join('\n')}\n`);
  return yaml.root?.entries && yaml.damage === null ? yaml : { root: byLines(inside), damage: null };
}

function byLines(lines: readonly string[]): TreeNode {
  const entries: TreeEntry[] = [];
  for (const [i, line] of lines.entries()) {
    const place = { line: i + 2, column: 1 };
    const key = KEY.exec(line);
    const item = ITEM.exec(line);
    const last = entries.at(-1);
    if (key) entries.push({ key: key[1]!, ...place, node: readValue(key[2] ?? '', place) });
    else if (item && last && (last.node.items || last.node.scalar === '')) {
      const items = [...(last.node.items ?? []), scalarNode(unquoted(item[1]!), place)];
      entries[entries.length - 1] = { ...last, node: listNode(items, last.node) };
    }
  }
  return mapNode(entries, { line: 1, column: 1 });
}

function readValue(text: string, place: { line: number; column: number }): TreeNode {
  const list = /^\[(.*)\]\s*$/.exec(text);
  if (!list) return scalarNode(unquoted(text.trim()), place);
  const items = list[1]!.split(',').map((item) => scalarNode(unquoted(item.trim()), place));
  return listNode(items, place);
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

import { type Tree as Known, readTrees } from '../tree.ts';
import { listNode, mapNode, type Place, scalarNode, type Tree, type TreeNode } from './tree.ts';

/** How many values one file may stand for: an alias bomb stops here. */
const MOST_VALUES = 100_000;

/** Reads the first document of a YAML file, merges resolved. Never throws. */
export function readYamlTree(file: string, text: string): Tree {
  const { documents, problems } = readTrees(file, text);
  const [root] = documents;
  const [problem] = problems;
  const damage = problem ? unreadable({ line: problem.line, column: 1 }) : null;
  if (!root || (root.type === 'scalar' && root.value === null)) return { root: null, damage };
  let values = 0;
  const convert = (tree: Known): TreeNode => {
    values += 1;
    if (tree.type === 'scalar' || values > MOST_VALUES)
      return scalarNode(tree.type === 'scalar' ? tree.value : null, tree);
    if (tree.type === 'list') return listNode(tree.items.map(convert), tree);
    const entries = [...tree.entries].map(
      ([
        key,
        {
          key: { line, column },
          value,
        },
      ]) => {
        return { key, line, column, node: convert(value) };
      },
    );
    return mapNode(entries, tree);
  };
  const converted = convert(root);
  return values > MOST_VALUES ? { root: null, damage: unreadable(root) } : { root: converted, damage };
}

const unreadable = ({ line, column }: Place): Tree['damage'] => ({
  line,
  column,
  why: 'this is no YAML that can be read',
});

import { type Data, isDataMap, type Path, readYaml } from '../../model/yaml.ts';
import { listNode, mapNode, type Place, scalarNode, type Tree, type TreeNode } from './tree.ts';

/** Reads the first document of a YAML file, merges resolved. Never throws. */
export function readYamlTree(file: string, text: string): Tree {
  const yaml = readYaml(file, text);
  const place = (path: Path, part: 'key' | 'value'): Place => {
    const { start, end } = yaml.find(path, part);
    const { line, column } = yaml.source.locate(start, end);
    return { line, column };
  };
  const convert = (data: Data, path: Path): TreeNode => {
    const here = place(path, 'value');
    if (Array.isArray(data)) {
      const items = data.map((item, i) => convert(item, [...path, String(i)]));
      return listNode(items, here);
    }
    if (!isDataMap(data)) return scalarNode(data, here);
    const entries = Object.entries(data).map(([key, value]) => {
      const below = [...path, key];
      return { key, ...place(below, 'key'), node: convert(value, below) };
    });
    return mapNode(entries, here);
  };
  const [problem] = yaml.problems;
  const damage = problem
    ? {
        line: problem.location?.line ?? 1,
        column: problem.location?.column ?? 1,
        why: 'this is no YAML that can be read',
      }
    : null;
  return { root: yaml.data === null ? null : convert(yaml.data, []), damage };
}

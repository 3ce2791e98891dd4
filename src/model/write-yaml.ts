import { Document, isMap, isPair, isScalar, visit } from 'yaml';
import type { DataMap, Path } from './yaml.ts';
import { textTags } from './yaml.ts';

/**
 * A merge patch at `path` as a block of YAML to copy: the path as blocks, the patch itself in one line each.
 * A key that the patch removes becomes a comment that says so; an empty patch gives nothing.
 */
export function writeEdit(path: Path, edit: DataMap): string {
  if (Object.keys(edit).length === 0) return '';
  let data: DataMap = keep(edit);
  for (const step of [...path].reverse()) data = { [step]: data };
  const document = new Document(data, { customTags: textTags });
  visit(document, {
    Map: (_key, node, ancestors) => {
      node.flow = ancestors.filter(isPair).length > path.length;
    },
    Seq: (_key, node) => {
      node.flow = true;
    },
    Pair: (_key, { key, value }) => {
      if (isMap(value) && value.items.length === 0 && isScalar(key)) value.flow = true;
    },
  });
  const removed = Object.keys(edit).filter((key) => edit[key] === null);
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd();
  const indent = '  '.repeat(path.length);
  const comments = removed.map((key) => `${indent}# remove \`${key}\``);
  return [
    Object.keys(keep(edit)).length === 0 && removed.length > 0 ? text.replace(/ ?\{ *\}$/, '') : text,
    ...comments,
  ].join('\n');
}

const keep = (edit: DataMap): DataMap =>
  Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== null));

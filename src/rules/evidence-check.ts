import { createHash } from 'node:crypto';
import { readTrees, type Tree } from '../model/yaml-tree.ts';
import type { Evidence } from './evidence.ts';

/** What evidence asks of a file besides that it is there. */
export type Asked = Pick<Evidence, 'contains' | 'equals' | 'sha256' | 'reviewed' | 'part'>;

/**
 * What is wrong with the content of a file that is named as evidence, as a clause; empty when nothing is.
 * `changed` gives the day of its last change (`2026-09-01`), `now` for one that is not committed, null where nobody
 * knows: then nobody can say that it changed.
 */
export function checkContent(asked: Asked, bytes: Uint8Array, changed: () => string | null): string {
  const { part, contains, equals, reviewed } = asked;
  const text = new TextDecoder().decode(bytes);
  let meant = text;
  if (part.startsWith('L')) {
    const lines = linesOf(text, part);
    if (lines === null)
      return `has no ${part.includes('-') ? `lines ${part}` : `line ${part.slice(1)}`} any more`;
    meant = lines;
  } else if (part !== '') {
    const found = valueAt(text, part);
    if (found === null) return `has nothing at ${part} any more`;
    if (equals !== null && found.value !== equals)
      return `does not say ${equals} at ${part}${found.value === null ? '' : ' any more'}`;
    meant = found.value ?? found.written;
  } else if (equals !== null)
    return 'names no place to compare: write it behind the file, as `#/limits/stop`';
  if (contains !== '' && !meant.includes(contains)) return 'does not hold the text that is named';
  if (asked.sha256 !== '' && hash(part === '' ? bytes : meant) !== asked.sha256.toLowerCase())
    return 'has changed since somebody looked at it (another sha256): look again';
  return reviewed === '' ? '' : since(reviewed, changed());
}

const hash = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

function since(reviewed: string, changed: string | null): string {
  if (changed === null || (changed !== 'now' && changed <= reviewed)) return '';
  const when = changed === 'now' ? 'has changes that are not committed' : `changed on ${changed}`;
  return `${when}, after it was reviewed on ${reviewed}: look again`;
}

/** The lines that `L10` or `L10-L40` means, without carriage returns; null when the file ends before. */
function linesOf(text: string, part: string): string | null {
  const [, first, last] = /^L(\d+)(?:-L?(\d+))?$/.exec(part) ?? [];
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const [from, to] = [Number(first), Number(last ?? first)];
  return from < 1 || to < from || to > lines.length ? null : lines.slice(from - 1, to).join('\n');
}

/** What stands at a JSON pointer of a JSON or YAML file; `value` is null for what is no text. */
function valueAt(text: string, part: string): { value: string | null; written: string } | null {
  const keys = part
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const plain = text.replace(/^\uFEFF/, '').replaceAll(/^\s*\/\/.*$/gm, '');
  for (const document of readTrees('', plain).documents) {
    const found = keys.reduce<Tree | null>(
      (tree, key) => (tree === null ? null : below(tree, key)),
      document,
    );
    if (found === null) continue;
    return found.type === 'scalar'
      ? { value: String(found.value), written: '' }
      : { value: null, written: JSON.stringify(dataOf(found, 0)) };
  }
  return null;
}

const below = (tree: Tree, key: string): Tree | null =>
  tree.type === 'map'
    ? (tree.entries.get(key)?.value ?? null)
    : tree.type === 'list'
      ? (tree.items[Number(key)] ?? null)
      : null;

const MAX_DEPTH = 20;

/** Keys in their order, so that only what is said changes it. */
function dataOf(tree: Tree, depth: number): unknown {
  if (tree.type === 'scalar' || depth > MAX_DEPTH) return tree.type === 'scalar' ? tree.value : null;
  return tree.type === 'list'
    ? tree.items.map((item) => dataOf(item, depth + 1))
    : [...tree.entries].map(([key, { value }]) => [key, dataOf(value, depth + 1)]);
}

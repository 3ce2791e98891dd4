import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { textTags } from '../../src/model/yaml-whole.ts';

/**
 * YAML as a tree that can hold what no parser gives back: equal keys, values that are no YAML, anchors on anything.
 * Trees are changed in place; whoever wants the old one makes a `copy` first.
 */
export interface Tree {
  is: 'text' | 'list' | 'map';
  /** For a text: the text itself, and how it is written. `raw` is printed as it is, whatever it does to the file. */
  text: string;
  style: 'plain' | 'single' | 'double' | 'block' | 'raw';
  items: Tree[];
  pairs: Pair[];
  /** For lists and maps: on one line, in brackets. */
  flow: boolean;
  /** Anchors and tags that stand before it. */
  marks: string;
  /** A remark on a line of its own, above the key. */
  remark: string;
}

export interface Pair {
  key: string;
  value: Tree;
}

const EMPTY: Omit<Tree, 'is' | 'items' | 'pairs'> = {
  text: '',
  style: 'plain',
  flow: false,
  marks: '',
  remark: '',
};

export const text = (value: string, style: Tree['style'] = 'plain'): Tree => ({
  ...EMPTY,
  is: 'text',
  items: [],
  pairs: [],
  text: value,
  style,
});
export const raw = (value: string): Tree => text(value, 'raw');
export const list = (items: Tree[], flow = true): Tree => ({ ...EMPTY, is: 'list', items, pairs: [], flow });
export const map = (pairs: Pair[], flow = false): Tree => ({ ...EMPTY, is: 'map', items: [], pairs, flow });

export const copy = (tree: Tree): Tree => ({
  ...tree,
  items: tree.items.map(copy),
  pairs: tree.pairs.map(({ key, value }) => ({ key, value: copy(value) })),
});

/** A whole description or rule file as a tree; what an alias stands for stays unknown. */
export const parseTree = (source: string): Tree =>
  ofNode(parseDocument(source, { customTags: textTags }).contents);

function ofNode(node: Node | null): Tree {
  if (isAlias(node)) return raw(`*${node.source}`);
  const tree = ofPlainNode(node);
  if (node?.anchor) tree.marks = `&${node.anchor}`;
  return tree;
}

function ofPlainNode(node: Node | null): Tree {
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }) => ({
      key: String(key),
      value: ofNode(value as Node | null),
    }));
    return map(pairs, node.flow === true);
  }
  if (isSeq(node))
    return list(
      node.items.map((item) => ofNode(item as Node)),
      node.flow === true,
    );
  if (!isScalar(node) || node.value === null) return text('');
  const style = STYLES[node.type ?? ''] ?? 'plain';
  return text(String(node.value), style);
}

const STYLES: Readonly<Record<string, Tree['style']>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'double',
};

/** Plain data as a tree. */
export function ofData(data: unknown): Tree {
  if (Array.isArray(data)) return list(data.map(ofData));
  if (typeof data === 'object' && data !== null)
    return map(Object.entries(data).map(([key, value]) => ({ key, value: ofData(value) })));
  if (typeof data === 'string') return text(data, SAFE.test(data) && !WORD.test(data) ? 'plain' : 'double');
  return text(data === null ? '' : String(data));
}

/** One part of a tree, and where it stands. */
export class Spot {
  readonly node: Tree;
  /** What it stands in. */
  readonly parent: Tree;
  /** Its number among the pairs or items of the parent. */
  readonly at: number;
  private readonly up: Spot | null;

  constructor(node: Tree, parent: Tree, at: number, up: Spot | null) {
    this.node = node;
    this.parent = parent;
    this.at = at;
    this.up = up;
  }

  /** Keys from the top; members of lists add none. There are thousands of spots, so it is put together when asked for. */
  get path(): readonly string[] {
    const above = this.up?.path ?? [];
    const pair = this.parent.pairs[this.at];
    return this.parent.is === 'map' && pair ? [...above, pair.key] : above;
  }

  /** Its own key, or that of the list it is in. */
  get key(): string {
    if (this.parent.is === 'map') return this.parent.pairs[this.at]?.key ?? '';
    return this.up?.key ?? '';
  }
}

/** Every part of a tree but the top. */
export function spots(tree: Tree): Spot[] {
  const found: Spot[] = [];
  const walk = (parent: Tree, up: Spot | null) => {
    const children = parent.is === 'map' ? parent.pairs.map(({ value }) => value) : parent.items;
    children.forEach((node, at) => {
      const spot = new Spot(node, parent, at, up);
      found.push(spot);
      if (node.is !== 'text') walk(node, spot);
    });
  };
  walk(tree, null);
  return found;
}

/** Puts another tree in the place of one. */
export function replace({ parent, at }: Spot, node: Tree): void {
  if (parent.is === 'map') parent.pairs[at]!.value = node;
  else parent.items[at] = node;
}

/** Text that YAML reads as it stands, also inside brackets. */
const SAFE =
  /^[\p{L}\p{N}_./@$*+-]+(?::[\p{L}\p{N}_./@-]+)*(?: [\p{L}\p{N}_./@$*+(-][\p{L}\p{N}_./@$*+)'-]*)*$/u;
const WORD = /^(?:true|false|null|yes|no|on|off|~|[*&-].*)$/i;

/** How a tree is written: columns of a level, and the end of a line. */
export interface Layout {
  readonly step: number;
  /** Members of a list stand deeper than its key. */
  readonly deepLists: boolean;
}

/** The tree as YAML, if it is any. */
export function writeTree(tree: Tree, layout: Layout): string {
  return tree.is === 'text' || tree.flow || isEmpty(tree)
    ? `${inline(tree)}\n`
    : `${tree.marks === '' ? '' : `${tree.marks}\n`}${block(tree, 0, layout)}`;
}

const isEmpty = ({ pairs, items }: Tree): boolean => pairs.length + items.length === 0;

function block(tree: Tree, depth: number, layout: Layout): string {
  const margin = ' '.repeat(depth);
  if (tree.is === 'list')
    return tree.items
      .map((item) => `${margin}-${below(item, depth, { ...layout, deepLists: true })}`)
      .join('');
  return tree.pairs
    .map(({ key, value }) => {
      const remark = value.remark === '' ? '' : `${margin}# ${value.remark}\n`;
      return `${remark}${margin}${writeKey(key)}:${below(value, depth, layout)}`;
    })
    .join('');
}

function below(tree: Tree, depth: number, layout: Layout): string {
  const marks = tree.marks === '' ? '' : ` ${tree.marks}`;
  if (tree.style === 'block' && tree.is === 'text' && BLOCK.test(tree.text)) {
    const margin = ' '.repeat(depth + layout.step);
    const lines = tree.text.replace(/\n$/, '').split('\n');
    return `${marks} |${tree.text.endsWith('\n') ? '' : '-'}\n${lines.map((line) => (line === '' ? '' : margin + line)).join('\n')}\n`;
  }
  if (tree.is === 'text' || tree.flow || isEmpty(tree)) {
    const written = inline(tree);
    return `${written === '' ? '' : ' '}${written}\n`;
  }
  const step = tree.is === 'list' && !layout.deepLists ? 0 : layout.step;
  return `${marks}\n${block(tree, depth + step, layout)}`;
}

/** Text that a block scalar holds as it is. */
const BLOCK = /^[^\s\0-\x08][^\r\0-\x08\x0e-\x1f\u0085\u2028\u2029\ufeff]*$/;

function inline(tree: Tree): string {
  const marks = tree.marks === '' ? '' : `${tree.marks} `;
  if (tree.is === 'list') return `${marks}[${tree.items.map(inline).join(', ')}]`;
  if (tree.is === 'map') {
    const pairs = tree.pairs.map(({ key, value }) => `${writeKey(key)}: ${inline(value)}`.trimEnd());
    return `${marks}{ ${pairs.join(', ')} }`;
  }
  return marks + scalar(tree);
}

function scalar({ text: value, style }: Tree): string {
  if (style === 'raw') return value;
  if (style === 'plain' && (value === '' || SAFE.test(value))) return value;
  if (style === 'single' && !/[^\x20-\x7e]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value);
}

const writeKey = (key: string): string => (/^[\p{L}\p{N}_.<*-]+$/u.test(key) ? key : JSON.stringify(key));

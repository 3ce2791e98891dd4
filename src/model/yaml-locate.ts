import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
} from 'yaml';
import type { Found, Path } from './yaml-data.ts';

/** Finds where the parts of one document are written, through aliases and merges. */
export class Locator {
  private readonly document: Document.Parsed;
  /** What each alias stands for. */
  private readonly targets: ReadonlyMap<Alias, Node>;
  private readonly pairs = new Map<YAMLMap, Map<string, Pair>>();

  constructor(document: Document.Parsed, targets: ReadonlyMap<Alias, Node>) {
    this.document = document;
    this.targets = targets;
  }

  /** The node at `path`, or the nearest written parent of it. */
  find(path: Path, part: 'key' | 'value'): Found {
    let node = this.document.contents as Node | null;
    let point: Node | null = firstKey(node);
    let last: Node | null = node;
    let depth = 0;
    for (const step of path) {
      const value = this.resolve(node);
      const child = isMap(value)
        ? this.pairAt(value, step)
        : isSeq(value)
          ? { key: null, value: value.items[Number(step)] }
          : null;
      if (!child || (child.key === null && child.value === undefined)) break;
      depth += 1;
      node = (child.value ?? null) as Node | null;
      point = (child.key ?? child.value) as Node;
      last = node ?? point;
    }
    const whole = depth === path.length;
    const [start, end] = oneLine(whole && part === 'value' ? last : point);
    return { start, end, depth, scalar: whole && isScalar(node) ? scalarText(node) : null };
  }

  private resolve(node: Node | null): Node | null {
    return isAlias(node) ? (this.targets.get(node) ?? null) : node;
  }

  private pairAt(map: YAMLMap, step: string): Pair | null {
    let known = this.pairs.get(map);
    if (!known) {
      known = new Map();
      for (const pair of map.items)
        if (!isMergeKey(pair) && isScalar(pair.key)) known.set(keyText(pair.key), pair);
      this.pairs.set(map, known);
    }
    return known.get(step) ?? this.mergedPair(map, step);
  }

  private mergedPair(map: YAMLMap, step: string): Pair | null {
    for (const { value } of map.items.filter(isMergeKey)) {
      for (const item of isSeq(value) ? value.items : [value]) {
        const target = this.resolve(item as Node | null);
        const found = isMap(target) ? this.pairAt(target, step) : null;
        if (found) return found;
      }
    }
    return null;
  }
}

export const isMergeKey = (pair: Pair): boolean =>
  isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === Scalar.PLAIN;

/** A key is what was written: `1.0`, `true` and `null` are names like any other. */
export const keyText = (key: Scalar): string =>
  key.type === Scalar.PLAIN && key.source !== undefined ? key.source : String(key.value ?? '');

/** Where a node is written, at least one character wide; the start of the file for none. */
export const rangeOf = (node: Node | null | undefined): [number, number] => {
  const range = node?.range;
  return range ? [range[0], Math.max(range[0] + (range[1] === range[0] ? 1 : 0), range[1])] : [0, 1];
};

/** A whole block is no place to point at: its first key is. */
function oneLine(node: Node | null): [number, number] {
  return isMap(node) && !node.flow ? rangeOf(firstKey(node)) : rangeOf(node);
}

const firstKey = (node: Node | null): Node | null =>
  isMap(node) && node.items.length > 0 ? (node.items[0]!.key as Node) : node;

const scalarText = (node: Scalar): Found['scalar'] => {
  const start = rangeOf(node)[0];
  if (node.type === Scalar.PLAIN) {
    // Text over several lines is folded: it reads differently from how it is written.
    const written = node.range ? node.range[1] - node.range[0] : -1;
    return {
      textStart: start,
      verbatim: node.source === node.value && written === String(node.value).length,
    };
  }
  const quoted = node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE;
  const inner = node.range ? node.range[1] - node.range[0] - 2 : -1;
  return { textStart: start + (quoted ? 1 : 0), verbatim: quoted && inner === String(node.value).length };
};

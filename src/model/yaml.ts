import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
  type Tags,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../finding/finding.ts';
import { Source } from './source.ts';
import { syntaxProblem } from './syntax.ts';

/** Plain data as read from YAML: numbers stay the text they were written as, so that `2.10` is not 2.1. */
export type Data = null | boolean | string | Data[] | { [key: string]: Data };
export type DataMap = { [key: string]: Data };
export type Path = readonly string[];

export const isDataMap = (data: Data | undefined): data is DataMap =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/** How many nodes the aliases of one file may stand for in all: an alias bomb stops here. */
const ALIAS_BUDGET = 100_000;

/** One YAML file: its data, and where every part of it is written. */
export interface YamlFile {
  readonly source: Source;
  readonly data: Data;
  readonly problems: readonly Problem[];
  /** The node at `path`, or the nearest written parent of it. `part` says which side of a `key: value` to point at. */
  readonly find: (path: Path, part?: 'key' | 'value') => Found;
}

export interface Found {
  readonly start: number;
  readonly end: number;
  /** How many steps of the path are written. */
  readonly depth: number;
  /** The scalar at the end, when there is one: where its text begins, and whether offsets in it fit the source. */
  readonly scalar: { readonly textStart: number; readonly verbatim: boolean } | null;
}

/** Booleans and null as in YAML's core schema; everything else is text. */
export const textTags = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || !/:(int|float)$/.test(tag.tag));

/** Reads one YAML document. Never throws on any text: what is wrong is in `problems`. */
export function readYaml(file: string, text: string): YamlFile {
  const source = new Source(file, text);
  const documents = parseAllDocuments(text, {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    customTags: textTags,
    merge: false,
  });
  const all: Document.Parsed[] = Array.isArray(documents) ? documents : [];
  const document = all[0];
  const problems = all.flatMap((each) => each.errors).map((error) => syntaxProblem(source, error));
  const second = all[1];
  if (second && problems.length === 0) {
    const place = source.place(second.range[0], second.range[0] + 1);
    const message = 'A second YAML document begins here; one file describes one system';
    problems.push({
      code: 'several-documents',
      message,
      file,
      ...place,
      suggestion: 'Move it to a file of its own',
    });
  }
  if (!document || problems.length > 0) return { source, data: null, problems, find: nowhere };
  const reader = new Reader(source, document);
  const data = reader.read(document.contents as Node | null, 0);
  return {
    source,
    data,
    problems: reader.problems,
    find: (path, part) => locate(document, path, part ?? 'key'),
  };
}

const nowhere = (): Found => ({ start: 0, end: 0, depth: 0, scalar: null });

class Reader {
  readonly problems: Problem[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private aliased = 0;
  private readonly source: Source;

  constructor(source: Source, _document: Document.Parsed) {
    this.source = source;
  }

  read(node: Node | null, inAlias: number): Data {
    if (node === null) return null;
    if (inAlias > 0 && ++this.aliased > ALIAS_BUDGET) return null;
    if (isAlias(node)) return this.follow(node, inAlias);
    if (node.anchor) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return this.scalar(node);
    this.open.add(node);
    const data = isSeq(node)
      ? node.items.map((item) => this.read(item as Node | null, inAlias))
      : this.map(node as YAMLMap, inAlias);
    this.open.delete(node);
    return data;
  }

  private scalar(node: Scalar): Data {
    const { value } = node;
    return typeof value === 'boolean' || value === null ? value : String(value);
  }

  private map(node: YAMLMap, inAlias: number): DataMap {
    const data: DataMap = {};
    const first = new Map<string, Pair>();
    let merges: Node[] | null = null;
    for (const pair of node.items) {
      const key = this.key(pair);
      if (key === null) continue;
      if (isMergeKey(pair)) {
        merges ??= [];
        merges.push(pair.value as Node);
        continue;
      }
      const earlier = first.get(key);
      if (earlier) this.duplicate(key, pair, earlier);
      else first.set(key, pair);
      data[key] = this.read(pair.value as Node | null, inAlias);
    }
    if (merges) for (const value of merges) this.merge(data, value, inAlias);
    return data;
  }

  private key(pair: Pair): string | null {
    const key = pair.key as Node | null;
    if (!isScalar(key)) {
      this.problem(
        'key-not-text',
        'A key has to be text',
        key ?? (pair.value as Node),
        'Write a plain name before the colon',
      );
      return null;
    }
    const text = keyText(key);
    if (text === '__proto__') {
      this.problem('unusable-key', 'A key cannot be called `__proto__`', key, 'Choose another name');
      return null;
    }
    return text;
  }

  /** `<<` brings in keys of other maps; keys that are written win, then the maps in their order. */
  private merge(data: DataMap, value: Node | null, inAlias: number): void {
    const merged = isSeq(value) ? value.items : [value];
    for (const item of merged) {
      const other = this.read(item as Node | null, inAlias + 1);
      if (!isDataMap(other)) {
        this.problem(
          'merge',
          '`<<` merges maps, and this is none',
          item as Node | null,
          'Point it at an anchored map',
        );
        continue;
      }
      for (const [key, each] of Object.entries(other)) if (!Object.hasOwn(data, key)) data[key] = each;
    }
  }

  private follow(alias: Alias, inAlias: number): Data {
    const target = this.anchors.get(alias.source);
    if (!target) {
      const message = `Nothing before this place is anchored as \`&${alias.source}\``;
      this.problem('unknown-alias', message, alias, 'An anchor has to stand above its aliases');
      return null;
    }
    if (this.open.has(target)) {
      this.problem('alias-circle', `\`*${alias.source}\` stands inside what it stands for`, alias);
      return null;
    }
    const data = this.read(target, inAlias + 1);
    if (this.aliased > ALIAS_BUDGET && !this.problems.some((each) => each.code === 'alias-bomb')) {
      const message = `The aliases of this file stand for more than ${ALIAS_BUDGET} values`;
      this.problem('alias-bomb', message, alias, 'Write the values out, or fewer of them');
    }
    return data;
  }

  private duplicate(key: string, pair: Pair, earlier: Pair): void {
    const here = rangeOf(pair.key as Node);
    const there = rangeOf(earlier.key as Node);
    this.problems.push({
      code: 'duplicate-key',
      message: `\`${key}\` is written twice; only one of them can count`,
      file: this.source.file,
      ...this.source.place(here[0], here[1]),
      related: { message: 'the first one', ...this.source.place(there[0], there[1]) },
      suggestion: 'Rename one of them, or join what they say',
    });
  }

  private problem(code: string, message: string, node: Node | null, suggestion?: string): void {
    const [start, end] = node ? rangeOf(node) : [0, 0];
    this.problems.push({
      code,
      message,
      file: this.source.file,
      ...this.source.place(start, end),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }
}

const isMergeKey = (pair: Pair): boolean =>
  isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === Scalar.PLAIN;

/** A key is what was written: `1.0`, `true` and `null` are names like any other. */
const keyText = (key: Scalar): string =>
  key.type === Scalar.PLAIN && key.source !== undefined ? key.source : String(key.value ?? '');

const rangeOf = (node: Node | null | undefined): [number, number] => {
  const range = node?.range;
  return range ? [range[0], Math.max(range[0] + (range[1] === range[0] ? 1 : 0), range[1])] : [0, 1];
};

/** Walks the written nodes along `path`, through aliases and merges. */
function locate(document: Document.Parsed, path: Path, part: 'key' | 'value'): Found {
  let node = document.contents as Node | null;
  let point: Node | null = firstKey(node);
  let last: Node | null = node;
  let depth = 0;
  for (const step of path) {
    const value = resolve(document, node);
    const child = isMap(value)
      ? pairAt(document, value, step)
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
  const target = whole && part === 'value' ? last : point;
  const [start, end] = oneLine(target);
  return { start, end, depth, scalar: whole && isScalar(node) ? scalarText(node) : null };
}

/** A whole block is no place to point at: its first key is. */
function oneLine(node: Node | null): [number, number] {
  return isMap(node) && !node.flow ? rangeOf(firstKey(node)) : rangeOf(node);
}

const firstKey = (node: Node | null): Node | null =>
  isMap(node) && node.items.length > 0 ? (node.items[0]!.key as Node) : node;

const scalarText = (node: Scalar): Found['scalar'] => {
  const start = rangeOf(node)[0];
  if (node.type === Scalar.PLAIN) return { textStart: start, verbatim: node.source === node.value };
  const quoted = node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE;
  const inner = node.range ? node.range[1] - node.range[0] - 2 : -1;
  return { textStart: start + (quoted ? 1 : 0), verbatim: quoted && inner === String(node.value).length };
};

const resolve = (document: Document.Parsed, node: Node | null): Node | null =>
  isAlias(node) ? ((node.resolve(document) ?? null) as Node | null) : node;

function pairAt(document: Document.Parsed, map: YAMLMap, step: string): Pair | null {
  let merged: Pair | null = null;
  for (let i = map.items.length - 1; i >= 0; i--) {
    const pair = map.items[i]!;
    if (isMergeKey(pair)) merged = mergedPair(document, pair, step) ?? merged;
    else if (isScalar(pair.key) && keyText(pair.key) === step) return pair;
  }
  return merged;
}

function mergedPair(document: Document.Parsed, merge: Pair, step: string): Pair | null {
  const value = merge.value as Node | null;
  for (const item of isSeq(value) ? value.items : [value]) {
    const target = resolve(document, item as Node | null);
    const found = isMap(target) ? pairAt(document, target, step) : null;
    if (found) return found;
  }
  return null;
}

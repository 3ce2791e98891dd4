import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { Source } from './source.ts';
import { isMergeKey, keyText } from './yaml-locate.ts';
import { parseYaml } from './yaml-whole.ts';

/** Where something is written. Line and column start at 1. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A value with its place; a tag such as `!reset` where one is written. An alias is the value it stands for, so that one
 * value may hang in several places: walk trees by known keys, never all the way down.
 */
export type Tree = TreeMap | TreeList | TreeScalar;
export interface TreeMap extends Spot {
  readonly type: 'map';
  readonly tag: string;
  readonly entries: ReadonlyMap<string, Entry>;
}
export interface TreeList extends Spot {
  readonly type: 'list';
  readonly tag: string;
  readonly items: readonly Tree[];
}
/** Numbers stay the text they were written as. */
export interface TreeScalar extends Spot {
  readonly type: 'scalar';
  readonly tag: string;
  readonly value: string | boolean | null;
}
export interface Entry {
  readonly key: Spot;
  readonly value: Tree;
}

/** All documents of one text, and what is wrong with it; what could be read is there all the same. */
export interface Trees {
  readonly documents: readonly Tree[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

const MAX_DOCUMENTS = 1000;
/** How many keys `<<` may bring into the maps of one text, in all. */
const MERGE_BUDGET = 100_000;
const MAX_PROBLEMS = 10;

/** Reads the documents of a text that somebody else's program defines. Never throws on any text. */
export function readTrees(file: string, text: string): Trees {
  const source = new Source(file, text);
  const { documents, tooDeep } = parseYaml(text, MAX_DOCUMENTS);
  const errors = documents.flatMap((document) => document.errors).slice(0, MAX_PROBLEMS);
  const problems = errors.map(({ pos, message }) => ({ line: source.locate(pos[0], pos[0]).line, message }));
  if (tooDeep !== null)
    problems.push({
      line: source.locate(tooDeep, tooDeep).line,
      message: 'it is nested too deep to be read',
    });
  const budget = { merged: 0 };
  return { documents: documents.map((each) => new TreeBuilder(source, budget).document(each)), problems };
}

class TreeBuilder {
  private readonly source: Source;
  private readonly budget: { merged: number };
  private readonly anchors = new Map<string, Node>();
  private readonly built = new Map<Node, Tree>();

  constructor(source: Source, budget: { merged: number }) {
    this.source = source;
    this.budget = budget;
  }

  document(document: Document.Parsed): Tree {
    const contents = document.contents as Node | null;
    return this.tree(contents, this.spot(contents));
  }

  private spot(node: Node | null): Spot {
    const { line, column } = this.source.position(node?.range?.[0] ?? 0);
    return { file: this.source.file, line, column };
  }

  /** `at` is the place of what is not written at all. */
  private tree(node: Node | null | undefined, at: Spot): Tree {
    if (!node) return nothing(at);
    if (isAlias(node)) return this.follow(node);
    if (node.anchor) this.anchors.set(node.anchor, node);
    const spot = node.range ? this.spot(node) : at;
    const { file, line, column } = spot;
    const tag = node.tag ?? '';
    const tree: Tree = isScalar(node)
      ? { file, line, column, type: 'scalar', tag, value: scalarValue(node.value) }
      : isSeq(node)
        ? { file, line, column, type: 'list', tag, items: this.items(node.items as (Node | null)[], spot) }
        : { file, line, column, type: 'map', tag, entries: this.entries(node as YAMLMap) };
    if (node.anchor) this.built.set(node, tree);
    return tree;
  }

  private items(nodes: readonly (Node | null)[], at: Spot): Tree[] {
    return nodes.map((node) => this.tree(node, at));
  }

  /** Null for an alias of nothing, or of what it stands in. */
  private follow(alias: Alias): Tree {
    const target = this.anchors.get(alias.source);
    return (target && this.built.get(target)) ?? nothing(this.spot(alias));
  }

  /** Of equal keys the last one counts, as in most programs; keys that are written win over merged ones. */
  private entries(node: YAMLMap): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    const merges: Tree[] = [];
    for (const pair of node.items as Pair[]) {
      const key = pair.key as Node | null;
      if (!isScalar(key)) continue;
      const spot = this.spot(key);
      const value = this.tree(pair.value as Node | null, spot);
      if (isMergeKey(pair)) merges.push(value);
      else entries.set(keyText(key), { key: spot, value });
    }
    for (const merge of merges)
      for (const map of merge.type === 'list' ? merge.items : [merge]) this.merge(entries, map);
    return entries;
  }

  private merge(entries: Map<string, Entry>, map: Tree): void {
    if (map.type !== 'map') return;
    for (const [key, entry] of map.entries) {
      if (++this.budget.merged > MERGE_BUDGET) return;
      if (!entries.has(key)) entries.set(key, entry);
    }
  }
}

const nothing = (at: Spot): TreeScalar => ({ ...at, type: 'scalar', tag: '', value: null });

const scalarValue = (value: unknown): TreeScalar['value'] =>
  typeof value === 'boolean' || value === null ? value : String(value);

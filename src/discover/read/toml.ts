import { type AST, parseTOML } from 'toml-eslint-parser';
import {
  listNode,
  mapNode,
  type Place,
  scalarNode,
  type Tree,
  type TreeEntry,
  type TreeNode,
} from './tree.ts';

/** A header of a table, alone in its line. */
const HEADER = /^[ \t]*\[{1,2}[^[\]\n]{1,500}\]{1,2}[ \t]*(?:#.*)?\r?$/gm;

/** Reads TOML. Of a text with a mistake, every table that has none is read all the same. Never throws. */
export function readToml(text: string): Tree {
  const clean = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  const whole = attempt(clean);
  if (typeof whole !== 'string') return { root: whole, damage: null };
  const root = new Branch({ line: 1, column: 1 });
  let damage: Tree['damage'] = null;
  const starts = [0, ...[...clean.matchAll(HEADER)].map(({ index }) => index)];
  for (const [i, start] of starts.entries()) {
    // Empty lines in front keep the line numbers.
    const lines = clean.slice(0, start).split('\n').length;
    const part = attempt('\n'.repeat(lines - 1) + clean.slice(start, starts[i + 1]));
    if (typeof part === 'string') damage ??= { line: lines, column: 1, why: part };
    else root.take(part);
  }
  return { root: root.node(), damage };
}

function attempt(text: string): TreeNode | string {
  try {
    const root = new Branch({ line: 1, column: 1 });
    for (const each of parseTOML(text).body[0].body) {
      if (each.type === 'TOMLKeyValue') root.set(keysOf(each), each.value);
      else {
        const table = root.branch(each.resolvedKey.map(String), placeOf(each.key));
        for (const pair of each.body) table.set(keysOf(pair), pair.value);
      }
    }
    return root.node();
  } catch {
    return 'this is no TOML';
  }
}

const keysOf = ({ key }: AST.TOMLKeyValue): readonly AST.TOMLKey['keys'][number][] => key.keys;
const nameOf = (key: AST.TOMLKey['keys'][number]): string => ('value' in key ? key.value : key.name);
const placeOf = ({ loc }: { readonly loc: AST.SourceLocation }): Place => ({
  line: loc.start.line,
  column: loc.start.column + 1,
});

/** A table while it grows: TOML may add to one from several places. */
class Branch {
  private readonly known = new Map<string, { place: Place; child: Branch | TreeNode }>();
  private readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  branch(keys: readonly string[], place: Place): Branch {
    const [key, ...rest] = keys;
    if (key === undefined) return this;
    let child = this.known.get(key)?.child;
    if (!(child instanceof Branch)) {
      child = new Branch(place);
      this.known.set(key, { place, child });
    }
    return child.branch(rest, place);
  }

  set(keys: readonly AST.TOMLKey['keys'][number][], value: AST.TOMLContentNode): void {
    const last = keys.at(-1)!;
    const table = this.branch(keys.slice(0, -1).map(nameOf), placeOf(keys[0]!));
    table.known.set(nameOf(last), { place: placeOf(last), child: readValue(value) });
  }

  /** Adds what another text says of the same file. */
  take(node: TreeNode): void {
    for (const { key, node: child, line, column } of node.entries ?? []) {
      if (child.entries) this.branch([key], { line, column }).take(child);
      else this.known.set(key, { place: { line, column }, child });
    }
  }

  node(): TreeNode {
    const entries: TreeEntry[] = [...this.known].map(([key, { place, child }]) => ({
      key,
      ...place,
      node: child instanceof Branch ? child.node() : child,
    }));
    return mapNode(entries, this.place);
  }
}

function readValue(value: AST.TOMLContentNode): TreeNode {
  const place = placeOf(value);
  if (value.type === 'TOMLArray') return listNode(value.elements.map(readValue), place);
  if (value.type === 'TOMLInlineTable') {
    const table = new Branch(place);
    for (const pair of value.body) table.set(keysOf(pair), pair.value);
    return table.node();
  }
  return scalarNode(typeof value.value === 'boolean' ? value.value : String(value.value), place);
}

import { listNode, mapNode, type Place, scalarNode, type TreeEntry, type TreeNode } from '../read/tree.ts';
import type { Call, Entry, Expr, Module } from './expression.ts';
import type { Files } from './modules.ts';
import { placeOf } from './places.ts';
import { follow, type Site } from './resolve.ts';
import { literal, returned, written } from './values.ts';

const MAX_DEPTH = 8;
/** Parts of one server: objects that are spread into objects multiply. */
const MAX_PARTS = 2_000;
/** What only makes a text or an address of what it is given. */
const CONVERSIONS = /^(?:str|String|URL|Any(?:Http)?Url|HttpUrl)$/;
/** `os.path.join(here, 'server.py')`, `path.resolve(here, 'server.js')` */
const JOINS = /^(?:join|joinpath|resolve)$/;
const CONSTANTS: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  undefined: null,
};

/** Where the tree is wanted: the file that its places are of, and the offset that stands for all of other files. */
export class Home {
  readonly module: Module;
  readonly from: number;
  readonly files: Files;
  #parts = 0;

  constructor(module: Module, from: number, files: Files) {
    this.module = module;
    this.from = from;
    this.files = files;
  }

  /** Counts a part; false when there are too many. */
  takes(): boolean {
    this.#parts += 1;
    return this.#parts <= MAX_PARTS;
  }
}

/**
 * What code says in place of a file of configuration, as such a file would say it, so that one reader does for both.
 * What comes from the environment stands as `${NAME}`, what only a run knows as `${code.…}`; an object of a class as a
 * map of what it is given, with the kind of transport that its name tells as `type`.
 */
export function treeOf(expr: Expr, site: Site, home: Home, depth = 0): TreeNode {
  const here = placeIn(home, expr, site);
  const computed = (): TreeNode => scalarNode(unresolved(written(expr)), here);
  if (depth > MAX_DEPTH || !home.takes()) return computed();
  const target = follow(expr, site, home.files);
  if (target.type === 'environment') return scalarNode(`\${${target.name}}`, here);
  if (target.type !== 'value') return computed();
  const { expr: value, site: at } = target;
  const next = (one: Expr): TreeNode => treeOf(one, at, home, depth + 1);
  const inner = (one: Expr): readonly TreeNode[] => next(one).items ?? [];
  switch (value.type) {
    case 'constant':
      return scalarNode(Object.hasOwn(CONSTANTS, value.value) ? CONSTANTS[value.value]! : value.value, here);
    case 'text': {
      const parts = value.parts.map((part) => (typeof part === 'string' ? part : textIn(next(part))));
      return scalarNode(parts.join(''), here);
    }
    case 'list':
      return listNode([...value.items.map(next), ...value.spread.flatMap(inner)], here);
    case 'mapping':
      return mapNode(entriesOf(value.entries, value.spread, at, home, depth), here);
    case 'either': {
      const given = literal(value, at, home.files);
      if (given.value) return scalarNode(given.value, here);
      return given.environment ? scalarNode(`\${${given.environment}}`, here) : computed();
    }
    case 'call': {
      if (JOINS.test(lastName(value)) && value.args.length > 1)
        return scalarNode(value.args.map((part) => textIn(next(part))).join('/'), here);
      const only = value.args.length === 1 && value.named.length === 0 ? value.args[0] : undefined;
      if (only && CONVERSIONS.test(lastName(value))) return next(only);
      const known = literal(value, at, home.files);
      if (known.value !== null) return scalarNode(known.value, here);
      if (known.environment) return scalarNode(`\${${known.environment}}`, here);
      const given = returned(value, at, home.files);
      if (given) return treeOf(given.expr, given.site, home, depth + 1);
      return /^(?:[A-Z]|dict$|create)/.test(lastName(value))
        ? treeOfCall(value, at, home, depth + 1)
        : computed();
    }
    default:
      return computed();
  }
}

/** An object that a call makes, as a map of what it is given: by name, in objects, and one text for an address. */
export function treeOfCall(call: Call, site: Site, home: Home, depth = 0): TreeNode {
  const here = placeIn(home, call, site);
  const given = call.args.map((one) => treeOf(one, site, home, depth + 1));
  // A list of one is that one; of several, nobody knows which is meant.
  const objects = given.map((one) => (one.items?.length === 1 ? one.items[0]! : one));
  const address = objects.find(({ scalar }) => typeof scalar === 'string');
  const all: TreeEntry[] = [
    ...objects.flatMap(({ entries }) => entries ?? []),
    ...entriesOf(call.named, call.spread, site, home, depth),
    ...(address ? [{ key: 'url', line: address.line, column: address.column, node: address }] : []),
  ];
  const word = transportIn(lastName(call));
  const tells = word !== null && !all.some(({ key }) => key === 'type' || key === 'transport');
  return mapNode(tells ? [...all, { key: 'type', ...here, node: scalarNode(word, here) }] : all, here);
}

function entriesOf(
  written: readonly Entry[],
  spread: readonly Expr[],
  site: Site,
  home: Home,
  depth: number,
): TreeEntry[] {
  const next = (one: Expr): TreeNode => treeOf(one, site, home, depth + 1);
  // What is written here is wanted first, and counts in the end.
  const own = written.flatMap(({ key, value, from }) =>
    key === null ? [] : [{ key, ...placeIn(home, { from }, site), node: next(value) }],
  );
  return [...spread.flatMap((one) => next(one).entries ?? []), ...own];
}

const placeIn = ({ module, from }: Home, one: { readonly from: number }, site: Site): Place =>
  placeOf(module, site.module === module ? one.from : from);

const textIn = ({ scalar }: TreeNode): string => (typeof scalar === 'string' ? scalar : unresolved(''));

const unresolved = (what: string): string => `\${code.${what}}`;

const lastName = ({ callee }: Call): string =>
  callee.type === 'name' || callee.type === 'member' ? callee.name : '';

/** The transport that a class is called after: `StdioServerParameters`, `SSEClientTransport`, `StreamableHTTPConnectionParams`. */
function transportIn(name: string): string | null {
  if (/stdio/i.test(name)) return 'stdio';
  if (/sse/i.test(name)) return 'sse';
  return /http/i.test(name) ? 'streamable-http' : null;
}

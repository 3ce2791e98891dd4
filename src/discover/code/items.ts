import type { Call, Expr, Module, Wiring } from './expression.ts';
import { shapeOf } from './frameworks/all.ts';
import type { Files } from './modules.ts';
import { follow, lookup, MOST_OPTIONS, referenceOf, type Site } from './resolve.ts';
import { argument, literal, returned, whyNot, written } from './values.ts';

/** One entry of a list or object, with the name of its key. */
export interface Item {
  readonly expr: Expr;
  readonly site: Site;
  readonly key: string | null;
  /** A client of MCP servers, and those of them that are asked for by name; empty for all. */
  readonly servers?: readonly string[];
}

/** What a list holds, and where it holds more than the code says. */
export interface Items {
  readonly items: readonly Item[];
  readonly open: readonly Open[];
}

/** What the code does not say of a list, and where the list is written. */
interface Open {
  readonly why: string;
  readonly module: Module;
  readonly from: number;
}

const MAX_DEPTH = 6;

/**
 * The entries of a list or object: names, functions with one return, joined lists and what is appended later; of lists
 * that the code chooses from, those of each.
 */
export function itemsOf(expr: Expr, site: Site, files: Files): Items {
  const items: Item[] = [];
  const open: Open[] = [];
  collect(expr, site, files, 0, items, open, { module: site.module, from: expr.from });
  return { items, open };
}

function collect(
  expr: Expr,
  site: Site,
  files: Files,
  depth: number,
  items: Item[],
  open: Open[],
  place: Omit<Open, 'why'>,
): void {
  const refuse = (why: string): void => {
    open.push({ why, ...place });
  };
  if (depth > MAX_DEPTH || items.length > 500) {
    refuse('is nested too deeply');
    return;
  }
  const next = (one: Expr, home: Site): void => collect(one, home, files, depth + 1, items, open, place);
  const target = follow(expr, site, files);
  if (target.type === 'unknown' && target.options && target.options.length <= MOST_OPTIONS) {
    for (const option of target.options) next(option.expr, option.site);
    return;
  }
  if (target.type !== 'value') {
    refuse(whyNot(target));
    return;
  }
  const { expr: value, site: home } = target;
  switch (value.type) {
    case 'list':
      for (const item of value.items) items.push({ expr: item, site: home, key: null });
      for (const one of value.spread) next(one, home);
      break;
    case 'mapping':
      for (const entry of value.entries) items.push({ expr: entry.value, site: home, key: entry.key });
      for (const one of value.spread) next(one, home);
      break;
    case 'constant':
      break;
    case 'call': {
      const [only, ...others] = value.args;
      const name = value.callee.type === 'name' ? value.callee.name : '';
      if (/^(?:list|tuple|set)$/.test(name) && others.length === 0) {
        if (only) next(only, home);
        break;
      }
      const client = clientOf(value, home, files);
      if (client) {
        items.push(client);
        break;
      }
      const given = returned(value, home, files);
      if (given) next(given.expr, given.site);
      else refuse(`comes from a call of ${written(value.callee)}`);
      break;
    }
    case 'either':
      for (const option of value.options) next(option, home);
      break;
    default:
      refuse(whyNot(target));
  }
  const name = expr.type === 'name' ? expr.name : null;
  if (name === null || target.site.module !== site.module) return;
  for (const wiring of wiringsOf(name, site)) {
    if (wiring.how === 'add')
      items.push({ expr: wiring.value, site: { ...site, scope: wiring.scope }, key: null });
    else if (wiring.how === 'extend') next(wiring.value, { ...site, scope: wiring.scope });
  }
}

const TOOLS_OF = /^(?:get_?|list_?)?tool(?:set)?s$/i;

/** The MCP client of which a call gives the tools: `client.get_tools()`, or a client that is itself the list. */
function clientOf(call: Call, site: Site, files: Files): Item | null {
  const isClient = ({ callee }: Call, home: Site): boolean =>
    shapeOf(referenceOf(callee, home, files), ({ tools }) => tools)?.shape.servers !== undefined;
  const { callee } = call;
  if (callee.type !== 'member' || !TOOLS_OF.test(callee.name))
    return isClient(call, site) ? { expr: call, site, key: null, servers: [] } : null;
  const of = follow(callee.of, site, files);
  if (of.type !== 'value' || of.expr.type !== 'call' || !isClient(of.expr, of.site)) return null;
  const only = argument(call, ['server_name'], site, files)?.expr ?? call.args[0];
  const name = only ? literal(only, site, files).value : null;
  return { expr: of.expr, site: of.site, key: null, servers: name === null ? [] : [name] };
}

function wiringsOf(name: string, site: Site): Wiring[] {
  const home = lookup(name, site)?.scope;
  return site.module.wirings.filter(
    ({ target, how, scope }) =>
      how !== 'set' &&
      target.type === 'name' &&
      target.name === name &&
      lookup(name, { module: site.module, scope })?.scope === home,
  );
}

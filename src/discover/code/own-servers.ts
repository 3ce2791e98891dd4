import type { FactLink } from '../fact.ts';
import type { Call, CallSite, Expr, FunctionItem, Module } from './expression.ts';
import { itemsOf } from './items.ts';
import { fromLiteral, known, placeOf } from './places.ts';
import { callSiteOf } from './references.ts';
import { follow, type Reference, referenceOf, type Site } from './resolve.ts';
import { type Draft, nameOf, pointerOf, type Sink } from './sink.ts';
import { argument, literal, written } from './values.ts';

/** The SDKs that servers of the Model Context Protocol are written with, in Python and in TypeScript. */
const SERVER_MODULES = /^(?:mcp|fastmcp)(?:\.|$)|^@modelcontextprotocol\//;
const SERVER_CLASSES = /^(?:FastMCP|McpServer|MCPServer|Server)$/;
/**
 * Without one of these a file says nothing about a server: nobody has to look at its calls. What is searched for is the
 * end of a word where it is rarer than its beginning.
 */
const MENTIONS =
  /MCP(?<=FastMCP)|Server(?<=M[Cc][Pp]Server)|modelcontextprotocol|mcp(?:\.server|-handler)|\.registerTool\b|\.tool\b(?<=^[ \t]{0,40}@[\w.]{1,80}\.tool)/m;

/** Methods that give a server a tool, by what their first argument may be. */
const ADDS = /^(?:tool|registerTool|addTool|add_tool|registerAppTool)$/;
const HANDLES = 'setRequestHandler';
const LISTS = 'list_tools';
/** Methods that start a server, with how it is then reached where they do not say. */
const STARTS: Readonly<Record<string, string>> = {
  run: 'stdio',
  run_async: 'stdio',
  start: 'stdio',
  run_stdio_async: 'stdio',
  run_sse_async: 'sse',
  run_streamable_http_async: 'streamable-http',
  run_http_async: 'streamable-http',
  sse_app: 'sse',
  streamable_http_app: 'streamable-http',
  http_app: 'streamable-http',
};
const TRANSPORTS: Readonly<Record<string, string>> = {
  stdio: 'stdio',
  sse: 'sse',
  http: 'streamable-http',
  httpStream: 'streamable-http',
  'streamable-http': 'streamable-http',
  streamable_http: 'streamable-http',
  StdioServerTransport: 'stdio',
  SSEServerTransport: 'sse',
  StreamableHTTPServerTransport: 'streamable-http',
  NodeStreamableHTTPServerTransport: 'streamable-http',
  WebStandardStreamableHTTPServerTransport: 'streamable-http',
};
const METHODS = new RegExp(`${ADDS.source}|^(?:connect|${HANDLES}|${Object.keys(STARTS).join('|')})$`);

const isServer = (made: Reference | null): boolean =>
  made !== null && SERVER_MODULES.test(made.module) && SERVER_CLASSES.test(made.name);

/** The MCP server that a call makes, so one that is written here; null when it makes none. */
export function serverFromCall(call: CallSite, module: Module, sink: Sink): Draft | null {
  const drafted = sink.find('tool', module, call.from);
  if (drafted) return drafted.attributes['written_here'] ? drafted : null;
  const site = { module, scope: call.scope };
  if (!isServer(referenceOf(call.callee(), site, sink.files))) return null;
  const made = call.call();
  const given = argument(made, ['name'], site, sink.files);
  const first = made.args[0];
  const expr = given ?? (first && first.type !== 'mapping' ? { expr: first, site } : null);
  const name = expr ? literal(expr.expr, expr.site, sink.files) : null;
  const server = sink.draft('tool', name?.value ?? nameOf(call, module), module, call.from, pointerOf(call));
  if (name && name.value === null) server.attributes['name'] = fromLiteral(name, module, call.from);
  server.attributes['kind'] = known('mcp-server', module, call.from);
  server.attributes['publisher'] = known('first-party', module, call.from);
  server.attributes['written_here'] = known(true, module, call.from);
  return server;
}

/** The tools that servers written here offer, and how those servers are reached. */
export function readOwnServers(module: Module, sink: Sink): void {
  if (!MENTIONS.test(module.text)) return;
  for (const item of module.functions) if (item.decorators.length > 0) fromDecorators(item, module, sink);
  for (const call of module.calls) {
    const last = methodOf(call);
    if (!METHODS.test(last)) continue;
    const site = { module, scope: call.scope };
    const made = call.call();
    const owner = ownerOf(made);
    if (!owner) continue;
    const server = serverMeant(owner, site, sink);
    if (server === null) continue;
    if (ADDS.test(last)) fromAdding(call, made, server, site, sink);
    else if (last === HANDLES) fromHandler(made, server, site, sink);
    else if (server !== 'unknown') started(server, last, made, site, sink);
  }
}

/** `tool` of `server.tool(…)` and of `server.tool(…)(function)`. */
function methodOf(call: CallSite): string {
  const { last } = call.names();
  if (last !== '') return last;
  const callee = call.callee();
  return callee.type === 'call' && callee.callee.type === 'member' ? callee.callee.name : '';
}

/** `server` of `server.tool(…)` and of `server.tool(…)(function)`. */
function ownerOf({ callee }: Call): Expr | null {
  const inner = callee.type === 'call' ? callee.callee : callee;
  return inner.type === 'member' ? inner.of : null;
}

/** The server that an expression is: one written here, or one that a function is given; null for anything else. */
function serverMeant(expr: Expr, site: Site, sink: Sink): Draft | 'unknown' | null {
  const target = follow(expr, site, sink.files);
  if (target.type === 'unknown') return isHanded(expr) ? 'unknown' : null;
  if (target.type !== 'value' || target.expr.type !== 'call') return null;
  const call = callSiteOf(target.expr, target.site);
  return call ? serverFromCall(call, target.site.module, sink) : null;
}

/** Whether something that only a caller knows is called like a server: `server`, `this.mcp`, `self.app`. */
const isHanded = (expr: Expr): boolean => /(?:^|\.)_?(?:\w*[Ss]erver|\w*mcp|\w*Mcp|app)$/.test(written(expr));

function fromDecorators(item: FunctionItem, module: Module, sink: Sink): void {
  const site = { module, scope: item.outer };
  for (const decorator of item.decorators) {
    const call = decorator.type === 'call' ? decorator : null;
    const callee = call ? call.callee : decorator;
    if (callee.type !== 'member' || (callee.name !== 'tool' && callee.name !== LISTS)) continue;
    const server = serverMeant(callee.of, site, sink);
    if (server === null) continue;
    if (callee.name === 'tool') {
      const given = call ? nameGiven(call, site, sink) : null;
      offer(server, given ?? item.name, call ? [call] : [], item.from, site, sink);
    } else {
      const inside = { module, scope: item.scope };
      for (const list of item.returns()) fromList(list, server, inside, sink);
    }
  }
}

/** A name that is written as the first argument or as `name`. */
function nameGiven(call: Call, site: Site, sink: Sink): string | null {
  const named = argument(call, ['name'], site, sink.files);
  const expr = named ?? (call.args[0] ? { expr: call.args[0], site } : null);
  return expr ? literal(expr.expr, expr.site, sink.files).value : null;
}

function fromAdding(call: CallSite, made: Call, server: Draft | 'unknown', site: Site, sink: Sink): void {
  // `server.tool()(function)`
  const first = made.args[0] ? follow(made.args[0], site, sink.files) : null;
  const own = first?.type === 'function' ? first.function.name : null;
  const told = made.callee.type === 'call' ? made.callee : made;
  const name = nameGiven(told, site, sink) ?? own;
  const terms = [told, ...told.args, ...told.named.map(({ value }) => value)];
  if (name !== null && /^[\w./:-]{1,200}$/.test(name)) offer(server, name, terms, call.from, site, sink);
}

/** `setRequestHandler(ListToolsRequestSchema, () => ({ tools: […] }))` */
function fromHandler({ args: [schema, handler] }: Call, server: Draft | 'unknown', site: Site, sink: Sink) {
  if (!schema || !handler || !/ListTools/.test(written(schema))) return;
  const target = follow(handler, site, sink.files);
  if (target.type !== 'value' || target.expr.type !== 'lambda') return;
  const { from } = target.expr;
  const scope = target.site.module.functions.find((each) => each.scope.from === from)?.scope;
  const inside = { module: target.site.module, scope: scope ?? target.site.scope };
  for (const given of target.expr.returns) {
    const tools = given.type === 'mapping' ? given.entries.find(({ key }) => key === 'tools') : undefined;
    if (tools) fromList(tools.value, server, inside, sink);
  }
}

/** `[Tool(name="…"), { name: '…' }]` */
function fromList(list: Expr, server: Draft | 'unknown', site: Site, sink: Sink): void {
  for (const item of itemsOf(list, site, sink.files).items) {
    const target = follow(item.expr, item.site, sink.files);
    if (target.type !== 'value') continue;
    const { expr, site: home } = target;
    const name =
      expr.type === 'call'
        ? argument(expr, ['name'], home, sink.files)?.expr
        : expr.type === 'mapping'
          ? expr.entries.find(({ key }) => key === 'name')?.value
          : undefined;
    const value = name ? literal(name, home, sink.files).value : null;
    if (value !== null) offer(server, value, [expr], expr.from, home, sink);
  }
}

/** A tool that a server offers, at the place where it is given to it. */
function offer(
  server: Draft | 'unknown',
  name: string,
  terms: readonly Expr[],
  from: number,
  site: Site,
  sink: Sink,
): void {
  const { module } = site;
  const action = sink.draft('action', name, module, from, `${pointerTo(server)}.${name}`);
  if (action.links.length > 0) return;
  if (terms.some((term) => readsOnly(term, site, sink)))
    action.attributes['effect'] = known('read', module, from);
  const link: FactLink = {
    as: 'offered_by',
    to: server === 'unknown' ? '' : server.name,
    toKind: 'tool',
    ...placeOf(module, from),
    ...(server === 'unknown'
      ? { unresolved: 'the server is known at run time' }
      : { definition: { file: server.module.path, pointer: server.pointer } }),
  };
  action.links.push(link);
}

const pointerTo = (server: Draft | 'unknown'): string => (server === 'unknown' ? '' : server.pointer);

const MAX_DEPTH = 3;

/** Whether a tool is declared to change nothing: `readOnlyHint` among its annotations. */
function readsOnly(expr: Expr, site: Site, sink: Sink, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const target = depth === 0 ? { type: 'value' as const, expr, site } : follow(expr, site, sink.files);
  if (target.type !== 'value') return false;
  const entries =
    target.expr.type === 'call'
      ? target.expr.named
      : target.expr.type === 'mapping'
        ? target.expr.entries
        : [];
  return entries.some(({ key, value }) => {
    if (key === 'annotations') return readsOnly(value, target.site, sink, depth + 1);
    if (key !== 'readOnlyHint') return false;
    return /^true$/i.test(literal(value, target.site, sink.files).value ?? '');
  });
}

/** What a call that starts a server says of how it is reached. */
function started(server: Draft, method: string, made: Call, site: Site, sink: Sink): void {
  const given = argument(made, ['transport', 'transportType'], site, sink.files);
  const first = made.args[0];
  const expr = given ?? (first && first.type !== 'mapping' ? { expr: first, site } : null);
  const told = expr ? transportSaid(expr.expr, expr.site, sink) : null;
  if (expr && told === null) return;
  const transport = told ?? STARTS[method];
  if (!transport) return;
  const { line, column } = placeOf(site.module, made.from);
  const file = site.module === server.module ? {} : { file: site.module.path };
  server.attributes['transport'] ??= { value: transport, line, column, ...file };
}

function transportSaid(expr: Expr, site: Site, sink: Sink): string | null {
  const target = follow(expr, site, sink.files);
  const name =
    target.type === 'value' && target.expr.type === 'call'
      ? (referenceOf(target.expr.callee, target.site, sink.files)?.name ?? '')
      : (literal(expr, site, sink.files).value ?? '');
  return Object.hasOwn(TRANSPORTS, name) ? TRANSPORTS[name]! : null;
}

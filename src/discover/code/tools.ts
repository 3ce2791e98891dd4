import type { FactValue } from '../fact.ts';
import type { Call, CallSite, ClassItem, FunctionItem, Mapping, Module } from './expression.ts';
import { FRAMEWORKS, frameworkOf, shapeOf } from './frameworks/all.ts';
import type { ToolShape } from './frameworks/framework.ts';
import { addServer, serversOf } from './mcp-servers.ts';
import { fromLiteral, known, open } from './places.ts';
import { baseOf, follow, type Reference, referenceOf, type Site } from './resolve.ts';
import { type Draft, nameOf, pointerOf, type Sink, scopeName } from './sink.ts';
import { argument, asCall, type Literal, literal } from './values.ts';

/** The call that makes a tool by a class or function of a framework; null when the call makes none. */
export function toolShapeOf(
  call: { callee: Call['callee'] },
  site: Site,
  sink: Sink,
): { shape: ToolShape; reference: Reference; framework: string } | null {
  const target = follow(call.callee, site, sink.files);
  // A class of the repository that extends a tool says itself what it is.
  if (target.type !== 'package') return null;
  // `bash_20250124` is `bash`, as it was that day.
  const reference = { ...target.reference, name: target.reference.name.replace(/_20\d{6}$/, '') };
  const found = shapeOf(reference, ({ tools }) => tools);
  if (found) return { shape: found.shape, reference, framework: found.framework.name };
  const framework = frameworkOf(reference.module);
  if (framework?.toolFactories?.test(reference.module))
    return { shape: { kind: 'function' }, reference, framework: framework.name };
  if (!framework?.toolPackages?.test(reference.module)) return null;
  return /^[A-Z]/.test(reference.name) ? { shape: {}, reference, framework: framework.name } : null;
}

/** The tools that a call makes: one, but for a client of several MCP servers. */
export function toolsFromCall(site: CallSite, module: Module, sink: Sink): readonly Draft[] {
  const found = toolShapeOf({ callee: site.callee() }, { module, scope: site.scope }, sink);
  if (!found || found.shape.agent) return [];
  const servers = found.shape.servers === 'many' ? serversOf(site, module, sink) : [];
  for (const server of servers) describe(server, found.shape, found.framework, server.from);
  return servers.length > 0 ? servers : [oneFromCall(site, module, found, sink)];
}

function oneFromCall(
  site: CallSite,
  module: Module,
  { shape, reference, framework }: { shape: ToolShape; reference: Reference; framework: string },
  sink: Sink,
): Draft {
  const home = { module, scope: site.scope };
  const call = site.call();
  const given = givenFor(call, shape.name, shape.positional, home, sink);
  const wrapped = wrappedName(call, shape, home, sink);
  const named = given?.value ?? wrapped;
  const ready = readyMade(reference, shape);
  const own = named ?? unnamed(site, module, ready);
  const tool = sink.draft('tool', own, module, site.from, pointerOf(site, named ?? ready));
  // As it comes, it is the same wherever it stands.
  const isAsIs = call.args.length + call.named.length + call.spread.length === 0;
  if (own === ready && isAsIs) tool.attributes['package'] = known(reference.module, module, site.from);
  if (given && given.value === null) tool.attributes['name'] = fromLiteral(given, module, site.from);
  describe(tool, shape, framework, site.from);
  addApproval(tool, call, shape, home, sink);
  if (shape.servers === 'one') addServer(tool, call, shape, home, sink);
  return tool;
}

/** The name of a class, or of a function that takes no name: it makes a tool which is there already. */
const readyMade = ({ name }: Reference, shape: ToolShape): string | undefined =>
  /^[A-Z]/.test(name) || (shape.kind && !shape.name) ? name : undefined;

/** What a package brings along is called what it is, a tool written here what holds it. */
function unnamed(site: CallSite, module: Module, ready: string | undefined): string {
  return (site.bound() === null ? ready : undefined) ?? nameOf(site, module);
}

function describe(tool: Draft, shape: ToolShape, framework: string, from: number): void {
  tool.attributes['framework'] = known(framework, tool.module, from);
  tool.attributes['kind'] = known(shape.kind ?? 'function', tool.module, from);
  const transport = shape.transport ?? (shape.kind ? null : 'in-process');
  if (transport) tool.attributes['transport'] = known(transport, tool.module, from);
}

/** Who is asked before the tool acts, where an argument says it. */
function addApproval(tool: Draft, call: Call, shape: ToolShape, site: Site, sink: Sink): void {
  const given = shape.approval ? argument(call, shape.approval, site, sink.files) : null;
  if (!given) return;
  const { value } = literal(given.expr, given.site, sink.files);
  const { module } = given.site;
  // A spread may bring it along from another file.
  const elsewhere = module === tool.module ? {} : { file: module.path };
  const says = (said: FactValue): FactValue => ({ ...said, ...elsewhere });
  const asks = value === null ? null : /^true$/i.test(value);
  tool.attributes['approval'] = says(
    asks === null
      ? open('is decided at run time', module, given.from)
      : known(asks ? 'human' : 'none', module, given.from),
  );
  if (asks) tool.controls['human_approval'] = says(known(true, module, given.from));
}

/** An argument by name or by position. */
function givenFor(
  call: Call,
  keys: readonly string[] | undefined,
  positional: readonly string[] | undefined,
  site: Site,
  sink: Sink,
): Literal | null {
  if (!keys) return null;
  const named = argument(call, keys, site, sink.files);
  if (named) return literal(named.expr, named.site, sink.files);
  const position = positional?.findIndex((key) => keys.includes(key)) ?? -1;
  const first = position >= 0 ? call.args[position] : undefined;
  return first ? literal(first, site, sink.files) : null;
}

function wrappedName(call: Call, shape: ToolShape, site: Site, sink: Sink): string | null {
  if (!shape.wraps) return null;
  const named = argument(call, shape.wraps, site, sink.files);
  const position = shape.positional?.findIndex((key) => shape.wraps?.includes(key)) ?? -1;
  const expr = named?.expr ?? (position >= 0 ? call.args[position] : undefined);
  if (!expr) return null;
  const target = follow(expr, named?.site ?? site, sink.files);
  if (target.type === 'class') return target.class.name;
  return target.type === 'function' ? target.function.name : null;
}

/** The tool that a decorator makes of a function or class; null when none does. */
export function toolFromFunction(item: FunctionItem | ClassItem, module: Module, sink: Sink): Draft | null {
  const site = { module, scope: item.outer };
  for (const decorator of item.decorators) {
    const call = decorator.type === 'call' ? decorator : null;
    const callee = call ? call.callee : decorator;
    const found = shapeOf(referenceOf(callee, site, sink.files), ({ decorators }) => decorators);
    if (!found) continue;
    const { shape } = found;
    const given = call ? givenFor(call, shape.name, shape.positional, site, sink) : null;
    const tool = sink.draft('tool', given?.value ?? item.name, module, item.from, scopeName(item.scope));
    describe(tool, shape, found.framework.name, item.from);
    if (call) addApproval(tool, call, shape, site, sink);
    return tool;
  }
  return null;
}

/** A class of the repository that extends a tool of a framework, or that a decorator makes a tool. */
export function toolFromClass(item: ClassItem, module: Module, sink: Sink): Draft | null {
  const decorated = item.decorators.length > 0 ? toolFromFunction(item, module, sink) : null;
  if (decorated) return decorated;
  const site = { module, scope: item.outer };
  const base = baseOf(item, site, sink.files, 0);
  const framework = base ? frameworkOf(base.module) : null;
  if (!base || !framework) return null;
  const isTool = framework.toolBases?.includes(base.name) || shapeOf(base, ({ tools }) => tools) !== null;
  if (!isTool) return null;
  const definition = item.scope.names.get('name')?.at(-1);
  const given =
    definition?.type === 'value'
      ? literal(definition.value(), { module, scope: item.scope }, sink.files)
      : null;
  const tool = sink.draft('tool', given?.value ?? item.name, module, item.from, scopeName(item.scope));
  describe(tool, {}, framework.name, item.from);
  return tool;
}

/** A plain function that an agent has as a tool. */
export function toolFromPlain(item: FunctionItem, module: Module, framework: string, sink: Sink): Draft {
  const tool = sink.draft('tool', item.name, module, item.from, scopeName(item.scope));
  describe(tool, {}, framework, item.from);
  return tool;
}

/** A class that says which arguments a model has to fill in: LangChain takes it for a tool. */
export function toolFromSchema(item: ClassItem, module: Module, sink: Sink): Draft {
  const tool = sink.draft('tool', item.name, module, item.from, scopeName(item.scope));
  describe(tool, {}, 'langgraph', item.from);
  return tool;
}

/** A tool that is written as an object for the vendor of a model: `{ name, schema }`, `{ type: 'function', function: { name } }`. */
export function toolFromObject(object: Mapping, site: Site, framework: string, sink: Sink): Draft | null {
  const at = ({ entries }: Mapping, key: string) => entries.find((entry) => entry.key === key)?.value;
  const inner = at(object, 'function');
  const given = at(inner?.type === 'mapping' ? inner : object, 'name') ?? at(object, 'type');
  const name = given ? literal(given, site, sink.files).value : null;
  if (name === null) return null;
  return objectTool(object, name, {}, site, framework, sink);
}

/** A tool that is written as an object under its name: `tools: { search: { description, inputSchema, execute } }`. */
export function toolFromEntry(
  object: Mapping,
  name: string,
  site: Site,
  framework: string,
  sink: Sink,
): Draft | null {
  const shape = FRAMEWORKS.find((one) => one.name === framework)?.toolObjects;
  return shape ? objectTool(object, name, shape, site, framework, sink) : null;
}

function objectTool(
  object: Mapping,
  name: string,
  shape: ToolShape,
  site: Site,
  framework: string,
  sink: Sink,
): Draft {
  const pointer = [scopeName(site.scope), name].filter((part) => part !== '').join('.');
  const tool = sink.draft('tool', name, site.module, object.from, pointer);
  describe(tool, shape, framework, object.from);
  addApproval(tool, asCall(object), shape, site, sink);
  return tool;
}

/** A tool that a package brings along, where an agent names it. */
export function toolFromPackage(
  reference: Reference,
  name: string,
  module: Module,
  from: number,
  framework: string,
  sink: Sink,
): Draft {
  const tool = sink.draft('tool', name, module, from, name, 'inferred');
  describe(tool, shapeOf(reference, ({ tools }) => tools)?.shape ?? {}, framework, from);
  tool.attributes['package'] = known(reference.module, module, from);
  return tool;
}

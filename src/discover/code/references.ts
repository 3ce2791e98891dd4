import type { CallSite, Expr } from './expression.ts';
import { shapeOf } from './frameworks/all.ts';
import type { AgentShape } from './frameworks/framework.ts';
import type { Item } from './items.ts';
import { follow, MOST_OPTIONS, referenceOf, type Site, type Target } from './resolve.ts';
import { type Draft, nameOf, pointerOf, type Sink } from './sink.ts';
import { stepName } from './step-names.ts';
import {
  toolFromClass,
  toolFromEntry,
  toolFromFunction,
  toolFromObject,
  toolFromPackage,
  toolFromPlain,
  toolFromSchema,
  toolShapeOf,
  toolsFromCall,
} from './tools.ts';
import { argument, literal, returned, whyNot, written } from './values.ts';

/** What an entry of a list of tools or agents means. */
export type Meant =
  | {
      readonly type: 'tool' | 'agent';
      readonly name: string;
      readonly file: string;
      readonly pointer: string;
    }
  | { readonly type: 'named'; readonly name: string }
  | { readonly type: 'unknown'; readonly name: string; readonly why: string };

const MAX_DEPTH = 5;

/** Everything that an entry may mean: one thing, or each of several that the code chooses from. */
export function meaningsOf(item: Item, framework: string, sink: Sink): Meant[] {
  if (item.servers) return serversMeant(item, item.servers, sink);
  return optionsOf(item, sink).flatMap((option) => {
    const target = follow(option.expr, option.site, sink.files);
    return meantBy(option, target, framework, sink, option === item ? 0 : 1);
  });
}

/** The servers of an MCP client: those that are asked for, or all. */
function serversMeant({ expr, site }: Item, asked: readonly string[], sink: Sink): Meant[] {
  const target = follow(expr, site, sink.files);
  const call = target.type === 'value' ? callSiteOf(target.expr, target.site) : null;
  const all = call && target.type === 'value' ? toolsFromCall(call, target.site.module, sink) : [];
  const chosen = all.filter(({ name }) => asked.includes(name));
  return (chosen.length > 0 ? chosen : all).map((one) => meant('tool', one));
}

/** An entry itself, or everything that the code says it may be. */
export function optionsOf(item: Item, sink: Sink): Item[] {
  const target = follow(item.expr, item.site, sink.files);
  const options =
    target.type === 'unknown'
      ? target.options
      : target.type === 'value' && target.expr.type === 'either'
        ? target.expr.options.map((expr) => ({ expr, site: target.site }))
        : undefined;
  if (!options || options.length > MOST_OPTIONS) return [item];
  return options
    .filter(({ expr }) => expr.type !== 'constant')
    .map((option) => ({ ...option, key: item.key }));
}

/** The tools or the agent that an entry means, which leads to `target`; its key is the name it goes by in an object. */
function meantBy(item: Item, target: Target, framework: string, sink: Sink, depth: number): Meant[] {
  const { expr, site } = item;
  const name = item.key ?? written(expr);
  if (depth > MAX_DEPTH) return [{ type: 'unknown', name, why: 'is nested too deeply' }];
  if (expr.type === 'text') {
    const { value } = literal(expr, site, sink.files);
    return [value === null ? { type: 'unknown', name, why: 'is computed' } : { type: 'named', name: value }];
  }
  switch (target.type) {
    case 'function': {
      const { function: item, site: home } = target;
      const tool =
        toolFromFunction(item, home.module, sink) ?? toolFromPlain(item, home.module, framework, sink);
      return [meant('tool', tool)];
    }
    case 'class': {
      const { class: made, site: home } = target;
      const tool =
        toolFromClass(made, home.module, sink) ??
        (framework === 'langgraph' ? toolFromSchema(made, home.module, sink) : null);
      return [tool ? meant('tool', tool) : { type: 'unknown', name, why: whyNot(target) }];
    }
    case 'package': {
      const last = target.reference.name || target.reference.module;
      return [
        meant('tool', toolFromPackage(target.reference, last, site.module, expr.from, framework, sink)),
      ];
    }
    case 'value':
      return fromValue(item, target, name, framework, sink, depth);
    default:
      return [known(item) ?? { type: 'unknown', name, why: whyNot(target) }];
  }
}

/** A key of an object names a tool, whatever stands behind it. */
const known = (item: Item): Meant | null => (item.key === null ? null : { type: 'named', name: item.key });

const meant = (type: 'tool' | 'agent', draft: Draft): Meant => ({
  type,
  name: draft.name,
  file: draft.module.path,
  pointer: draft.pointer,
});

function fromValue(
  item: Item,
  target: Extract<Target, { type: 'value' }>,
  name: string,
  framework: string,
  sink: Sink,
  depth: number,
): Meant[] {
  const value = target.expr;
  const otherwise = (why: string): Meant[] => [known(item) ?? { type: 'unknown', name, why }];
  if (value.type === 'lambda') return otherwise('is a function without a name');
  if (value.type === 'either') return otherwise('depends on a condition');
  const { site } = target;
  if (value.type === 'mapping') {
    const tool =
      item.key === null
        ? toolFromObject(value, site, framework, sink)
        : toolFromEntry(value, target.bound ?? item.key, site, framework, sink);
    return tool ? [meant('tool', tool)] : otherwise('has no name that the code says');
  }
  if (value.type !== 'call') return otherwise(whyNot(target));
  const call = callSiteOf(value, site);
  const agent = call ? agentAt(call, site, sink) : null;
  if (agent) return [agent];
  const shaped = toolShapeOf(value, site, sink);
  if (shaped?.shape.agent) {
    const given = argument(value, shaped.shape.agent, site, sink.files)?.expr ?? value.args[0];
    const inner = given ? agentMeantBy(given, site, sink) : null;
    return inner ? [inner] : otherwise('hands work to an agent that is known at run time');
  }
  const tools = call ? toolsFromCall(call, site.module, sink) : [];
  if (tools.length > 0) return tools.map((tool) => meant('tool', tool));
  const { callee } = value;
  if (callee.type === 'member' && /^as_?[tT]ool$/.test(callee.name)) {
    const inner = agentMeantBy(callee.of, site, sink);
    if (inner) return [inner];
  }
  const made = follow(callee, site, sink.files);
  if (made.type === 'class') {
    const tool = toolFromClass(made.class, made.site.module, sink);
    if (tool) return [meant('tool', tool)];
  }
  const given = returned(value, site, sink.files);
  if (given) {
    const next = follow(given.expr, given.site, sink.files);
    return meantBy({ ...given, key: item.key }, next, framework, sink, depth + 1);
  }
  return otherwise(`comes from a call of ${written(callee)}`);
}

/** The call site of an expression that is a call. */
export const callSiteOf = (expr: Expr, site: Site): CallSite | null =>
  site.module.calls.find(
    (call) => call.from === expr.from && call.callee().from >= expr.from && sameCall(expr, call.callee()),
  ) ?? null;

/** Calls in a chain begin at one place; the callee tells them apart. */
function sameCall(expr: Expr, callee: Expr): boolean {
  return expr.type === 'call' && written(expr.callee) === written(callee);
}

/** The agent that a call makes, without reading its arguments. */
export function agentAt(call: CallSite, site: Site, sink: Sink): Meant | null {
  const reference = referenceOf(call.callee(), site, sink.files);
  const found = shapeOf(reference, ({ agents }) => agents);
  if (!found || found.shape.inferred) return null;
  const drafted = sink.find('agent', site.module, call.from);
  const { name, pointer } = drafted ?? identify(call, site, found.shape, sink);
  return { type: 'agent', name, file: site.module.path, pointer };
}

/** Name and pointer of the agent that a call makes. */
export function identify(
  call: CallSite,
  site: Site,
  { name: keys = [], title = [], positional, inferred }: AgentShape,
  sink: Sink,
): { name: string; pointer: string; given: ReturnType<typeof literal> | null } {
  const made = call.call();
  const home = { module: site.module, scope: call.scope };
  const named = argument(made, keys, home, sink.files);
  const position = positional?.findIndex((key) => keys.includes(key)) ?? -1;
  const first =
    named ?? (position >= 0 && made.args[position] ? { expr: made.args[position], site: home } : null);
  const given = first && first.expr.type !== 'mapping' ? literal(first.expr, first.site, sink.files) : null;
  const role = title.length > 0 && call.bound() === 'agent' ? argument(made, title, home, sink.files) : null;
  const titled = role ? literal(role.expr, role.site, sink.files).value?.trim() : null;
  // `{topic}` in it is filled in when it runs.
  const own =
    titled && !/[{\n]/.test(titled)
      ? titled
      : ((inferred ? stepName(call, site.module) : null) ?? nameOf(call, site.module));
  return { name: given?.value ?? own, pointer: pointerOf(call), given };
}

/** The agent that an entry of a list of handoffs means; null when it is none that the code leads to. */
export function agentMeantBy(expr: Expr, site: Site, sink: Sink, depth = 0): Meant | null {
  if (depth > MAX_DEPTH) return null;
  const target = follow(expr, site, sink.files);
  if (target.type === 'function') {
    // CrewAI: `self.researcher()` is the method that makes the agent.
    const [only, ...others] = target.function.returns();
    if (!only || others.length > 0) return null;
    return agentMeantBy(only, { module: target.site.module, scope: target.function.scope }, sink, depth + 1);
  }
  if (target.type !== 'value' || target.expr.type !== 'call') return null;
  const value = target.expr;
  const call = callSiteOf(value, target.site);
  const agent = call ? agentAt(call, target.site, sink) : null;
  if (agent) return agent;
  const name = value.callee.type === 'member' ? value.callee.name : written(value.callee);
  // `handoff(agent)`, `Handoff(agent=…)`, `realtime_handoff(agent)`
  if (/handoff$/i.test(name)) {
    const inner = argument(value, ['agent'], target.site, sink.files)?.expr ?? value.args[0];
    return inner ? agentMeantBy(inner, target.site, sink, depth + 1) : null;
  }
  const given = returned(value, target.site, sink.files);
  return given ? agentMeantBy(given.expr, given.site, sink, depth + 1) : null;
}

import type { FactLink } from '../fact.ts';
import type { CallSite, Expr, Module } from './expression.ts';
import { shapeOf } from './frameworks/all.ts';
import type { AgentShape, Framework } from './frameworks/framework.ts';
import { inlineAgent } from './inline-agents.ts';
import { type Items, itemsOf } from './items.ts';
import { type ModelValue, modelOf, noModel } from './models.ts';
import { fromLiteral, known, open, placeOf } from './places.ts';
import { agentMeantBy, identify, type Meant, meaningsOf, optionsOf } from './references.ts';
import { follow, referenceOf, type Site } from './resolve.ts';
import { around, type Draft, type Sink } from './sink.ts';
import { argument, literal, written } from './values.ts';

/** The agent that a call makes, with everything its arguments say; null when it makes none. */
export function agentFromCall(call: CallSite, module: Module, sink: Sink): Draft | null {
  const site = { module, scope: call.scope };
  const found = shapeOf(referenceOf(call.callee(), site, sink.files), ({ agents }) => agents);
  if (!found || isSuper(call)) return null;
  return agentOf(call, found.framework, found.shape, site, sink);
}

function agentOf(call: CallSite, framework: Framework, shape: AgentShape, site: Site, sink: Sink): Draft {
  const { module } = site;
  const { name, pointer, given } = identify(call, site, shape, sink);
  const confidence = shape.inferred ? 'inferred' : 'parsed';
  const agent =
    otherForm(call, given !== null, module, sink) ??
    sink.draft('agent', name, module, call.from, pointer, confidence);
  agent.attributes['framework'] = known(framework.name, module, call.from);
  if (given && given.value === null) agent.attributes['name'] = fromLiteral(given, module, call.from);
  if (shape.workflow) agent.attributes['workflow'] = known(true, module, call.from);
  addConfig(agent, call, shape, site, sink);
  addModel(agent, call, shape, site, sink);
  for (const key of shape.tools ?? []) {
    const one = givenFor(call, [key], shape, site, sink);
    if (one) addTools(agent, itemsOf(one.expr, one.site, sink.files), framework.name, sink);
    // Twice in one call: a template has one of them.
    const others = call.call().named.filter((each) => each.key === key && each.value !== one?.expr);
    for (const { value } of others) addTools(agent, itemsOf(value, site, sink.files), framework.name, sink);
  }
  for (const key of shape.delegates ?? []) {
    const one = givenFor(call, [key], shape, site, sink);
    if (one) addDelegates(agent, itemsOf(one.expr, one.site, sink.files), sink, { framework, shape });
  }
  addControls(agent, call, shape, site, sink);
  addGuards(agent, call, framework, site, sink);
  addStores(agent, call, site, sink);
  return agent;
}

/** What a function returns in one case and what it returns in another is one agent, unless they say their names. */
function otherForm(call: CallSite, isNamed: boolean, module: Module, sink: Sink): Draft | undefined {
  if (isNamed || call.scope.kind !== 'function' || call.bound() !== null) return undefined;
  const item = module.functions.find(({ scope }) => scope === call.scope);
  const places = item?.returns().map(({ from }) => from) ?? [];
  if (places.length < 2 || !places.includes(call.from)) return undefined;
  return places.map((from) => sink.find('agent', module, from)).find((one) => one !== undefined);
}

/** The same for a call that may have been read before, also in another file, which is then told once more. */
export const agentOnce = (call: CallSite, module: Module, sink: Sink): Draft | null =>
  sink.find('agent', module, call.from) ?? agentFromCall(call, module, sink);

const isSuper = (call: CallSite): boolean => written(call.callee()).startsWith('super');

/** An argument by one of its names or by its position. */
function givenFor(
  call: CallSite,
  keys: readonly string[],
  shape: AgentShape,
  site: Site,
  sink: Sink,
): { expr: Expr; site: Site } | null {
  const made = call.call();
  const named = argument(made, keys, site, sink.files);
  if (named) return named;
  const position = shape.positional?.findIndex((key) => keys.includes(key)) ?? -1;
  const expr = position >= 0 ? made.args[position] : undefined;
  return expr && expr.type !== 'mapping' ? { expr, site } : null;
}

/** `config=self.agents_config['researcher']`: the rest stands in YAML under this key. */
function addConfig(agent: Draft, call: CallSite, shape: AgentShape, site: Site, sink: Sink): void {
  const config = shape.config ? argument(call.call(), shape.config, site, sink.files) : null;
  if (config?.expr.type !== 'index') return;
  const key = literal(config.expr.key, config.site, sink.files).value;
  if (key !== null) Object.assign(agent, { configKey: key, name: key });
}

/** Where something is written, as a link says it: the file only when it is another one. */
export const linkPlace = (agent: Draft, module: Module, from: number) => ({
  ...placeOf(module, from),
  ...(module === agent.module ? {} : { file: module.path }),
});

export function addModel(agent: Draft, call: CallSite, shape: AgentShape, site: Site, sink: Sink): void {
  const given = shape.model ? givenFor(call, shape.model, shape, site, sink) : null;
  if (given) linkModel(agent, given.expr, given.site, sink);
}

export function linkModel(agent: Draft, expr: Expr, site: Site, sink: Sink): void {
  const place = linkPlace(agent, site.module, expr.from);
  const link = (model: Draft | null): void => {
    if (!model) return;
    const definition = { file: model.module.path, pointer: model.pointer };
    agent.links.push({ as: 'models', to: model.name, toKind: 'model', ...place, definition });
  };
  const found = modelOf(expr, site, sink.files);
  for (const option of found?.options ?? []) {
    const pointer = option.module === agent.module ? agent.pointer : around(option.module, option.from);
    link(draftModel(option, option, pointer, sink));
  }
  if (!found?.value) {
    const unset = found?.environment ? `comes from the environment variable ${found.environment}` : null;
    const why = found?.why ?? unset ?? noModel(expr, site, sink.files);
    const value = open(why, site.module, expr.from);
    agent.attributes['model'] = found?.environment ? { ...value, env: found.environment } : value;
    agent.links.push({ as: 'models', to: written(expr), toKind: 'model', ...place, unresolved: why });
    return;
  }
  agent.attributes['model'] = fromLiteral(found, site.module, expr.from);
  // One call in a function makes another model for each who calls that function.
  const there = sink.find('model', found.module, found.from);
  const isOther = there !== undefined && there.name !== found.value;
  const home = found.module === agent.module && !isOther ? found : { module: agent.module, from: expr.from };
  link(draftModel(found, home, agent.pointer, sink));
}

/** Who serves a model by how it is called; what stands before a size or a tag is the model itself, as in `phi4:14b`. */
const served = (name: string): string | undefined =>
  /^([a-z][\w-]*)(?:\/|:(?!latest$|[\d.]+[bm](?![a-z])))/i.exec(name)?.[1];

/** A model that code names, where it stands; `otherwise` is its pointer where no variable holds it. Null for a secret. */
export function draftModel(
  { value, environment, bound, provider, url }: ModelValue,
  { module, from }: { readonly module: Module; readonly from: number },
  otherwise: string,
  sink: Sink,
): Draft | null {
  const name = fromLiteral({ value, ...(environment ? { environment } : {}) }, module, from);
  if (typeof name.value !== 'string') return null;
  const model = sink.draft('model', name.value, module, from, bound ?? otherwise);
  model.attributes['name'] ??= name;
  const by = provider ?? served(name.value);
  if (by) model.attributes['provider'] ??= known(by, module, from);
  if (url) model.attributes['url'] ??= known(url, module, from);
  return model;
}

export function addTools(agent: Draft, list: Items, framework: string, sink: Sink): void {
  for (const item of list.items) {
    for (const meant of meaningsOf(item, framework, sink)) {
      const as = meant.type === 'agent' ? 'delegates_to' : 'tools';
      push(agent, as, meant, item.site.module, item.expr.from, item.key);
    }
  }
  unresolved(agent, 'tools', list);
}

/** The agents of a list. `made` tells how its agent is made, for objects in the list that are agents themselves. */
export function addDelegates(
  agent: Draft,
  list: Items,
  sink: Sink,
  made?: { framework: Framework; shape: AgentShape },
): void {
  for (const item of list.items) {
    for (const { expr, site } of optionsOf(item, sink)) {
      const name = item.key ?? written(expr);
      const meant = agentMeantBy(expr, site, sink) ??
        (made?.shape.inline ? meantInline(expr, site, made.framework, made.shape.inline, sink) : null) ?? {
          type: 'unknown',
          name,
          why: 'is known at run time',
        };
      push(agent, 'delegates_to', meant, site.module, expr.from, null);
    }
  }
  unresolved(agent, 'delegates_to', list);
}

function meantInline(
  expr: Expr,
  site: Site,
  framework: Framework,
  shape: AgentShape,
  sink: Sink,
): Meant | null {
  const found = inlineAgent(expr, site, sink);
  if (found === null || 'type' in found) return found;
  const { name, module, pointer } = agentOf(found.call, framework, shape, found.site, sink);
  return { type: 'agent', name, file: module.path, pointer };
}

/** Adds what an agent uses, once: `key` is the name it goes by there. */
export function push(
  agent: Draft,
  as: 'tools' | 'delegates_to',
  meant: Meant,
  module: Module,
  from: number,
  key: string | null,
): void {
  const toKind = as === 'tools' ? 'tool' : 'agent';
  const link: FactLink = {
    as,
    to: meant.name,
    toKind,
    ...linkPlace(agent, module, from),
    ...(meant.type === 'unknown' ? { unresolved: meant.why } : {}),
    ...('file' in meant ? { definition: { file: meant.file, pointer: meant.pointer } } : {}),
    ...(key !== null && key !== meant.name ? { attributes: { called: known(key, module, from) } } : {}),
  };
  const same = (one: FactLink): boolean =>
    one.as === as &&
    one.to === link.to &&
    one.definition?.file === link.definition?.file &&
    one.definition?.pointer === link.definition?.pointer;
  if (!agent.links.some(same)) agent.links.push(link);
}

/** A list that holds more than the code says: with the place of what is open. */
function unresolved(agent: Draft, key: string, list: Items): void {
  for (const { why, module, from } of list.open)
    agent.attributes[key] ??= { ...open(why, module, from), ...linkPlace(agent, module, from) };
}

function addControls(agent: Draft, call: CallSite, shape: AgentShape, site: Site, sink: Sink): void {
  for (const [key, control] of Object.entries(shape.controls ?? {})) {
    const given = argument(call.call(), [key], site, sink.files);
    if (!given) continue;
    const { value } = literal(given.expr, given.site, sink.files);
    if (value === 'None' || value === 'null' || value === 'undefined') continue;
    if (control.by === 'number') {
      if (value !== null) agent.controls[control.name] = known(value, site.module, given.from);
    } else if (control.by === 'truth') {
      if (value !== null)
        agent.controls[control.name] = known(/^true$/i.test(value), site.module, given.from);
    } else if (isPresent(given.expr, given.site, sink)) {
      agent.controls[control.name] = known(true, site.module, given.from);
    }
  }
}

function isPresent(expr: Expr, site: Site, sink: Sink): boolean {
  const target = follow(expr, site, sink.files);
  if (target.type !== 'value') return target.type === 'function' || target.type === 'package';
  const { expr: value } = target;
  if (value.type === 'list') return value.items.length + value.spread.length > 0;
  return value.type !== 'mapping' || value.entries.length > 0;
}

const GUARD_KEYS = [
  'middleware',
  'inputProcessors',
  'outputProcessors',
  'input_processors',
  'output_processors',
];

function addGuards(agent: Draft, call: CallSite, framework: Framework, site: Site, sink: Sink): void {
  if (!framework.guards) return;
  for (const key of GUARD_KEYS) {
    const given = argument(call.call(), [key], site, sink.files);
    if (!given) continue;
    for (const item of itemsOf(given.expr, given.site, sink.files).items) {
      const target = follow(item.expr, item.site, sink.files);
      if (target.type !== 'value' || target.expr.type !== 'call') continue;
      const reference = referenceOf(target.expr.callee, target.site, sink.files);
      const control = reference ? framework.guards[reference.name] : undefined;
      if (control) agent.controls[control] ??= known(true, agent.module, given.from);
    }
  }
}

const STORE_KEYS = ['memory', 'checkpointer', 'store', 'checkpointSaver', 'session'];

function addStores(agent: Draft, call: CallSite, site: Site, sink: Sink): void {
  for (const key of STORE_KEYS) {
    const given = argument(call.call(), [key], site, sink.files);
    const target = given ? follow(given.expr, given.site, sink.files) : null;
    if (!given || target?.type !== 'value' || target.expr.type !== 'call') continue;
    const reference = referenceOf(target.expr.callee, target.site, sink.files);
    if (!reference || !shapeOf(reference, ({ stores }) => stores)) continue;
    const to = target.bound ?? reference.name;
    agent.links.push({
      as: 'memory',
      to,
      toKind: 'store',
      ...linkPlace(agent, given.site.module, given.expr.from),
    });
  }
}

import { addTools, linkModel } from './agents.ts';
import { type Call, type CallSite, type Expr, type FunctionItem, type Module, within } from './expression.ts';
import { itemsOf } from './items.ts';
import { isModel } from './models.ts';
import { known } from './places.ts';
import { follow, referenceOf, type Site } from './resolve.ts';
import { type Draft, type Sink, scopeName } from './sink.ts';
import { argument, literal, written } from './values.ts';

const ADD_NODE = /^(?:add_node|addNode)$/;
/** What only a model is asked. */
const ONLY_MODELS = /^(?:bind_tools|with_structured_output|bindTools|withStructuredOutput)$/;
const ASKS = /^(?:a?invoke|a?stream|a?batch|a?predict|generate)$/;

/** Nodes of graphs of LangGraph: a node whose function asks a model is an agent. */
export function readGraphs(module: Module, sink: Sink): void {
  for (const call of module.calls) {
    if (!ADD_NODE.test(call.names().last)) continue;
    const callee = call.callee();
    if (callee.type !== 'member' || !ADD_NODE.test(callee.name)) continue;
    const site = { module, scope: call.scope };
    if (isGraph(callee.of, site, sink)) readNode(call, site, sink);
  }
  for (const call of module.calls) {
    if (call.names().last !== 'compile') continue;
    const callee = call.callee();
    if (callee.type === 'member' && callee.name === 'compile')
      readInterrupts(call, { module, scope: call.scope }, sink);
  }
}

/** `builder.add_node(…)` and the chains of TypeScript, down to what made the graph. */
function isGraph(expr: Expr, site: Site, sink: Sink, depth = 0): boolean {
  const target = follow(expr, site, sink.files);
  if (depth > 100 || target.type !== 'value' || target.expr.type !== 'call') return false;
  const { callee } = target.expr;
  const reference = referenceOf(callee, target.site, sink.files);
  if (reference) return /Graph$/.test(reference.name) && /langgraph/.test(reference.module);
  return callee.type === 'member' && isGraph(callee.of, target.site, sink, depth + 1);
}

function readNode(call: CallSite, site: Site, sink: Sink): void {
  const [first, second] = call.call().args;
  const action = second ?? first;
  if (!first || !action) return;
  const target = follow(action, site, sink.files);
  if (target.type !== 'function' && !(target.type === 'value' && target.expr.type === 'lambda')) return;
  const item =
    target.type === 'function'
      ? target.function
      : target.site.module.functions.find(({ scope }) => scope.from === target.expr.from);
  if (!item) return;
  const home = target.site.module;
  const asked = asks(item, home, sink);
  if (!asked) return;
  const name = second ? literal(first, site, sink.files).value : null;
  const own = name ?? (item.name || written(action));
  const agent = sink.draft('agent', own, home, item.from, scopeName(item.scope) || own);
  agent.attributes['framework'] = known('langgraph', home, item.from);
  describe(agent, asked, item, home, sink);
}

/** The calls of a function in which it asks a model; null when it asks none. */
function asks(item: FunctionItem, module: Module, sink: Sink): CallSite[] | null {
  const found = module.calls.filter((call) => {
    if (!within(call.scope, item.scope)) return false;
    const { last } = call.names();
    if (!ONLY_MODELS.test(last) && !ASKS.test(last)) return false;
    const callee = call.callee();
    if (callee.type !== 'member') return false;
    if (ONLY_MODELS.test(callee.name)) return true;
    return ASKS.test(callee.name) && isModel(callee.of, { module, scope: call.scope }, sink.files);
  });
  return found.length > 0 ? found : null;
}

function describe(
  agent: Draft,
  asked: readonly CallSite[],
  item: FunctionItem,
  module: Module,
  sink: Sink,
): void {
  const site = (call: CallSite): Site => ({ module, scope: call.scope });
  for (const call of asked) {
    const callee = call.callee();
    if (callee.type !== 'member') continue;
    if (!('model' in agent.attributes)) linkModel(agent, callee.of, site(call), sink);
    const tools = /^bind_?[tT]ools$/.test(callee.name) ? call.call().args[0] : undefined;
    if (tools) addTools(agent, itemsOf(tools, site(call), sink.files), 'langgraph', sink);
  }
  const pause = module.calls.find(
    (call) =>
      call.names().last === 'interrupt' &&
      within(call.scope, item.scope) &&
      isInterrupt(call.callee(), site(call), sink),
  );
  if (pause) agent.controls['human_approval'] = known(true, module, pause.from);
}

const isInterrupt = (callee: Expr, site: Site, sink: Sink): boolean => {
  if (callee.type !== 'name' || callee.name !== 'interrupt') return false;
  return /langgraph/.test(referenceOf(callee, site, sink.files)?.module ?? '');
};

/** `compile(interrupt_before=['send'])`: a person agrees before these nodes. */
function readInterrupts(call: CallSite, site: Site, sink: Sink): void {
  const made: Call = call.call();
  const keys = ['interrupt_before', 'interruptBefore'];
  const given = argument(made, keys, site, sink.files);
  if (!given || made.callee.type !== 'member' || !isGraph(made.callee.of, site, sink)) return;
  for (const item of itemsOf(given.expr, given.site, sink.files).items) {
    const name = literal(item.expr, item.site, sink.files).value;
    const agent = sink.agents(site.module).find((one) => one.name === name);
    if (agent) agent.controls['human_approval'] = known(true, site.module, item.expr.from);
  }
}

import { addTools, linkModel } from './agents.ts';
import { type Call, type CallSite, type Expr, type FunctionItem, type Module, within } from './expression.ts';
import { functionOf, graphOf } from './graph-of.ts';
import { type GraphNode, readHandovers } from './handovers.ts';
import { itemsOf } from './items.ts';
import { isModel } from './models.ts';
import { known } from './places.ts';
import { agentMeantBy } from './references.ts';
import { referenceOf, type Site } from './resolve.ts';
import { type Draft, type Sink, scopeName } from './sink.ts';
import { argument, literal, written } from './values.ts';

const ADD_NODE = /^(?:add_node|addNode)$/;
/** What only a model is asked. */
const ONLY_MODELS = /^(?:bind_tools|with_structured_output|bindTools|withStructuredOutput)$/;
const ASKS = /^(?:a?invoke|a?stream|a?batch|a?predict|generate)$/;

/** Nodes of graphs of LangGraph, and who hands over to whom: a node whose function asks a model is an agent. */
export function readGraphs(module: Module, sink: Sink): void {
  const nodes: GraphNode[] = [];
  for (const call of module.calls) {
    if (!ADD_NODE.test(call.names().last)) continue;
    const callee = call.callee();
    if (callee.type !== 'member' || !ADD_NODE.test(callee.name)) continue;
    const site = { module, scope: call.scope };
    const graph = graphOf(callee.of, site, sink);
    const node = graph === null ? null : readNode(graph, call, site, sink);
    if (node) nodes.push(node);
  }
  if (nodes.length > 0) readHandovers(nodes, module, sink);
  for (const call of module.calls) {
    if (call.names().last !== 'compile') continue;
    const callee = call.callee();
    if (callee.type === 'member' && callee.name === 'compile')
      readInterrupts(call, { module, scope: call.scope }, sink);
  }
}

function readNode(graph: string, call: CallSite, site: Site, sink: Sink): GraphNode | null {
  const [first, second] = call.call().args;
  const action = second ?? first;
  if (!first || !action) return null;
  const name = second ? literal(first, site, sink.files).value : null;
  const item = functionOf(action, site, sink);
  if (item === null) {
    const meant = agentMeantBy(action, site, sink);
    const agent = meant?.type === 'agent' ? meant : null;
    return name === null
      ? null
      : { graph, name, agent, made: null, code: null, inner: graphOf(action, site, sink) };
  }
  const { item: own, module: home } = item;
  const called = name ?? (own.name || written(action));
  const node = { graph, name: called, code: item, inner: null };
  const asked = asks(own, home, sink);
  if (!asked) return { ...node, agent: null, made: null };
  const made = sink.draft('agent', called, home, own.from, scopeName(own.scope) || called);
  made.attributes['framework'] = known('langgraph', home, own.from);
  describe(made, asked, own, home, sink);
  const agent = { type: 'agent', name: made.name, file: home.path, pointer: made.pointer } as const;
  return { ...node, agent, made };
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
  if (!given || made.callee.type !== 'member' || graphOf(made.callee.of, site, sink) === null) return;
  for (const item of itemsOf(given.expr, given.site, sink.files).items) {
    const name = literal(item.expr, item.site, sink.files).value;
    const agent = sink.agents(site.module).find((one) => one.name === name);
    if (agent) agent.controls['human_approval'] = known(true, site.module, item.expr.from);
  }
}

import { addTools, linkModel, push } from './agents.ts';
import type { Call, CallSite, Expr, Module } from './expression.ts';
import { type Code, callsIn, fileOf, functionOf, graphOf, insideOf } from './graph-of.ts';
import { type GraphNode, readHandovers } from './handovers.ts';
import { itemsOf } from './items.ts';
import { noModel } from './models.ts';
import { known, placeOf } from './places.ts';
import { agentsRunBy, graphRunBy, type Question, questionsOf, toolsGiven } from './questions.ts';
import { agentMeantBy } from './references.ts';
import { follow, referenceOf, type Site } from './resolve.ts';
import { type Draft, type Sink, scopeName } from './sink.ts';
import { argument, literal, written } from './values.ts';

const ADD_NODE = /^(?:add_node|addNode)$/;

/** Graphs of other files that are nodes here, and in those again. */
const MOST_FILES = 10;

/** Nodes of graphs of LangGraph, and who hands over to whom: a node whose function asks a model is an agent. */
export function readGraphs(module: Module, sink: Sink): void {
  const nodes = nodesOf(module, null, sink);
  const modules = new Set([module]);
  // The set grows while it is gone through: graphs of one file are nodes of another.
  for (const { inner } of nodes) {
    if (inner === null || modules.size > MOST_FILES) continue;
    const home = sink.files.open(fileOf(inner));
    if (home === null || modules.has(home)) continue;
    modules.add(home);
    nodes.push(...nodesOf(home, inner, sink));
  }
  if (nodes.length > 0) readHandovers(nodes, [...modules], sink);
  for (const call of module.calls) {
    if (call.names().last !== 'compile') continue;
    const callee = call.callee();
    if (callee.type === 'member' && callee.name === 'compile')
      readInterrupts(call, { module, scope: call.scope }, sink);
  }
}

/** The nodes that a file adds to graphs, or to one of them. */
function nodesOf(module: Module, only: string | null, sink: Sink): GraphNode[] {
  return module.calls.flatMap((call) => {
    if (!ADD_NODE.test(call.names().last)) return [];
    const callee = call.callee();
    if (callee.type !== 'member' || !ADD_NODE.test(callee.name)) return [];
    const site = { module, scope: call.scope };
    const graph = graphOf(callee.of, site, sink);
    if (graph === null || (only !== null && graph !== only)) return [];
    return readNode(graph, call, site, only === null, sink) ?? [];
  });
}

function readNode(graph: string, call: CallSite, site: Site, isOwn: boolean, sink: Sink): GraphNode | null {
  const [first, second] = call.call().args;
  const action = second ?? first;
  if (!first || !action) return null;
  const name = second ? literal(first, site, sink.files).value : null;
  const code = functionOf(action, site, sink);
  if (code === null) {
    const meant = agentMeantBy(action, site, sink);
    const agent = meant?.type === 'agent' ? meant : null;
    const inner = agent ? null : graphOf(action, site, sink);
    if (isOwn && !agent && inner === null) unknownNode(name ?? written(first), action, call, site, sink);
    return name === null ? null : { graph, name, agent, made: null, code, inner };
  }
  const { item, module } = code;
  const called = name ?? (item.name || written(action));
  const node = { graph, name: called, code };
  const questions = questionsOf(code, sink);
  const runs = agentsRunBy(code, questions, sink);
  if (questions.length === 0) {
    const agent = runs.length === 1 ? runs[0]! : null;
    return { ...node, agent, made: null, inner: agent ? null : graphRunBy(code, sink) };
  }
  const certain = questions.some(({ sure }) => sure);
  const pointer = scopeName(item.scope) || called;
  const made = sink.draft('agent', called, module, item.from, pointer, certain ? 'parsed' : 'inferred');
  made.attributes['framework'] = known('langgraph', module, item.from);
  describe(made, questions, code, sink);
  for (const one of runs) push(made, 'delegates_to', one, module, item.from, null);
  const agent = { type: 'agent', name: made.name, file: module.path, pointer: made.pointer } as const;
  return { ...node, agent, made, inner: null };
}

/** A node may be an agent: where the code does not lead to what it runs, that is said. What a package runs is none. */
function unknownNode(name: string, action: Expr, call: CallSite, site: Site, sink: Sink): void {
  const target = follow(action, site, sink.files);
  const made = target.type === 'value' && target.expr.type === 'call' ? target.expr : null;
  const maker = made && target.type === 'value' ? follow(made.callee, target.site, sink.files) : null;
  if (target.type !== 'unknown' && (maker === null || maker.type === 'package')) return;
  const why = maker?.type === 'unknown' ? maker.why : noModel(action, site, sink.files);
  const { line } = placeOf(site.module, call.call().args[0]!.from);
  sink.unread.push({
    file: site.module.path,
    line,
    why: `what the node ${name} of this graph runs is not known: ${written(action)}: ${why}`,
  });
}

function describe(agent: Draft, questions: readonly Question[], code: Code, sink: Sink): void {
  for (const { model, asked, site } of questions) {
    if (model && !('model' in agent.attributes)) linkModel(agent, model, site, sink);
    for (const list of toolsGiven(asked, site, sink))
      addTools(agent, itemsOf(list.expr, list.site, sink.files), 'langgraph', sink);
  }
  const pause = callsIn(code).find(
    (call) =>
      call.names().last === 'interrupt' && isInterrupt(call.callee(), insideOf(code, call.scope), sink),
  );
  if (pause) agent.controls['human_approval'] = known(true, code.module, pause.from);
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

import { addTo } from '../../finding/grouped.ts';
import { push } from './agents.ts';
import type { CallSite, Expr, Module } from './expression.ts';
import { type Code, callsIn, functionOf, graphOf, insideOf } from './graph-of.ts';
import type { Meant } from './references.ts';
import { follow, referenceOf, type Site } from './resolve.ts';
import type { Draft, Sink } from './sink.ts';
import { argument, literal } from './values.ts';

/** A node of a graph of LangGraph. */
export interface GraphNode {
  /** Which graph it is in: the place of the call that made that. */
  readonly graph: string;
  readonly name: string;
  /** The agent that it is; null where its function asks no model. */
  readonly agent: Extract<Meant, { file: string }> | null;
  /** That agent where this node makes it one; null where a constructor does. */
  readonly made: Draft | null;
  /** What it runs, where that is a function. */
  readonly code: Code | null;
  /** The graph that it is itself, or that its function runs. */
  readonly inner: string | null;
}

/** One way on from a node. */
interface Way {
  readonly graph: string;
  readonly to: string;
  readonly module: Module;
  /** Where it is written. */
  readonly from: number;
}

const START = '__start__';
const END = '__end__';
const ADD_EDGE = /^(?:add_edge|addEdge)$/;
/** The older way to say where a graph begins and ends. */
const SET_ENTRY = /^(?:set_entry_point|setEntryPoint)$/;
const SET_FINISH = /^(?:set_finish_point|setFinishPoint)$/;
const ADD_CONDITION = /^(?:add_conditional_edges|addConditionalEdges)$/;
const WAYS = new RegExp(
  [ADD_EDGE, SET_ENTRY, SET_FINISH, ADD_CONDITION].map(({ source }) => source).join('|'),
);

/**
 * Agents that hand over to each other: by edges, conditions, `Command(goto=…)` and `Send(…)`. Nodes in between that ask no
 * model pass on what they got. Names that only a run knows lead nowhere. `modules` are the files that add the nodes, first
 * the one that is read.
 */
export function readHandovers(nodes: readonly GraphNode[], modules: readonly Module[], sink: Sink): void {
  if (nodes.length > MOST_NODES) return;
  const ways = waysOf(nodes, modules, sink);
  const named = new Map(nodes.map((node) => [keyOf(node.graph, node.name), node]));
  for (const node of nodes) {
    const source = node.made ?? draftOf(node, modules[0]!, sink);
    if (!source) continue;
    for (const [target, way] of reached(node, nodes, named, ways))
      push(source, 'delegates_to', target.agent!, way.module, way.from, null);
  }
}

/** More than anybody writes; what is generated, or meant to keep a reader busy, is left out. */
const MOST_NODES = 500;
const MOST_WAYS = 5_000;

const keyOf = (graph: string, name: string): string => `${graph}\n${name}`;

const draftOf = ({ agent }: GraphNode, module: Module, sink: Sink): Draft | undefined =>
  agent?.file === module.path
    ? sink.agents(module).find(({ pointer }) => pointer === agent.pointer)
    : undefined;

/** Agents that come next after a node, each with the first step of the way there. */
function reached(
  start: GraphNode,
  nodes: readonly GraphNode[],
  named: ReadonlyMap<string, GraphNode>,
  ways: ReadonlyMap<string, readonly Way[]>,
): Map<GraphNode, Way> {
  const next = (graph: string, name: string): readonly Way[] => ways.get(keyOf(graph, name)) ?? [];
  const found = new Map<GraphNode, Way>();
  const seen = new Set<string>();
  const queue = next(start.graph, start.name).map((way) => ({ way, first: way }));
  for (const { way, first } of queue) {
    const key = keyOf(way.graph, way.to);
    if (seen.has(key)) continue;
    seen.add(key);
    const on = (more: readonly Way[]): void => {
      for (const one of more) queue.push({ way: one, first });
    };
    const node = named.get(key);
    // The end of a graph that is a node of another one is the end of that node.
    if (way.to === END)
      for (const outer of nodes.filter(({ inner }) => inner === way.graph)) on(next(outer.graph, outer.name));
    else if (node?.inner) on(next(node.inner, START));
    else if (node?.agent && node !== start) found.set(node, first);
    else if (node && node !== start) on(next(node.graph, node.name));
  }
  return found;
}

function waysOf(nodes: readonly GraphNode[], modules: readonly Module[], sink: Sink): Map<string, Way[]> {
  const ways = new Map<string, Way[]>();
  let count = 0;
  const add = (graph: string, from: string, way: Omit<Way, 'graph'>): void => {
    if (count++ >= MOST_WAYS) return;
    const key = keyOf(graph, from);
    addTo(ways, key, { graph, ...way });
  };
  const graphs = new Set(nodes.map(({ graph }) => graph));
  for (const module of modules) {
    for (const call of module.calls) {
      if (!WAYS.test(call.names().last)) continue;
      const site = { module, scope: call.scope };
      const graph = ownerOf(call, site, sink);
      if (graph === null || !graphs.has(graph)) continue;
      const { begins, ends } = declared(call, site, sink);
      for (const from of begins.slice(0, MOST_NODES))
        for (const to of ends.slice(0, MOST_NODES)) add(graph, from, { to, module, from: call.from });
    }
  }
  for (const { graph, name, code } of nodes) {
    if (code === null) continue;
    for (const { to, from } of jumpsOf(code, sink)) add(graph, name, { to, module: code.module, from });
  }
  return ways;
}

/** The graph that a call of one of its methods is for. */
function ownerOf(call: CallSite, site: Site, sink: Sink): string | null {
  const callee = call.callee();
  return callee.type === 'member' ? graphOf(callee.of, site, sink) : null;
}

/** Names of the nodes that a call of a graph's methods joins. */
function declared(call: CallSite, site: Site, sink: Sink): { begins: string[]; ends: string[] } {
  const { last } = call.names();
  const [first, second] = call.call().args;
  const named = first ? namesIn(first, site, sink) : [];
  if (SET_ENTRY.test(last)) return { begins: [START], ends: named };
  if (SET_FINISH.test(last)) return { begins: named, ends: [END] };
  if (!second) return { begins: [], ends: [] };
  const ends = ADD_EDGE.test(last) ? namesIn(second, site, sink) : choicesOf(call, second, site, sink);
  return { begins: named, ends };
}

/** Where a condition may lead: what its map names, else what the function that decides returns or sends to. */
function choicesOf(call: CallSite, decides: Expr, site: Site, sink: Sink): string[] {
  const made = call.call();
  const map = made.args[2] ?? argument(made, ['path_map', 'pathMap'], site, sink.files)?.expr;
  if (map) return namesIn(map, site, sink);
  const code = functionOf(decides, site, sink);
  if (code === null) return [];
  const inside = insideOf(code);
  const returned = code.item.returns().flatMap((expr) => namesIn(expr, inside, sink));
  return [...returned, ...jumpsOf(code, sink).map(({ to }) => to)];
}

/** Where a function says itself that it goes on: `Command(goto=…)` and `Send(…)`. */
function jumpsOf(code: Code, sink: Sink): { to: string; from: number }[] {
  return callsIn(code).flatMap((call) => {
    const { last } = call.names();
    if (last !== 'Command' && last !== 'Send') return [];
    const site = insideOf(code, call.scope);
    if (!/langgraph/.test(referenceOf(call.callee(), site, sink.files)?.module ?? '')) return [];
    const made = call.call();
    const given = last === 'Send' ? made.args[0] : argument(made, ['goto'], site, sink.files)?.expr;
    return given ? namesIn(given, site, sink).map((to) => ({ to, from: call.from })) : [];
  });
}

/** Names of nodes that an expression stands for: texts, lists and maps of them, `START` and `END`. */
function namesIn(expr: Expr, site: Site, sink: Sink, depth = 0): string[] {
  if (depth > MAX_DEPTH) return [];
  const target = follow(expr, site, sink.files);
  if (target.type === 'package')
    return Object.hasOwn(MARKS, target.reference.name) ? [MARKS[target.reference.name]!] : [];
  if (target.type === 'unknown')
    return (target.options ?? []).flatMap((one) => namesIn(one.expr, one.site, sink, depth + 1));
  if (target.type !== 'value') return [];
  const value = target.expr;
  const all = (parts: readonly Expr[]) =>
    parts.flatMap((part) => namesIn(part, target.site, sink, depth + 1));
  switch (value.type) {
    case 'text': {
      const name = literal(value, target.site, sink.files).value;
      return name === null ? [] : [name];
    }
    case 'list':
      return all([...value.items, ...value.spread]);
    case 'mapping':
      return all([...value.entries.map((entry) => entry.value), ...value.spread]);
    case 'either':
      return all(value.options);
    default:
      return [];
  }
}

const MAX_DEPTH = 5;
const MARKS: Readonly<Record<string, string>> = { START, END };

import { sharedComponents } from './components.ts';
import type { Graph, Node, Step } from './graph.ts';

/** What is open to an attacker under one path rule. */
export interface Open {
  readonly node: (node: Node) => boolean;
  readonly step: (step: Step) => boolean;
}

/** Where an attacker starts, what he wants, and what he must have passed on the way (left out: anything). */
export interface Question {
  readonly sources: readonly Node[];
  /** None of them a source. */
  readonly targets: ReadonlySet<Node>;
  readonly waypoint: ((node: Node) => boolean) | null;
  readonly open: Open;
}

export interface Route {
  readonly target: Node;
  /** The shortest open walk; of equally short ones the first in id order. Begins at a source. */
  readonly steps: readonly Step[];
}

/** A node before or after the waypoint: two states, numbered 2n and 2n + 1. */
interface Reached {
  readonly node: Node;
  readonly seen: boolean;
  readonly by: Step | null;
  readonly from: Reached | null;
}

/**
 * For every target that an attacker reaches through open nodes and steps, one shortest walk: multi-source
 * breadth-first search, sources and neighbours in id order, linear in the graph.
 */
export function routes(graph: Graph, question: Question): Route[] {
  const { sources, targets, waypoint, open } = question;
  const index = new Map(graph.nodes.map((node, i) => [node, i]));
  const visited = new Uint8Array(graph.nodes.length * 2);
  const found = new Map<Node, Reached>();
  const queue: Reached[] = [];
  const visit = (node: Node, before: boolean, by: Step | null, from: Reached | null) => {
    const seen = before || waypoint === null || waypoint(node);
    const state = index.get(node)! * 2 + (seen ? 1 : 0);
    if (visited[state]) return;
    visited[state] = 1;
    const reached = { node, seen, by, from };
    queue.push(reached);
    if (seen && by !== null && targets.has(node) && !found.has(node)) found.set(node, reached);
  };
  for (const source of sources) visit(source, false, null, null);
  for (let at = 0; at < queue.length; at++) {
    const here = queue[at]!;
    for (const step of here.node.out) {
      if (open.step(step) && open.node(step.to)) visit(step.to, here.seen, step, here);
    }
  }
  return [...targets].filter((target) => found.has(target)).map((target) => trace(found.get(target)!));
}

function trace(end: Reached): Route {
  const steps: Step[] = [];
  for (let at: Reached | null = end; at?.by; at = at.from) steps.push(at.by);
  return { target: end.node, steps: steps.reverse() };
}

/** Every node that an attacker reaches through open nodes and steps, the sources included. */
export function reach(sources: Iterable<Node>, open: Open, direction: 'out' | 'in' = 'out'): Set<Node> {
  const seen = new Set(sources);
  for (const node of seen) {
    for (const step of node[direction]) {
      const next = direction === 'out' ? step.to : step.from;
      if (!open.step(step)) continue;
      if (direction === 'out' ? open.node(next) : open.node(node)) seen.add(next);
    }
  }
  return seen;
}

const CHUNK = 1024;
const WORDS = CHUNK / 32;

/**
 * For every target, the sources that reach it openly. Bit sets over strongly connected components, 1,024 sources at a
 * time, so that time grows with the graph and not with pairs.
 */
export function sourceSets(graph: Graph, question: Question): Map<Node, Node[]> {
  const layered = unfold(graph, question);
  const { order, componentOf } = sharedComponents(layered.next);
  const sets = new Map<Node, Node[]>([...question.targets].map((target) => [target, []]));
  for (let first = 0; first < question.sources.length; first += CHUNK) {
    const chunk = question.sources.slice(first, first + CHUNK);
    const bits = new Uint32Array(order.length * WORDS);
    chunk.forEach((source, i) => {
      const component = componentOf[layered.start(source)]!;
      bits[component * WORDS + (i >> 5)]! |= 1 << (i & 31);
    });
    spread(layered.next, order, componentOf, bits);
    for (const target of question.targets)
      collect(target, layered.end(target), componentOf, bits, chunk, sets);
  }
  return sets;
}

interface Layered {
  /** Neighbours of each state, open ones only. */
  readonly next: readonly (readonly number[])[];
  readonly start: (node: Node) => number;
  readonly end: (node: Node) => number;
}

/** The open graph as numbered states; with a waypoint, every node stands once before it and once after. */
function unfold(graph: Graph, { waypoint, open }: Question): Layered {
  const index = new Map(graph.nodes.map((node, i) => [node, i]));
  const passes = graph.nodes.map((node) => waypoint === null || waypoint(node));
  const state = (i: number, seen: boolean) => i * 2 + (seen || passes[i] ? 1 : 0);
  const next: number[][] = Array.from({ length: graph.nodes.length * 2 }, () => []);
  graph.nodes.forEach((node, i) => {
    for (const step of node.out) {
      if (!open.step(step) || !open.node(step.to)) continue;
      const to = index.get(step.to)!;
      if (!passes[i]) next[i * 2]!.push(state(to, false));
      next[i * 2 + 1]!.push(to * 2 + 1);
    }
  });
  return { next, start: (node) => state(index.get(node)!, false), end: (node) => index.get(node)! * 2 + 1 };
}

/** Pushes each component's sources to its neighbours, in the order in which nothing flows back. */
function spread(
  next: readonly (readonly number[])[],
  order: readonly (readonly number[])[],
  componentOf: Int32Array,
  bits: Uint32Array,
): void {
  for (let component = order.length - 1; component >= 0; component--) {
    for (const state of order[component]!) {
      for (const to of next[state]!) {
        const other = componentOf[to]!;
        if (other === component) continue;
        for (let w = 0; w < WORDS; w++) bits[other * WORDS + w]! |= bits[component * WORDS + w]!;
      }
    }
  }
}

function collect(
  target: Node,
  state: number,
  componentOf: Int32Array,
  bits: Uint32Array,
  chunk: readonly Node[],
  sets: Map<Node, Node[]>,
): void {
  const base = componentOf[state]! * WORDS;
  const list = sets.get(target)!;
  chunk.forEach((source, i) => {
    if ((bits[base + (i >> 5)]! >>> (i & 31)) & 1) list.push(source);
  });
}

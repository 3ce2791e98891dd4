import { type Components, type Edges, sharedComponents } from './components.ts';
import type { Graph, Node, Step } from './graph.ts';
import { type Open, type OpenGraph, openGraph } from './open-graph.ts';

export type { Open } from './open-graph.ts';

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

/**
 * For every target, the sources that reach it openly. Bit sets over strongly connected components, 1,024 sources at a
 * time, so that time grows with the graph and not with pairs. Targets that the same sources reach mostly share one list.
 */
export function sourceSets({ sources, targets, waypoint, open }: Question): Map<Node, readonly Node[]> {
  const sets = new Map<Node, readonly Node[]>([...targets].map((target) => [target, NONE]));
  const reached = openGraph(sources, open);
  const states = waypoint === null ? plain(reached) : unfold(reached, waypoint);
  const components = sharedComponents(states.edges);
  for (let first = 0; first < sources.length; first += CHUNK) {
    const chunk = sources.slice(first, first + CHUNK);
    const words = Math.ceil(chunk.length / 32);
    const bits = new Uint32Array(components.count * words);
    chunk.forEach((source, i) => {
      const state = states.start(reached.numberOf.get(source)!);
      bits[components.componentOf[state]! * words + (i >> 5)]! |= 1 << (i & 31);
    });
    spread(states.edges, components, bits, words);
    const known = new Map<string, readonly Node[]>();
    for (const [target, list] of sets) {
      const number = reached.numberOf.get(target);
      if (number === undefined) continue;
      const base = components.componentOf[states.end(number)]! * words;
      const set = bits.subarray(base, base + words);
      const key = set.join();
      const found = known.get(key) ?? chunk.filter((_, i) => (set[i >> 5]! >>> (i & 31)) & 1);
      known.set(key, found);
      sets.set(target, list.length === 0 ? found : [...list, ...found]);
    }
  }
  return sets;
}

const NONE: readonly Node[] = [];

/** Where an attacker can stand, as numbers. */
interface States {
  readonly edges: Edges;
  /** The state in which he begins at a node. */
  readonly start: (node: number) => number;
  /** The state in which he has got what he wants of a node. */
  readonly end: (node: number) => number;
}

const plain = (edges: OpenGraph): States => ({ edges, start: (node) => node, end: (node) => node });

/** Every node stands twice: before the waypoint (2n) and after it (2n + 1). */
function unfold({ nodes, first, to }: OpenGraph, waypoint: (node: Node) => boolean): States {
  const passes = nodes.map(waypoint);
  const state = (node: number, seen: boolean) => node * 2 + (seen || passes[node] ? 1 : 0);
  const edges = { first: [0], to: [] as number[] };
  for (let node = 0; node < nodes.length; node++) {
    for (const seen of [false, true]) {
      if (seen || !passes[node])
        for (let step = first[node]!; step < first[node + 1]!; step++) edges.to.push(state(to[step]!, seen));
      edges.first.push(edges.to.length);
    }
  }
  return { edges, start: (node) => state(node, false), end: (node) => node * 2 + 1 };
}

/** Pushes each component's sources to its neighbours, in the order in which nothing flows back. */
function spread(
  { first, to }: Edges,
  { order, componentOf }: Components,
  bits: Uint32Array,
  words: number,
): void {
  for (let i = order.length - 1; i >= 0; i--) {
    const state = order[i]!;
    const from = componentOf[state]!;
    for (let step = first[state]!; step < first[state + 1]!; step++) {
      const other = componentOf[to[step]!]!;
      if (other === from) continue;
      for (let w = 0; w < words; w++) bits[other * words + w]! |= bits[from * words + w]!;
    }
  }
}

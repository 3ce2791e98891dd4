import type { Graph, Node, Step } from '../../src/rules/graph.ts';

/** A graph from numbered edges; ids are padded so that id order is number order. */
export function graphOf(size: number, edges: readonly (readonly [number, number])[]): Graph {
  const nodes: Node[] = Array.from({ length: size }, (_, i) => ({
    id: `n${String(i).padStart(6, '0')}`,
    component: null,
    out: [],
    in: [],
  }));
  for (const [a, b] of edges) {
    const step: Step = { kind: 'flows', from: nodes[a]!, to: nodes[b]!, edge: null };
    nodes[a]!.out.push(step);
    nodes[b]!.in.push(step);
  }
  for (const node of nodes) node.out.sort((a, b) => (a.to.id < b.to.id ? -1 : a.to.id > b.to.id ? 1 : 0));
  return { nodes, of: new Map(nodes.map((node) => [node.id, node])) };
}

/** Numbers that look random and are the same at every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

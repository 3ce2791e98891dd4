import { random } from './random.mjs';

/**
 * The five graphs on which the search for attack paths is measured, from 300 to 100,000 nodes. `planned` is what a first
 * version took, in milliseconds; `make` gives a graph as src/rules/graph.ts builds it, with the nodes where an attacker
 * starts and those worth reaching.
 */
export const GRAPHS = [
  {
    name: 'complete graph of 300',
    planned: { search: 0.4, sets: 22, cut: 80 },
    rounds: 41,
    make: complete,
  },
  { name: 'chain of 10,000', planned: { search: 1.1, sets: 1.2, cut: 1.8 }, rounds: 41, make: chain },
  {
    name: '10,000 nodes, 40,000 edges',
    planned: { search: 3, sets: 20, cut: 43 },
    rounds: 21,
    make: () => scattered(10_000, 40_000),
  },
  {
    name: '100,000 nodes, 400,000 edges',
    planned: { search: 47, sets: 45, cut: 802 },
    rounds: 7,
    make: () => scattered(100_000, 400_000),
  },
  { name: '30 full layers of 100', planned: { search: 1.5, sets: 8, cut: 19 }, rounds: 41, make: layers },
];

const SIDE = 100;
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

function complete() {
  const edges = range(0, 300).flatMap((a) => range(0, 300).flatMap((b) => (a === b ? [] : [[a, b]])));
  return graph(300, edges, range(0, SIDE), range(200, 300));
}

function chain() {
  const edges = range(1, 10_000).map((b) => [b - 1, b]);
  return graph(10_000, edges, [0], [9999]);
}

/** Edges between nodes drawn at random, from 1,000 sources towards 1,000 targets. */
function scattered(size, count) {
  const { below } = random(size);
  const edges = range(0, count).map(() => [below(size), below(size)]);
  return graph(size, edges, range(0, 1000), range(size - 1000, size));
}

/** Every node of a layer leads to every node of the next: 100 to the power of 29 paths. */
function layers() {
  const last = 29 * SIDE;
  const edges = range(0, last).flatMap((a) => {
    const next = (Math.floor(a / SIDE) + 1) * SIDE;
    return range(next, next + SIDE).map((b) => [a, b]);
  });
  return graph(last + SIDE, edges, range(0, SIDE), range(last, last + SIDE));
}

function graph(size, edges, sources, targets) {
  const nodes = range(0, size).map((i) => ({
    id: `n${String(i).padStart(6, '0')}`,
    component: null,
    out: [],
    in: [],
  }));
  for (const [a, b] of edges) {
    const step = { kind: 'flows', from: nodes[a], to: nodes[b], edge: null };
    nodes[a].out.push(step);
    nodes[b].in.push(step);
  }
  const byId = (end) => (one, other) => (one[end].id < other[end].id ? -1 : 1);
  for (const node of nodes) {
    node.out.sort(byId('to'));
    node.in.sort(byId('from'));
  }
  return {
    graph: { nodes, of: new Map(nodes.map((node) => [node.id, node])) },
    sources: sources.map((i) => nodes[i]),
    targets: targets.map((i) => nodes[i]),
  };
}

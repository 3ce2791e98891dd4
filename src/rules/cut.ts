import type { Node, Step } from './graph.ts';
import { FlowNetwork, UNLIMITED } from './max-flow.ts';
import { type Open, type OpenGraph, openGraph } from './open-graph.ts';

/** Where one of a rule's stops may stand. */
export interface Places {
  readonly node: (node: Node) => boolean;
  readonly step: (step: Step) => boolean;
}

export type Place = { readonly node: Node } | { readonly step: Step };

export interface Cut {
  /** As few places as close every way; of equally small sets the one nearest to what is attacked. */
  readonly places: readonly Place[];
  /** As many ways as there are places, none of which shares a place with another: fewer places cannot do. */
  readonly proof: readonly (readonly Node[])[];
  /** Targets that no place separates from the attacker: no control closes these. */
  readonly beyond: readonly Node[];
}

export interface CutQuestion {
  readonly sources: readonly Node[];
  readonly targets: readonly Node[];
  readonly open: Open;
  readonly places: Places;
}

/**
 * The cheapest cut for one path rule: every node is split in two, places get capacity 1 and everything else none that
 * could be reached; the maximum flow then equals the number of places that have to be closed (Menger's theorem).
 */
export function cheapestCut({ sources, targets, open, places }: CutQuestion): Cut {
  const reached = openGraph(sources, open);
  const { nodes, numberOf, starts } = reached;
  const marked = mark(reached, places);
  const lost = withoutPlaces(reached, marked);
  const found = targets.flatMap((target) => numberOf.get(target) ?? []).filter((target) => target >= starts);
  const beyond = found.filter((target) => lost[target] === 1).map((target) => nodes[target]!);
  const closable = found.filter((target) => lost[target] === 0);
  if (closable.length === 0) return { places: [], proof: [], beyond };
  const flow = network(reached, marked, closable);
  const [source, sink] = [nodes.length * 2, nodes.length * 2 + 1];
  flow.run(source, sink);
  const proof = [...flow.ways(source, sink)].map((way) =>
    way.filter((at) => at < source && at % 2 === 0).map((at) => nodes[at / 2]!),
  );
  return { places: closed(reached, marked, flow.sideOf(sink)), proof, beyond };
}

/** By number, 1 for what is a place. */
interface Marked {
  readonly nodes: Uint8Array;
  readonly steps: Uint8Array;
}

function mark({ nodes, steps, starts }: OpenGraph, places: Places): Marked {
  const marked = { nodes: new Uint8Array(nodes.length), steps: new Uint8Array(steps.length) };
  for (let i = starts; i < nodes.length; i++) if (places.node(nodes[i]!)) marked.nodes[i] = 1;
  for (let i = 0; i < steps.length; i++) if (places.step(steps[i]!)) marked.steps[i] = 1;
  return marked;
}

/** By number, 1 for the nodes that an attacker gets to however many places are closed. */
function withoutPlaces({ nodes, starts, first, to }: OpenGraph, marked: Marked): Uint8Array {
  const lost = new Uint8Array(nodes.length).fill(1, 0, starts);
  const queue = Array.from({ length: starts }, (_, i) => i);
  for (const node of queue) {
    for (let step = first[node]!; step < first[node + 1]!; step++) {
      const next = to[step]!;
      if (lost[next] === 1 || marked.steps[step] === 1 || marked.nodes[next] === 1) continue;
      lost[next] = 1;
      queue.push(next);
    }
  }
  return lost;
}

/** Node n becomes 2n (coming in) and 2n + 1 (going out); behind them stand one source and one sink for all. */
function network(
  { nodes, starts, first, to }: OpenGraph,
  marked: Marked,
  targets: readonly number[],
): FlowNetwork {
  const source = nodes.length * 2;
  const sink = source + 1;
  const flow = new FlowNetwork(sink + 1, nodes.length + to.length + starts + targets.length);
  for (let node = 0; node < nodes.length; node++) {
    flow.arc(node * 2, node * 2 + 1, marked.nodes[node] === 1 ? 1 : UNLIMITED);
    for (let step = first[node]!; step < first[node + 1]!; step++)
      flow.arc(node * 2 + 1, to[step]! * 2, marked.steps[step] === 1 ? 1 : UNLIMITED);
  }
  for (let node = 0; node < starts; node++) flow.arc(source, node * 2, UNLIMITED);
  for (const node of targets) flow.arc(node * 2 + 1, sink, UNLIMITED);
  return flow;
}

/** The places that lead from the side of the attacker to the side of what is attacked, in the order he gets there. */
function closed({ nodes, steps, first, to }: OpenGraph, marked: Marked, side: Uint8Array): Place[] {
  const places: Place[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const open = side[i * 2 + 1] === 0;
    if (!open && marked.nodes[i] === 1 && side[i * 2] === 0) places.push({ node: nodes[i]! });
    for (let step = first[i]!; open && step < first[i + 1]!; step++) {
      if (marked.steps[step] === 1 && side[to[step]! * 2] === 1) places.push({ step: steps[step]! });
    }
  }
  return places;
}

import type { Graph, Node, Step } from './graph.ts';
import { FlowNetwork, UNLIMITED } from './max-flow.ts';
import { type Open, reach } from './search.ts';

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
export function cheapestCut(graph: Graph, question: CutQuestion): Cut {
  const { sources, open, places } = question;
  const isSource = new Set(sources);
  const isPlace = (node: Node) => !isSource.has(node) && places.node(node);
  const unplaced: Open = {
    node: (node) => open.node(node) && !isPlace(node),
    step: (step) => open.step(step) && !places.step(step),
  };
  const lost = reach(sources, unplaced);
  const beyond = question.targets.filter((target) => !isSource.has(target) && lost.has(target));
  const targets = question.targets.filter((target) => !lost.has(target));
  if (targets.length === 0) return { places: [], proof: [], beyond };
  const network = build(graph, { ...question, targets }, isPlace);
  network.flow.run(network.source, network.sink);
  return { places: closed(network), proof: ways(network), beyond };
}

interface Network {
  readonly flow: FlowNetwork;
  readonly source: number;
  readonly sink: number;
  /** Arcs that a place stands for, with both ends. */
  readonly arcs: readonly {
    readonly arc: number;
    readonly from: number;
    readonly to: number;
    readonly place: Place | null;
  }[];
  readonly nodes: readonly Node[];
}

/** Node i becomes 2i (coming in) and 2i + 1 (going out). Only what is reached at all goes in. */
function build(
  graph: Graph,
  { sources, targets, open, places }: CutQuestion,
  isPlace: (node: Node) => boolean,
): Network {
  const reached = reach(sources, open);
  const nodes = graph.nodes.filter((node) => reached.has(node));
  const index = new Map(nodes.map((node, i) => [node, i]));
  const source = nodes.length * 2;
  const sink = source + 1;
  const flow = new FlowNetwork(sink + 1, nodes.length * 6);
  const arcs: Network['arcs'][number][] = [];
  const add = (from: number, to: number, place: Place | null) =>
    arcs.push({ arc: flow.arc(from, to, place ? 1 : UNLIMITED), from, to, place });
  nodes.forEach((node, i) => {
    add(i * 2, i * 2 + 1, isPlace(node) ? { node } : null);
    for (const step of node.out) {
      const to = index.get(step.to);
      if (to === undefined || !open.step(step) || !open.node(step.to)) continue;
      add(i * 2 + 1, to * 2, places.step(step) ? { step } : null);
    }
  });
  for (const node of sources) if (index.has(node)) add(source, index.get(node)! * 2, null);
  for (const node of targets) if (index.has(node)) add(index.get(node)! * 2 + 1, sink, null);
  return { flow, source, sink, arcs, nodes };
}

function closed({ flow, sink, arcs }: Network): Place[] {
  const side = flow.sideOf(sink);
  return arcs.flatMap(({ from, to, place }) => (place && side[from] === 0 && side[to] === 1 ? [place] : []));
}

/** Takes the flow apart into single ways from a source to a target. */
function ways({ flow, source, sink, arcs, nodes }: Network): Node[][] {
  const carried = new Map<number, { to: number; left: number }[]>();
  for (const { arc, from, to } of arcs) {
    const left = flow.flow(arc);
    if (left === 0) continue;
    const list = carried.get(from);
    if (list) list.push({ to, left });
    else carried.set(from, [{ to, left }]);
  }
  const found: Node[][] = [];
  for (let way = take(carried, source, sink); way !== null; way = take(carried, source, sink)) {
    found.push(way.filter((at) => at < source && at % 2 === 0).map((at) => nodes[at / 2]!));
  }
  return found;
}

function take(
  carried: Map<number, { to: number; left: number }[]>,
  source: number,
  sink: number,
): number[] | null {
  const way: number[] = [];
  for (let at = source; at !== sink; ) {
    const arcs = carried.get(at);
    while (arcs && arcs.length > 0 && arcs.at(-1)!.left === 0) arcs.pop();
    const arc = arcs?.at(-1);
    if (!arc) return null;
    arc.left -= 1;
    at = arc.to;
    way.push(at);
  }
  return way;
}

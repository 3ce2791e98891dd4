import type { Node, Step } from './graph.ts';

/** What is open to an attacker under one path rule. */
export interface Open {
  readonly node: (node: Node) => boolean;
  readonly step: (step: Step) => boolean;
}

/** All that an attacker gets to, with numbers for nodes and steps, so that work on it needs no look-ups. */
export interface OpenGraph {
  /** By number, in the order in which the attacker gets there; where he starts comes first. */
  readonly nodes: readonly Node[];
  readonly numberOf: ReadonlyMap<Node, number>;
  /** How many of the nodes he starts from. */
  readonly starts: number;
  /** The open steps of node n have the numbers from `first[n]` up to, not including, `first[n + 1]`. */
  readonly first: readonly number[];
  readonly steps: readonly Step[];
  /** The node that each step leads to. */
  readonly to: readonly number[];
}

/** Breadth first, sources and neighbours in the order they are given in. A source counts whether it is open or not. */
export function openGraph(sources: readonly Node[], open: Open): OpenGraph {
  const nodes = [...new Set(sources)];
  const starts = nodes.length;
  const numberOf = new Map(nodes.map((node, i) => [node, i]));
  const first: number[] = [0];
  const steps: Step[] = [];
  const to: number[] = [];
  for (let at = 0; at < nodes.length; at++) {
    for (const step of nodes[at]!.out) {
      if (!open.step(step) || !open.node(step.to)) continue;
      let number = numberOf.get(step.to);
      if (number === undefined) {
        number = nodes.length;
        numberOf.set(step.to, number);
        nodes.push(step.to);
      }
      steps.push(step);
      to.push(number);
    }
    first.push(to.length);
  }
  return { nodes, numberOf, starts, first, steps, to };
}

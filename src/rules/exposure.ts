import type { Component } from '../model/system.ts';
import type { Graph, Node } from './graph.ts';
import { type Judgement, judge } from './undeclared.ts';

/**
 * What an attacker's text gets to without passing through an agent: one walk forward from everything he controls,
 * then one from everything he may control, which carries the fact that would tell.
 */
export function exposure(graph: Graph, controlled: (component: Component) => boolean): Map<Node, Judgement> {
  const sources: Node[] = [];
  const doubtful: [Node, Judgement][] = [];
  for (const node of graph.nodes) {
    const { component } = node;
    if (component === null) continue;
    const judgement = judge(() => controlled(component));
    if (judgement.is === 'true') sources.push(node);
    else if (judgement.is === 'unknown') doubtful.push([node, judgement]);
  }
  const found = new Map<Node, Judgement>();
  for (const source of sources) spread(source, { is: 'true' }, found);
  for (const [node, judgement] of doubtful) spread(node, judgement, found);
  return found;
}

function spread(source: Node, judgement: Judgement, found: Map<Node, Judgement>): void {
  const queue = [source];
  for (const node of queue) {
    for (const { to } of node.out) {
      if (found.has(to)) continue;
      found.set(to, judgement);
      if (to.component !== null && to.component.kind !== 'agent') queue.push(to);
    }
  }
}

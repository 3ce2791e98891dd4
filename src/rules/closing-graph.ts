import { type Component, type Edge, textOf } from '../model/system.ts';
import type { Node, Step } from './graph.ts';
import type { Question } from './search.ts';
import { isPermit } from './subject.ts';

/**
 * The open ways of one path rule as a graph of their own, for the cut: a node that may be walked before and after the
 * waypoint stands there twice, and between an agent and the actions it was granted of one tool stands their grant.
 */
export interface Ways {
  readonly sources: readonly Node[];
  /** Those that are asked for and reached. */
  readonly targets: readonly Node[];
  /** What a node of the ways stands for: a node of the system, or a grant. */
  readonly meaning: ReadonlyMap<Node, Node | Edge>;
}

/** The ways from all sources; `wanted` says which of the targets are asked for. */
export function waysOf({ sources, waypoint, open }: Question, wanted: ReadonlySet<Node>): Ways {
  const meaning = new Map<Node, Node | Edge>();
  const before = new Map<Node | Edge, Node>();
  const after = new Map<Node | Edge, Node>();
  const queue: Node[] = [];
  const copyOf = (of: Node | Edge, id: string, component: Component | null, seen: boolean): Node => {
    const known = (seen ? after : before).get(of);
    if (known) return known;
    const copy: Node = { id, component, out: [], in: [] };
    (seen ? after : before).set(of, copy);
    meaning.set(copy, of);
    if ('out' in of) queue.push(copy);
    return copy;
  };
  const enter = (node: Node, passed: boolean) =>
    copyOf(node, node.id, node.component, passed || waypoint === null || waypoint(node));
  const starts = [...new Set(sources.map((source) => enter(source, false)))];
  for (const copy of queue) {
    const node = meaning.get(copy) as Node;
    const passed = after.get(node) === copy;
    for (const step of inOrder(node.out)) {
      if (!open.step(step) || !open.node(step.to)) continue;
      const to = enter(step.to, passed);
      const { edge, kind } = step;
      if (kind !== 'invokes' || edge === null || !isPermit(edge)) join(copy, to, step);
      else {
        const { grant } = edge;
        const between = copyOf(grant, `${grant.from.id} → ${grant.to.id}`, null, passed);
        if (between.in.length === 0) join(copy, between, { ...step, edge: null });
        join(between, to, step);
      }
    }
  }
  const targets = [...wanted].flatMap((target) => after.get(target) ?? []);
  return { sources: starts, targets, meaning };
}

function join(from: Node, to: Node, { kind, edge }: Step): void {
  const step: Step = { kind, from, to, edge };
  from.out.push(step);
  to.in.push(step);
}

/** Parallel steps in an order that no file decides. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const isParallel = (a: Step | undefined, b: Step) => a?.to === b.to && a.kind === b.kind;
  if (!steps.some((step, i) => isParallel(steps[i - 1], step))) return steps;
  const nameOf = ({ edge }: Step): string =>
    edge === null ? '' : isPermit(edge) ? edge.action.id : `${edge.key} ${textOf(edge.raw, 'protocol')}`;
  const order = new Map(steps.map((step, i) => [step, i]));
  return [...steps].sort((a, b) =>
    isParallel(a, b) && nameOf(a) !== nameOf(b)
      ? nameOf(a) < nameOf(b)
        ? -1
        : 1
      : order.get(a)! - order.get(b)!,
  );
}

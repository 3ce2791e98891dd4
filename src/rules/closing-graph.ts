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
  /** Nodes on which, and on whose way in, nothing can stand; left out, there are none. */
  readonly free?: ReadonlySet<Node>;
  /** Ids of the subjects of an attack whose ways end at a target; left out, that is the target itself. */
  readonly subjectsAt?: (target: Node) => readonly string[];
}

/** The ways from all sources; `wanted` says which of the targets are asked for. */
export function waysOf({ sources, waypoint, open }: Question, wanted: ReadonlySet<Node>): Ways {
  const copies = new Copies<'before' | 'after'>();
  const enter = (node: Node, passed: boolean) =>
    copies.of(node, passed || waypoint === null || waypoint(node) ? 'after' : 'before');
  const starts = [...new Set(sources.map((source) => enter(source, false)))];
  for (const { copy, node, state } of copies.queue) {
    for (const step of inOrder(node.out)) {
      if (open.step(step) && open.node(step.to))
        copies.go(copy, enter(step.to, state === 'after'), step, state);
    }
  }
  const targets = [...wanted].flatMap((target) => copies.known(target, 'after') ?? []);
  return { sources: starts, targets, meaning: copies.meaning };
}

/** A copy of a node that somebody can walk on from, and in which state he is there. */
interface Stand<State> {
  readonly copy: Node;
  readonly node: Node;
  readonly state: State;
}

/** The graph of ways while it is made: each node once in every state in which somebody can be there. */
export class Copies<State extends string> {
  readonly meaning = new Map<Node, Node | Edge>();
  /** In the order in which they were reached; grows while it is read. */
  readonly queue: Stand<State>[] = [];
  private readonly byState = new Map<State, Map<Node | Edge, Node>>();

  of(node: Node, state: State): Node {
    const known = this.known(node, state);
    if (known !== undefined) return known;
    const copy = this.make(node, state, node.id, node.component);
    this.queue.push({ copy, node, state });
    return copy;
  }

  known(of: Node | Edge, state: State): Node | undefined {
    return this.byState.get(state)?.get(of);
  }

  /** From one copy to another; a call goes over the grant that allows it, which stands there once in a state. */
  go(from: Node, to: Node, step: Step, state: State): void {
    const { edge, kind } = step;
    if (kind !== 'invokes' || edge === null || !isPermit(edge)) {
      join(from, to, step);
      return;
    }
    const { grant } = edge;
    const between =
      this.known(grant, state) ?? this.make(grant, state, `${grant.from.id} → ${grant.to.id}`, null);
    if (between.in.length === 0) join(from, between, { ...step, edge: null });
    join(between, to, step);
  }

  private make(of: Node | Edge, state: State, id: string, component: Component | null): Node {
    const copy: Node = { id, component, out: [], in: [] };
    const copies = this.byState.get(state) ?? new Map<Node | Edge, Node>();
    copies.set(of, copy);
    this.byState.set(state, copies);
    this.meaning.set(copy, of);
    return copy;
  }
}

function join(from: Node, to: Node, { kind, edge }: Step): void {
  const step: Step = { kind, from, to, edge };
  from.out.push(step);
  to.in.push(step);
}

/** Parallel steps in an order that no file decides. */
export function inOrder(steps: readonly Step[]): readonly Step[] {
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

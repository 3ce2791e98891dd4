import type { Node, Step } from './graph.ts';
import { type NodeNames, namesOf } from './node-names.ts';
import type { Open } from './open-graph.ts';
import type { StopOf } from './rule.ts';
import { uncounted } from './undeclared.ts';
import type { Expression } from './vocabulary.ts';
import type { World } from './world.ts';

export type Stop = StopOf<Expression>;

/** Whether a control may stand on a node, by one stop of a rule. */
export const standsAt = ({ node }: Stop, names: NodeNames): boolean =>
  node !== null && uncounted(() => node(names) === true);

/** Whether a control may stand on a step of this kind that leads there, by one stop of a rule. */
export const standsOn = ({ step, to }: Stop, kind: Step['kind'], names: () => NodeNames): boolean =>
  step?.includes(kind) === true && (to === undefined || uncounted(() => to(names()) === true));

/** A node or step is open unless one of these stops may stand there and is in force there. */
export function openFor(world: World, stops: readonly Stop[]): Open {
  const names = namesOf(world);
  const onNodes = stops.filter((stop) => stop.node !== null);
  const onSteps = stops.filter((stop) => stop.step !== null);
  const closed = new Map<Node, boolean>();
  const isClosed = (node: Node): boolean => {
    const component = node.component;
    if (component === null) return false;
    return onNodes.some(
      (stop) => standsAt(stop, names(node)) && world.enforcement.ask(component, stop.control).holds,
    );
  };
  return {
    node: (node) => {
      const known = closed.get(node);
      if (known !== undefined) return !known;
      const now = isClosed(node);
      closed.set(node, now);
      return !now;
    },
    step: ({ edge, kind, to }) =>
      edge === null ||
      !onSteps.some(
        (stop) => standsOn(stop, kind, () => names(to)) && world.enforcement.ask(edge, stop.control).holds,
      ),
  };
}

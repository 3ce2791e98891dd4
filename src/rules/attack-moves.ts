import type { Node, Step } from './graph.ts';
import { type Kept, kept } from './kept.ts';
import { namesOf } from './node-names.ts';
import type { AttackOf } from './rule.ts';
import { openFor } from './stops.ts';
import { judge } from './undeclared.ts';
import type { Expression } from './vocabulary.ts';
import type { World } from './world.ts';

export type Attack = AttackOf<Expression>;

/**
 * Where an attacker is: only what he writes got here (`text`), he bent the one agent that he can (`bent`), that agent
 * did the rest (`done`), or he has what the rule is about (`there`).
 */
export type State = 'text' | 'bent' | 'done' | 'there';

/** The states in which a step leads somewhere, for somebody who is in one state where it begins. */
export type Moves = (step: Step, state: State) => readonly State[];

const NOWHERE: readonly State[] = [];
const TO: Readonly<Record<State, readonly State[]>> = {
  text: ['text'],
  bent: ['bent'],
  done: ['done'],
  there: ['there'],
};

/**
 * How an attacker gets on: his text over whatever hands it on, whatever is in force on its way, as `sees_untrusted` has
 * it; then one agent, and from there on what that agent does by itself. What stops him stands on the agent or behind it.
 */
export function movesOf(world: World, attack: Attack, subjects: ReadonlySet<Node>): Moves {
  const { to, by, over } = attack;
  const open = openFor(world, attack.stops);
  const names = namesOf(world);
  const isOpen = (step: Step) => open.step(step) && open.node(step.to);
  const holds = (expression: Expression, node: Node) =>
    judge(() => expression(names(node)) === true).is === 'true';

  const reaches = (step: Step): boolean =>
    over.includes(step.kind) &&
    subjects.has(step.to) &&
    (by === null || holds(by, step.from)) &&
    isOpen(step);
  const goesOn = (step: Step, state: State): readonly State[] => {
    const { component } = step.to;
    if (component === null) return NOWHERE;
    if (state === 'bent' && to !== null) return holds(to, step.to) && isOpen(step) ? TO.there : NOWHERE;
    if (component.kind === 'agent')
      return state === 'text' && (to === null || subjects.has(step.to)) && isOpen(step) ? TO.bent : NOWHERE;
    if (state === 'text') return TO.text;
    return isOpen(step) ? TO.done : NOWHERE;
  };
  return (step, state) => {
    if (state === 'there') return NOWHERE;
    const next = goesOn(step, state);
    return over.length > 0 && reaches(step) ? [...TO.there, ...next] : next;
  };
}

const starts: Kept<typeof movesOf, readonly Node[]> = new WeakMap();

/** Everything that an attacker controls to begin with, in id order. */
export const startsIn = (world: World): readonly Node[] =>
  world.base
    ? startsIn(world.base)
    : kept(starts, world, movesOf, () =>
        world.graph.nodes.filter(
          ({ component }) =>
            component !== null && judge(() => world.isAttackerControlled(component)).is === 'true',
        ),
      );

import { type Attack, movesOf, type State, startsIn } from './attack-moves.ts';
import { Copies, inOrder, type Ways } from './closing-graph.ts';
import type { Node } from './graph.ts';
import type { World } from './world.ts';

/** The ways of an attack, with the copies in which the subjects of a rule stand. */
export interface AttackWays extends Ways {
  /** Undefined for those to which no way leads. */
  readonly copyOf: (subject: Node) => Node | undefined;
}

/** The ways on which what a rule found happens, to all of its subjects at once. */
export function attackWays(world: World, attack: Attack, subjects: ReadonlySet<Node>): AttackWays {
  const copies = new Copies<State>();
  const moves = movesOf(world, attack, subjects);
  const sources = startsIn(world).map((node) => copies.of(node, 'text'));
  for (const { copy, node, state } of copies.queue) {
    for (const step of inOrder(node.out))
      for (const next of moves(step, state)) copies.go(copy, copies.of(step.to, next), step, state);
  }
  const inState = (wanted: State) =>
    copies.queue.flatMap(({ copy, state }) => (state === wanted ? copy : []));
  const ways = {
    sources,
    targets: inState('there'),
    meaning: copies.meaning,
    free: new Set(inState('text')),
  };
  if (attack.to === null) return { ...ways, copyOf: (subject) => copies.known(subject, 'there') };
  return {
    ...ways,
    copyOf: (subject) => deedsOf(copies.known(subject, 'bent')),
    subjectsAt: callersOf,
  };
}

/** A bent agent, if it gets to anything. */
const deedsOf = (bent: Node | undefined): Node | undefined =>
  bent !== undefined && bent.out.length > 0 ? bent : undefined;

/** Agents from which a copy is reached in one step, over a grant or without. */
const callersOf = (target: Node): string[] =>
  target.in.flatMap(({ from }) =>
    from.component === null ? from.in.map((step) => step.from.id) : [from.id],
  );

import { late } from '../finding/late.ts';
import { type Attack, type Moves, movesOf, type State, startsIn } from './attack-moves.ts';
import { attackWays } from './attack-ways.ts';
import { inOrder } from './closing-graph.ts';
import { hitStep, startOf } from './evaluate-path.ts';
import type { Node, Step } from './graph.ts';
import type { Hit, HitStep } from './hit.ts';
import { type Kept, kept } from './kept.ts';
import { sourceSets } from './search.ts';
import type { World } from './world.ts';

/** What one rule found, each with the way of its attack. Nothing is searched before somebody asks for one of them. */
export function withWays(world: World, attack: Attack, hits: readonly Hit[]): Hit[] {
  const nodeOf = ({ subject }: Hit) => world.graph.of.get(subject[0]!);
  const subjects = late(() => new Set(hits.flatMap((hit) => nodeOf(hit) ?? [])));
  const walks = late(() => walksTo(world, attack, subjects()));
  const sources = late(() => sourcesOf(world, attack, subjects()));
  return hits.map((hit) => {
    const walk = (): readonly Step[] => walks().get(nodeOf(hit)!) ?? [];
    return {
      ...hit,
      get walk() {
        return walk();
      },
      get steps() {
        return stepsOf(walk());
      },
      get sources() {
        return sources().get(nodeOf(hit)!) ?? [];
      },
    };
  });
}

const stepsOf = (walk: readonly Step[]): HitStep[] =>
  walk.length === 0 ? [] : [startOf(walk[0]!.from), ...walk.map(hitStep)];

/** A node in a state, how it was first reached, and after how many steps. */
interface Reached {
  readonly node: Node;
  readonly state: State;
  readonly by: Step | null;
  readonly from: Reached | null;
  readonly depth: number;
}

/** How far the text of attackers gets without an agent, breadth first, and the steps that hand it to one. */
interface TextRegion {
  readonly reached: ReadonlyMap<Node, Reached>;
  readonly toAgents: readonly { readonly step: Step; readonly from: Reached }[];
}

const regions: Kept<typeof textRegion, TextRegion> = new WeakMap();

/** The same for all rules, and whatever is in force. */
const textRegionIn = (world: World): TextRegion =>
  world.base ? textRegionIn(world.base) : kept(regions, world, textRegion, () => textRegion(world));

function textRegion(world: World): TextRegion {
  const reached = new Map<Node, Reached>();
  const toAgents: { step: Step; from: Reached }[] = [];
  for (const node of startsIn(world))
    reached.set(node, { node, state: 'text', by: null, from: null, depth: 0 });
  for (const from of reached.values()) {
    for (const step of from.node.out) {
      const { component } = step.to;
      if (component?.kind === 'agent') toAgents.push({ step, from });
      else if (component && !reached.has(step.to)) reached.set(step.to, behind(from, step, 'text'));
    }
  }
  return { reached, toAgents };
}

const behind = (from: Reached, by: Step, state: State): Reached => ({
  node: by.to,
  state,
  by,
  from,
  depth: from.depth + 1,
});

/** The shortest way to each subject that has one; of equally short ones the first in id order. */
function walksTo(world: World, attack: Attack, subjects: ReadonlySet<Node>): Map<Node, readonly Step[]> {
  const moves = movesOf(world, attack, subjects);
  const { reached, toAgents } = textRegionIn(world);
  const bent = new Map<Node, Reached>();
  for (const { step, from } of toAgents) {
    if (!bent.has(step.to) && moves(step, 'text').includes('bent'))
      bent.set(step.to, behind(from, step, 'bent'));
  }
  const walks = new Map<Node, readonly Step[]>();
  if (attack.to !== null) {
    for (const [node, end] of bent) {
      const deed = inOrder(node.out).find((step) => moves(step, 'bent').length > 0);
      if (deed) walks.set(node, [...walkTo(end), deed]);
    }
    return walks;
  }
  const ends = new Map<Node, Reached>();
  const arrive = (end: Reached) => {
    const known = ends.get(end.node);
    if (known === undefined || end.depth < known.depth) ends.set(end.node, end);
  };
  for (const subject of subjects) {
    for (const step of subject.in) {
      const from = reached.get(step.from);
      if (from && moves(step, 'text').includes('there')) arrive(behind(from, step, 'there'));
    }
  }
  for (const end of deeds([...bent.values()], moves)) arrive(end);
  for (const [node, end] of ends) walks.set(node, walkTo(end));
  return walks;
}

/** Everything that bent agents get to by themselves, what is reached in fewer steps first, and each end of an attack. */
function* deeds(agents: readonly Reached[], moves: Moves): Generator<Reached> {
  const done = new Set<Node>();
  const queue: Reached[] = [];
  let [agent, other] = [0, 0];
  while (agent < agents.length || other < queue.length) {
    const isAgent =
      other === queue.length || (agents[agent]?.depth ?? Number.POSITIVE_INFINITY) <= queue[other]!.depth;
    const here = isAgent ? agents[agent++]! : queue[other++]!;
    for (const step of here.node.out) {
      for (const state of moves(step, here.state)) {
        if (state === 'there') yield behind(here, step, state);
        else if (!done.has(step.to)) {
          done.add(step.to);
          queue.push(behind(here, step, state));
        }
      }
    }
  }
}

function walkTo(end: Reached): Step[] {
  const steps: Step[] = [];
  for (let at: Reached | null = end; at?.by; at = at.from) steps.push(at.by);
  return steps.reverse();
}

/** Ids of the places from which each subject is reached, in id order. */
function sourcesOf(world: World, attack: Attack, subjects: ReadonlySet<Node>): Map<Node, readonly string[]> {
  const { sources, copyOf } = attackWays(world, attack, subjects);
  const copies = new Map(
    [...subjects].flatMap((subject) => {
      const copy = copyOf(subject);
      return copy === undefined ? [] : [[copy, subject] as const];
    }),
  );
  const open = { node: () => true, step: () => true };
  const sets = sourceSets({ sources, targets: new Set(copies.keys()), waypoint: null, open });
  return new Map([...sets].map(([copy, starts]) => [copies.get(copy)!, starts.map(({ id }) => id)]));
}

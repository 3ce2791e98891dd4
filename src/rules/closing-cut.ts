import { attackWays } from './attack-ways.ts';
import { closersIn, type OpenWay } from './closing-bound.ts';
import { type Change, changeKey } from './closing-change.ts';
import { type Ways, waysOf } from './closing-graph.ts';
import { placesOn } from './closing-places.ts';
import { cheapestCut } from './cut.ts';
import { questionOf } from './evaluate-path.ts';
import type { Node, Step } from './graph.ts';
import type { Rule } from './hit.ts';
import { stopsOf, type WayFormOf } from './rule.ts';
import type { Expression } from './vocabulary.ts';
import type { World } from './world.ts';

/** A rule that tells how an attacker gets to what he wants. */
export interface WayRule {
  readonly rule: Rule;
  readonly form: WayFormOf<Expression>;
}

export interface RuleCut {
  /** What closes every way to a target that can be closed, in the order in which an attacker comes there. */
  readonly changes: readonly Change[];
  /** As many ways as the cut has places. */
  readonly ways: readonly OpenWay[];
  /** Ids of targets, or of subjects of attacks, that no place separates from where attackers start. */
  readonly beyond: readonly string[];
}

/**
 * The cheapest cut of one rule for the targets (of an attack, the subjects) with these ids, as changes. Of several
 * controls that fit a place, the one that `rank` puts first. A place before and after the waypoint, or on both arrows of
 * one reference, is one change.
 */
export function cutOf(
  world: World,
  { rule, form }: WayRule,
  targets: ReadonlySet<string>,
  rank: (change: Change) => number,
): RuleCut {
  const ways = waysTo(world, form, targets);
  if (ways === null) return { changes: [], ways: [], beyond: [] };
  const places = placesOn(ways, world, stopsOf(form));
  const open = { node: () => true, step: () => true };
  const cut = cheapestCut({ sources: ways.sources, targets: ways.targets, open, places });
  const changes = new Map<string, Change>();
  for (const place of cut.places) {
    const choice = places.changes('node' in place ? place.node : place.step);
    const best = choice.reduce((a, b) => (rank(b) > rank(a) ? b : a));
    // What is chosen already may close this place as well.
    const chosen = choice.find((each) => changes.has(changeKey(each))) ?? best;
    changes.set(changeKey(chosen), chosen);
  }
  const closers = closersIn(world, stopsOf(form));
  return {
    changes: [...changes.values()],
    ways: cut.proof.map((nodes) => {
      const steps = walked(nodes, ways, places.step);
      const guarded = steps.filter((_, i) => !ways.free?.has(nodes[i + 1]!));
      return { rule, nodes: meant(nodes, ways), closers: closers(guarded) };
    }),
    beyond: cut.beyond.flatMap((copy) => ways.subjectsAt?.(copy) ?? [copy.id]),
  };
}

/** The open ways to what a rule is about; null where there is none. */
function waysTo(world: World, form: WayRule['form'], ids: ReadonlySet<string>): Ways | null {
  if (form.is === 'visit') {
    const subjects = world.graph.nodes.filter(({ id }) => ids.has(id));
    return subjects.length === 0 ? null : attackWays(world, form.attack, new Set(subjects));
  }
  const question = questionOf(world, form);
  const wanted = new Set([...(question?.targets ?? [])].filter(({ id }) => ids.has(id)));
  return question === null || wanted.size === 0 ? null : waysOf(question, wanted);
}

/** The nodes of the system on a way, without grants. */
const meant = (nodes: readonly Node[], { meaning }: Ways): Node[] =>
  nodes.flatMap((copy) => {
    const of = meaning.get(copy)!;
    return 'out' in of ? [of] : [];
  });

/**
 * One step between each two nodes of a way, arriving at what the node stands for; of parallel ones one that nothing
 * closes, since that one stays.
 */
function walked(nodes: readonly Node[], { meaning }: Ways, isPlace: (step: Step) => boolean): Step[] {
  return nodes.slice(1).map((copy, i) => {
    const parallel = nodes[i]!.out.filter((step) => step.to === copy);
    const step = parallel.find((each) => !isPlace(each)) ?? parallel[0]!;
    const of = meaning.get(copy)!;
    return { ...step, to: 'out' in of ? of : copy };
  });
}

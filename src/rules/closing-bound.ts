import { type Change, changeKey } from './closing-change.ts';
import type { Node, Step } from './graph.ts';
import type { Rule } from './hit.ts';
import { namesOf } from './node-names.ts';
import { type Stop, standsAt, standsOn } from './stops.ts';
import type { Subject } from './subject.ts';
import type { Look } from './trail.ts';
import type { World } from './world.ts';

/** Changes by what tells them apart. */
export type Closers = ReadonlyMap<string, Change>;

/** One open way that has to be closed somewhere, with every single change that would do so. */
export interface OpenWay {
  readonly rule: Rule;
  readonly nodes: readonly Node[];
  readonly closers: Closers;
}

/** Finds all changes that could close a way: asks for every control that stops the rule wherever it is looked for. */
export function closersIn(world: World, stops: readonly Stop[]): (steps: readonly Step[]) => Closers {
  const known = new Map<Subject, Map<string, Closers>>();
  const names = namesOf(world);
  const of = (subject: Subject, control: string): Closers => {
    const kept = known.get(subject) ?? new Map<string, Closers>();
    known.set(subject, kept);
    const earlier = kept.get(control);
    if (earlier) return earlier;
    const asked = [...askedIn(world.enforcement.trail(subject, control).looks)];
    const changes = asked.map((each) => ({ subject: each, control }));
    const closers = new Map(changes.map((change) => [changeKey(change), change]));
    kept.set(control, closers);
    return closers;
  };
  return (steps) => {
    const closers = new Map<string, Change>();
    const add = (subject: Subject, control: string) => {
      for (const [key, change] of of(subject, control)) closers.set(key, change);
    };
    for (const { edge, kind, to } of steps) {
      for (const stop of stops) {
        if (edge !== null && standsOn(stop, kind, () => names(to))) add(edge, stop.control);
        if (to.component !== null && standsAt(stop, names(to))) add(to.component, stop.control);
      }
    }
    return closers;
  };
}

/** Everything on which a search would have found the control, had it been written there; the whole system is no place. */
function* askedIn(looks: readonly Look[]): Generator<Subject> {
  for (const look of looks) {
    if (look.is === 'controls' && look.of !== null) yield look.of;
    else if (look.is === 'asked') yield* askedIn(look.looks);
  }
}

/**
 * As many ways as were found of which no two are closed by one change: fewer changes than these cannot close all.
 * Each pool is taken first once, since its own ways may already share nothing; the largest result counts.
 */
export function apart(pools: readonly (readonly OpenWay[])[]): readonly OpenWay[] {
  let best: readonly OpenWay[] = [];
  for (const first of pools) {
    const used = new Set<string>();
    const taken: OpenWay[] = [];
    for (const way of [first, ...pools.filter((pool) => pool !== first)].flat()) {
      const keys = [...way.closers.keys()];
      if (keys.some((key) => used.has(key))) continue;
      for (const key of keys) used.add(key);
      taken.push(way);
    }
    if (taken.length > best.length) best = taken;
  }
  return best;
}

import type { System } from '../model/system.ts';
import type { Naming } from './compare-canonical.ts';
import { type Renames, renamesOf } from './compare-renames.ts';

/** One system on both sides. */
export interface Pair {
  readonly base: System;
  readonly head: System;
  readonly renames: Renames;
  /** What the head calls a component of the base. */
  readonly naming: Naming;
}

export interface Paired {
  readonly pairs: readonly Pair[];
  /** Systems of one side alone. */
  readonly gone: readonly System[];
  readonly fresh: readonly System[];
}

/**
 * Systems that are the same: those of one name; then those under a new name that still have most components and are
 * the only ones that fit each other. `alone` also pairs the only two there are, whatever they hold.
 */
export function pairSystems(bases: readonly System[], heads: readonly System[], alone: boolean): Paired {
  const found = new Map<System, System>();
  const byName = new Map(heads.map((system) => [system.name, system]));
  for (const base of bases) {
    const head = byName.get(base.name);
    if (head) found.set(base, head);
  }
  const taken = new Set(found.values());
  let gone = bases.filter((base) => !found.has(base));
  let fresh = heads.filter((head) => !taken.has(head));
  const fits = (base: System, head: System): boolean =>
    (alone && bases.length === 1 && heads.length === 1) || likeness(base, head) >= 0.5;
  for (const base of gone) {
    const heads = fresh.filter((head) => fits(base, head));
    const inPlace = heads.filter(({ file }) => file === base.file);
    const [head] = heads.length === 1 ? heads : inPlace;
    if (head && (head.file === base.file || gone.filter((each) => fits(each, head)).length === 1))
      found.set(base, head);
  }
  gone = gone.filter((base) => !found.has(base));
  const all = new Set(found.values());
  fresh = fresh.filter((head) => !all.has(head));
  return { pairs: [...found].map(([base, head]) => pair(base, head)), gone, fresh };
}

function pair(base: System, head: System): Pair {
  const renames = renamesOf(base, head);
  return { base, head, renames, naming: (id) => renames.get(id) ?? id };
}

/** Share of the components of both that both have, from 0 to 1. */
function likeness(base: System, head: System): number {
  const common = base.components.filter(({ id, kind }) => head.byId.get(id)?.kind === kind).length;
  return common / Math.max(1, base.components.length + head.components.length - common);
}

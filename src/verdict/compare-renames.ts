import type { Component, System } from '../model/system.ts';
import { canonical, type Naming } from './compare-canonical.ts';
import { factsOf, groups, refine } from './compare-looks.ts';

/** Ids of the base to what the head calls the same component, where the two differ. */
export type Renames = ReadonlyMap<string, string>;

/**
 * Which components only have another id now: those with the same `source`, and those of which nothing but ids changed.
 * Ids that changed places are found too. As many that are alike in all they say and all around them fit in any order;
 * where there are more on one side than on the other, nothing is a rename.
 */
export function renamesOf(base: System, head: System): Renames {
  const pairs = new Map<string, string>();
  const gone = base.components.filter(({ id }) => !head.byId.has(id));
  const fresh = head.components.filter(({ id }) => !base.byId.has(id));
  if (gone.length > 0 && fresh.length > 0) {
    pairBySource(base, head, pairs);
    for (let before = -1; before < pairs.size; ) {
      before = pairs.size;
      const known = new Set(pairs.values());
      const open = gone.filter(({ id }) => !pairs.has(id));
      const free = fresh.filter(({ id }) => !known.has(id));
      pairByFacts(base, head, open, free, pairs);
    }
  }
  pairSwapped(base, head, changed(base, head, pairs), pairs);
  return new Map([...pairs].filter(([from, to]) => from !== to));
}

/** A place in the repository that only one component of its kind names on either side. */
function pairBySource(base: System, head: System, pairs: Map<string, string>): void {
  const heads = bySource(head);
  for (const [source, id] of bySource(base)) {
    const other = heads.get(source);
    if (id === null || typeof other !== 'string') continue;
    if (!head.byId.has(id) && !base.byId.has(other)) pairs.set(id, other);
  }
}

function bySource({ components }: System): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const { id, kind, raw } of components) {
    const written = raw['source'];
    if (written === undefined || written === null) continue;
    const key = JSON.stringify([kind, Array.isArray(written) ? [...written].sort() : [written]]);
    found.set(key, found.has(key) ? null : id);
  }
  return found;
}

function pairByFacts(
  base: System,
  head: System,
  open: readonly Component[],
  free: readonly Component[],
  pairs: Map<string, string>,
): void {
  for (const around of [false, true]) {
    const ours = open.filter(({ id }) => !pairs.has(id));
    const taken = new Set(pairs.values());
    const theirs = free.filter(({ id }) => !taken.has(id));
    const looks = refine(base, head, ours, theirs, pairs, around);
    for (const [some, others] of groups(ours, theirs, looks)) {
      // Those that nothing tells apart, not even their surroundings, are the same in any order.
      if (some.length !== others.length || (some.length > 1 && !around)) continue;
      for (const [i, each] of some.entries()) pairs.set(each.id, others[i]!.id);
    }
  }
}

/** Components under an id that means something else in the head. */
function changed(base: System, head: System, pairs: ReadonlyMap<string, string>): Component[] {
  const naming: Naming = (id) => pairs.get(id) ?? id;
  return base.components.filter(({ id, kind, raw, definition }) => {
    const other = head.byId.get(id);
    if (!other || pairs.has(id)) return false;
    return kind !== other.kind || canonical(definition, raw, naming) !== factsOf(other);
  });
}

/** Ids that both sides have for different things: only whole circles and chains of them are renames. */
function pairSwapped(
  base: System,
  head: System,
  changed: readonly Component[],
  pairs: Map<string, string>,
): void {
  if (changed.length === 0) return;
  const images = new Set(pairs.values());
  const ours = [...changed, ...base.components.filter(({ id }) => !head.byId.has(id) && !pairs.has(id))];
  const theirs = [
    ...changed.map(({ id }) => head.byId.get(id)!),
    ...head.components.filter(({ id }) => !base.byId.has(id) && !images.has(id)),
  ];
  const looks = refine(base, head, ours, theirs, pairs, true);
  const moved = new Map<string, string>();
  for (const [some, others] of groups(ours, theirs, looks)) {
    if (some.length !== others.length) continue;
    // As above: any order will do, and who kept the id is the same.
    const [before, now] = [some, others].map((side) => new Set(side.map(({ id }) => id)));
    const free = others.filter(({ id }) => !before!.has(id)).values();
    for (const { id } of some) moved.set(id, now!.has(id) ? id : free.next().value!.id);
  }
  dropHalf(moved, base, head);
  for (const [from, to] of moved) pairs.set(from, to);
}

/** An id is free for somebody else only when its owner found another one, and taken only by somebody who left. */
function dropHalf(moved: Map<string, string>, base: System, head: System): void {
  for (let before = -1; before !== moved.size; ) {
    before = moved.size;
    const images = new Set(moved.values());
    for (const [from, to] of moved) {
      const vacated = !head.byId.has(from) || images.has(from);
      const isFree = !base.byId.has(to) || moved.has(to);
      if (!vacated || !isFree) moved.delete(from);
    }
  }
}

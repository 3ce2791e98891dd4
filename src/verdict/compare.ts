import type { Unknown } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import { byCodeUnit, type Component, type System } from '../model/system.ts';
import { nodeOf } from './compare-canonical.ts';
import { compareControls } from './compare-controls.ts';
import { compareFindings, type Relint } from './compare-findings.ts';
import { compareGrants, placeOf } from './compare-grants.ts';
import { type Pair, pairSystems } from './compare-systems.ts';
import type { Comparison, ComponentChange, Rename } from './comparison.ts';
import type { Verdict } from './verdict.ts';

/** One system of a side, and what the same rules say about another form of it. */
export interface Linted {
  readonly system: System;
  readonly relint: Relint;
}

/** One revision, or one set of files. */
export interface Side {
  readonly systems: readonly Linted[];
  readonly verdict: Verdict;
}

/**
 * What differs between two sides that were linted with the same rules. Places, files and the order of anything make no
 * difference; neither do ids and names of systems that changed while nothing else did. Where one side is incomplete,
 * nothing is said to be gone that may be in what could not be read. `alone`: the only system of one side is the only
 * system of the other, whatever it is called.
 */
export function compare(base: Side, head: Side, alone = false): Comparison {
  const relintOf = new Map(base.systems.map(({ system, relint }) => [system, relint]));
  const { pairs, gone, fresh } = pairSystems(
    base.systems.map(({ system }) => system),
    head.systems.map(({ system }) => system),
    alone,
  );
  const paired = new Set(pairs.map((pair) => mask(pair.base.name)));
  const unread = !head.verdict.complete;
  const keep = (system: string): boolean => unread && !paired.has(system);
  const findings = compareFindings(base.verdict, head.verdict, pairs, relintOf, keep);
  const everything = [...pairs].sort((a, b) => byCodeUnit(a.head.name, b.head.name));
  const grants = everything.map(compareGrants);
  const controls = everything.map(compareControls);
  const lost = unread ? [] : gone;
  const unknown = newlyUnknown(base.verdict, head.verdict, pairs);
  return {
    ...findings,
    ...(unknown.length > 0 ? { unknown } : {}),
    grants: {
      widened: [...grants.flatMap(({ widened }) => widened), ...fresh.flatMap((head) => grantsOfNew(head))],
      narrowed: grants.flatMap(({ narrowed }) => narrowed),
    },
    controls: {
      added: controls.flatMap(({ added }) => added),
      removed: controls.flatMap(({ removed }) => removed),
      weakened: controls.flatMap(({ weakened }) => weakened),
    },
    components: {
      added: [
        ...fresh.flatMap((system) => changes(system, system.components)),
        ...everything.flatMap(newOnes),
      ],
      removed: [
        ...lost.flatMap((system) => changes(system, system.components)),
        ...everything.flatMap(oldOnes),
      ],
      renamed: everything.flatMap(renamed),
    },
  };
}

/** Checks that cannot judge now and that the base did not have, or could answer. */
function newlyUnknown(base: Verdict, head: Verdict, pairs: readonly Pair[]): Unknown[] {
  const pairOf = new Map(pairs.map((pair) => [mask(pair.base.name), pair]));
  const known = new Set(
    base.unknown.map((each) => {
      const pair = pairOf.get(each.system);
      return doubt(
        { ...each, system: pair ? mask(pair.head.name) : each.system },
        pair?.naming ?? ((id) => id),
      );
    }),
  );
  return head.unknown.filter((each) => !known.has(doubt(each, (id) => id)));
}

const doubt = ({ rule, system, subject, facts }: Unknown, naming: (id: string) => string): string =>
  JSON.stringify([rule, system, ...[...subject, '', ...facts].map((id) => nodeOf(id, naming))]);

const NOBODY: Pick<System, 'components' | 'byId' | 'flows'> = { components: [], byId: new Map(), flows: [] };

/** All grants of a system that was not there. */
const grantsOfNew = (head: System) =>
  compareGrants({ base: { ...head, ...NOBODY }, head, renames: new Map(), naming: (id) => id }).widened;

const newOnes = ({ base, head, naming }: Pair): ComponentChange[] => {
  const known = new Set(base.components.map(({ id }) => naming(id)));
  return changes(
    head,
    head.components.filter(({ id }) => !known.has(id)),
  );
};

const oldOnes = ({ base, head, naming }: Pair): ComponentChange[] =>
  changes(
    head,
    base.components.filter(({ id }) => !head.byId.has(naming(id))),
  );

const changes = ({ name }: System, components: readonly Component[]): ComponentChange[] =>
  components.map(({ id, kind, layer, origin, path }) => ({
    system: mask(name),
    id: mask(id),
    kind,
    layer,
    at: placeOf(origin, path),
  }));

const renamed = ({ head, renames }: Pair): Rename[] =>
  [...renames]
    .map(([from, to]) => ({ system: mask(head.name), from: mask(from), to: mask(to) }))
    .sort((a, b) => byCodeUnit(a.from, b.from));

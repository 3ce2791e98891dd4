import type { Placed } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import { rankOf } from '../finding/severity.ts';
import { type Assertion, type AssertionForm, assertionsOf, type Written } from '../model/assertions.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { Places } from '../rules/assert-places.ts';
import { nodeOf } from './compare-canonical.ts';
import { placeOf } from './compare-grants.ts';
import { type Pair, pairSystems } from './compare-systems.ts';

/** An own assertion that is gone or says less than before. */
export interface AssertionChange {
  readonly id: string;
  /** Names of the systems for which it is, in order. */
  readonly systems: readonly string[];
  /** As clauses: `removed`, `severity lowered from high to low; no longer from inbox`. */
  readonly how: string;
  /** Whether nothing of it is left; then it stands on the other side. */
  readonly gone: boolean;
  readonly at: Placed;
}

/** What one side asserts: the systems, and what `maestro.assert.yaml` says beside them. */
export interface Asserting {
  readonly systems: readonly System[];
  readonly assertions: readonly Assertion[];
}

type Change = Omit<AssertionChange, 'systems'>;

/**
 * What a change takes from own assertions, for a reviewer. Which file an assertion stands in makes no difference, nor
 * do new ids of what it names. Both sides have to have been read completely: what cannot be read looks as if it was gone.
 */
export function compareAssertions(base: Asserting, head: Asserting): AssertionChange[] {
  const { pairs, gone } = pairSystems(base.systems, head.systems, false);
  const found = new Map<string, { change: Change; systems: string[] }>();
  const add = (system: string, change: Change) => {
    const { id, how, at } = change;
    const key = JSON.stringify([id, how, at.location]);
    const there = found.get(key);
    if (there) there.systems.push(mask(system));
    else found.set(key, { change, systems: [mask(system)] });
  };
  for (const pair of pairs) {
    const after = new Map(statedOf(pair.head, head).map((each) => [each.id, each]));
    for (const before of statedOf(pair.base, base)) {
      const now = after.get(before.id);
      const how = now ? lessIn(before, now, pair) : [];
      if (!now) add(pair.head.name, changeOf(before, REMOVED, true));
      else if (how.length > 0) add(pair.head.name, changeOf(now, how.join('; '), false));
    }
  }
  for (const system of gone)
    for (const each of statedOf(system, base)) add(system.name, changeOf(each, GONE, true));
  return [...found.values()]
    .map(({ change, systems }) => ({ ...change, systems: systems.sort(byCodeUnit) }))
    .sort((a, b) => byCodeUnit(a.id, b.id) || byCodeUnit(a.how, b.how));
}

const REMOVED = 'removed';
const GONE = 'gone with its description';

const statedOf = (system: System, { assertions }: Asserting): Assertion[] => [
  ...system.files.flatMap(assertionsOf),
  ...assertions.filter((each) => each.system === null || each.system === system.name),
];

const changeOf = ({ id, origin, path }: Assertion, how: string, gone: boolean): Change => ({
  id: mask(id),
  how: mask(how),
  gone,
  at: placeOf(origin, path),
});

function lessIn(before: Assertion, now: Assertion, pair: Pair): string[] {
  const milder =
    rankOf(now.severity) > rankOf(before.severity)
      ? [`severity lowered from ${before.severity} to ${now.severity}`]
      : [];
  const [was] = before.forms;
  const [is] = now.forms;
  return was === undefined || is === undefined ? milder : [...milder, ...lessSaid(was, is, pair)];
}

function lessSaid(was: AssertionForm, is: AssertionForm, { head, naming }: Pair): string[] {
  const places = (): Places => new Places(head, head.origin, null);
  const mapped = (names: readonly Written[]): Written[] =>
    names.map((name) => ({ ...name, id: nodeOf(name.id, naming) }));
  if (was.is === 'never' && is.is === 'never') {
    const lost = (key: 'from' | 'to'): string[] => {
      const now = places().nodes(is[key], key);
      return mapped(was[key])
        .filter((name) => [...places().nodes([name], key)].some((id) => !now.has(id)))
        .map(({ id }) => `no longer ${key} ${id}`);
    };
    const enough = new Set(was.unless.map(({ id }) => id));
    const more = is.unless.filter(({ id }) => !enough.has(id)).map(({ id }) => `also holds with ${id}`);
    return [...lost('from'), ...lost('to'), ...more];
  }
  if (was.is === 'only' && is.is === 'only') {
    const agent = naming(was.agent.id);
    const other = agent === is.agent.id ? [] : [`about ${is.agent.id} instead of ${agent}`];
    const could = places().actions(mapped(was.may));
    const more = is.may.filter((name) => [...places().actions([name])].some((id) => !could.has(id)));
    return [...other, ...more.map(({ id }) => `also allows ${id}`)];
  }
  if (was.is === 'that' && is.is === 'that')
    return plain(was.text) === plain(is.text) ? [] : ['its expression says something else'];
  return [`${is.is} instead of ${was.is}`];
}

/** Without blanks, which say nothing unless they stand in quotes. */
const plain = (text: string): string => text.replace(/("[^"]*"|'[^']*')|\s+/g, (_, quoted) => quoted ?? '');

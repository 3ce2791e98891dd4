import { byCodeUnit, type Component, type Edge, type System } from '../model/system.ts';
import { canonical, type Naming, nodeOf } from './compare-canonical.ts';

export const same: Naming = (id) => id;
/** What a component of the head says. */
export const factsOf = ({ definition, raw }: Component): string => canonical(definition, raw, same);

/**
 * What each candidate looks like when the ids of candidates are not looked at but what they stand for is (colour
 * refinement, as in the test for isomorphic graphs of Weisfeiler and Leman); with `around`, also by who refers to it.
 */
export function refine(
  base: System,
  head: System,
  ours: readonly Component[],
  theirs: readonly Component[],
  pairs: ReadonlyMap<string, string>,
  around: boolean,
): Map<Component, number> {
  const numbers = new Map<string, number>();
  const number = (look: string): number => {
    const known = numbers.get(look) ?? numbers.size;
    numbers.set(look, known);
    return known;
  };
  let looks = new Map([...ours, ...theirs].map((each) => [each, number(each.kind)]));
  const naming =
    ({ byId }: System, settled: Naming): Naming =>
    (id) => {
      const look = looks.get(byId.get(id)!);
      return look === undefined ? `=${settled(id)}` : `?${look}`;
    };
  const ofBase = naming(base, (id) => pairs.get(id) ?? id);
  const ofHead = naming(head, same);
  for (let kinds = 0; kinds < numberOf(looks); ) {
    kinds = numberOf(looks);
    looks = new Map([
      ...ours.map((each): [Component, number] => [each, number(lookOf(base, each, ofBase, around))]),
      ...theirs.map((each): [Component, number] => [each, number(lookOf(head, each, ofHead, around))]),
    ]);
  }
  return looks;
}

const numberOf = (looks: ReadonlyMap<Component, number>): number => new Set(looks.values()).size;

function lookOf({ flows }: System, component: Component, naming: Naming, around: boolean): string {
  const facts = `${component.kind} ${canonical(component.definition, component.raw, naming)}`;
  if (!around) return facts;
  const into = [...component.in.values()].flat().map((edge) => edgeLook(edge, naming));
  const declared = flows
    .filter(({ from, to }) => from === component || to === component)
    .map((edge) => edgeLook(edge, naming));
  return JSON.stringify([facts, into.sort(byCodeUnit), declared.sort(byCodeUnit)]);
}

const edgeLook = ({ key, from, to, raw, definition }: Edge, naming: Naming): string =>
  JSON.stringify([
    key,
    nodeOf(from.id, naming),
    nodeOf(to.id, naming),
    definition ? canonical(definition, raw, naming) : '',
  ]);

/** Candidates that look alike, those of the base beside those of the head. */
export function groups(
  ours: readonly Component[],
  theirs: readonly Component[],
  looks: ReadonlyMap<Component, number>,
): [Component[], Component[]][] {
  const found = new Map<number, [Component[], Component[]]>();
  const at = (each: Component) => {
    const look = looks.get(each)!;
    const group = found.get(look) ?? [[], []];
    found.set(look, group);
    return group;
  };
  for (const each of ours) at(each)[0].push(each);
  for (const each of theirs) at(each)[1].push(each);
  return [...found.values()];
}

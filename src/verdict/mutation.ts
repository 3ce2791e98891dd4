import type { Location } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { OPERATORS } from '../rules/mutate/operators.ts';
import type { MutantName, Proof, Tried } from '../rules/mutate/proof.ts';
import { said } from '../rules/mutate/proof.ts';
import { written } from './place.ts';

/** A mutant at a line, with every value that looks like a secret masked. */
export interface PlacedMutant extends MutantName {
  readonly says: string;
  readonly location: Location;
  readonly outcome: Tried['outcome'];
  readonly by: readonly string[];
  /** For an equivalent one: why, and what has to go too. */
  readonly reason?: string;
  readonly partners?: readonly MutantName[];
}

/** An entry of a list of equivalents that does not hold, where it is written. */
export interface PlacedMistake {
  readonly entry: string;
  readonly message: string;
  readonly location: Location;
}

/** What the mutants of one description showed. */
export interface MutationVerdict {
  readonly system: string;
  readonly file: string;
  /** By file and line, then by operator. */
  readonly mutants: readonly PlacedMutant[];
  readonly mistakes: readonly PlacedMistake[];
}

export const placeProof = (system: System, { tried, wrong }: Proof): MutationVerdict => ({
  system: mask(system.name),
  file: system.file,
  mutants: tried.map(placed).sort(byPlace),
  mistakes: wrong.map(({ entry, message }) => ({
    entry: mask(said(entry)),
    message: mask(message),
    location: written(entry.anchor).location,
  })),
});

function placed({ mutant, outcome, by, entry }: Tried): PlacedMutant {
  const { operator, on, key, says, edits } = mutant;
  return {
    ...maskedName({ operator, on, key }),
    says: mask(says),
    location: written(edits[0]!).location,
    outcome,
    by,
    ...(entry && { reason: mask(entry.reason), partners: entry.partners.map(maskedName) }),
  };
}

const maskedName = ({ operator, on, key }: MutantName): MutantName => ({
  operator,
  on: on.map(mask),
  key: mask(key),
});

const order = new Map(OPERATORS.map(({ id }, i) => [id, i]));

const byPlace = (a: PlacedMutant, b: PlacedMutant): number =>
  byCodeUnit(a.location.file, b.location.file) ||
  a.location.line - b.location.line ||
  a.location.column - b.location.column ||
  order.get(a.operator)! - order.get(b.operator)! ||
  byCodeUnit(said(a), said(b));

/** How many mutants ended in each way. */
export function tallyMutants(mutants: readonly Pick<PlacedMutant, 'outcome'>[]) {
  const of = (outcome: Tried['outcome']) => mutants.filter((each) => each.outcome === outcome).length;
  const [noticed, unjudged, survived, equivalent, refused] = [
    of('noticed'),
    of('unjudged'),
    of('survived'),
    of('equivalent'),
    of('refused'),
  ];
  // What the language refuses nobody can write by mistake: it counts for nothing.
  return {
    counted: noticed + unjudged + survived + equivalent,
    noticed,
    unjudged,
    survived,
    equivalent,
    refused,
  };
}

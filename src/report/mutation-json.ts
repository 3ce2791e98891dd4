import type { Problem } from '../finding/finding.ts';
import { OPERATORS } from '../rules/mutate/operators.ts';
import type { MutantName } from '../rules/mutate/proof.ts';
import { type MutationVerdict, type PlacedMutant, tallyMutants } from '../verdict/mutation.ts';
import { jsonText } from './escape.ts';
import { locationJson, problemJson } from './paths-json.ts';

/** Everything that a report of `maestro test --mutate` says. */
export interface MutationReport {
  readonly version: string;
  /** The smallest set of rules that judged, or of the config. */
  readonly profile: string;
  /** False when something could not be read: then nobody knows what would be noticed there. */
  readonly complete: boolean;
  readonly systems: readonly MutationVerdict[];
  readonly errors: readonly Problem[];
}

/** The proof for programs, `mutation-v1`: the shape of `schemas/mutation-1.schema.json`. */
export const mutationJson = ({ version, profile, complete, systems, errors }: MutationReport): string =>
  `${jsonText({
    version: 'mutation-v1',
    tool: { name: 'maestro', version },
    profile,
    complete,
    systems: systems.map(systemJson),
    errors: errors.map(problemJson),
    summary: {
      systems: systems.length,
      ...tallyMutants(systems.flatMap(({ mutants }) => mutants)),
      mistakes: systems.reduce((sum, { mistakes }) => sum + mistakes.length, 0),
    },
  })}\n`;

const systemJson = ({ system, file, mutants, mistakes }: MutationVerdict) => {
  const tally = tallyMutants(mutants);
  return {
    system,
    file,
    ...tally,
    kill_rate: rateOf(tally),
    operators: OPERATORS.map(({ id, does }) => {
      const own = tallyMutants(mutants.filter(({ operator }) => operator === id));
      return { id, does, counted: own.counted, noticed: own.noticed };
    }),
    mutants: mutants.map(mutantJson),
    mistakes: mistakes.map(({ entry, message, location }) => ({
      entry,
      message,
      location: locationJson(location),
    })),
  };
};

const mutantJson = ({ location, says, outcome, by, reason, partners, ...name }: PlacedMutant) => ({
  ...nameJson(name),
  says,
  location: locationJson(location),
  outcome,
  by,
  ...(reason !== undefined && { reason, with: (partners ?? []).map(nameJson) }),
});

const nameJson = ({ operator, on, key }: MutantName) => ({ change: operator, on, key });

/** Part of the counted mutants that rules notice, 0 to 1 with four decimals; 1 when there is none. */
export const rateOf = ({ counted, noticed }: ReturnType<typeof tallyMutants>): number =>
  counted === 0 ? 1 : Math.floor((noticed / counted) * 10_000) / 10_000;

import { type MutationReport, mutationJson } from '../../src/report/mutation-json.ts';
import { OUTCOMES_OF_MUTANTS } from '../../src/rules/mutate/proof.ts';
import type { PlacedMutant } from '../../src/verdict/mutation.ts';
import { placed } from '../report/verdict-fixture.ts';

const { location } = placed('intake');
const name = { operator: 'control-removed', on: ['payer'], key: 'controls.kill_switch' };

const mutants = OUTCOMES_OF_MUTANTS.map(
  (outcome): PlacedMutant => ({
    ...name,
    says: 'kill_switch: true removed',
    location,
    outcome,
    by: outcome === 'noticed' || outcome === 'equivalent' ? ['kill-switch-missing'] : [],
    ...(outcome === 'equivalent' && { reason: 'The host has one', partners: [name] }),
  }),
);
const problem = { code: 'empty', message: 'The file is empty', file: 'maestro.yaml', snippet: null };

/** A report in which every outcome occurs. */
export const report = (profile = 'strict'): MutationReport => ({
  version: '0.0.0',
  profile,
  complete: false,
  systems: [
    {
      system: 'payments',
      file: location.file,
      mutants,
      mistakes: [{ entry: 'control-removed payer controls.sbom', message: 'is listed twice', location }],
    },
  ],
  errors: [
    { ...problem, location: null },
    { ...problem, location, suggestion: 'Begin it with `maestro: 1`' },
  ],
});

/** JSON of `maestro test --mutate` with everything in it that it can hold. */
export const mutationReports = (): unknown[] =>
  ['essential', 'recommended', 'strict'].map((profile) => JSON.parse(mutationJson(report(profile))));

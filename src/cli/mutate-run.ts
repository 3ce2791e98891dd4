import { ABOUT } from '../../build/about.ts';
import type { Problem } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { presentable } from '../finding/problems.ts';
import type { Profile } from '../finding/severity.ts';
import type { System } from '../model/system.ts';
import { type MutationReport, mutationJson } from '../report/mutation-json.ts';
import { isLoose, mutationText } from '../report/mutation-text.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { Evidence } from '../rules/evidence.ts';
import type { Rule } from '../rules/hit.ts';
import { prove } from '../rules/mutate/proof.ts';
import { type MutationVerdict, placeProof, tallyMutants } from '../verdict/mutation.ts';
import { assertionRules } from './assert-rules.ts';
import { colorLevel } from './color.ts';
import { Disk } from './disk.ts';
import { readEquivalents } from './equivalents-file.ts';
import type { Io } from './io.ts';
import { searchFor, today } from './lint-run.ts';
import { loadPolicy, type Policy, type PolicyOptions } from './policy.ts';
import { loadCandidate, problemsOf } from './run.ts';
import { selection } from './selection.ts';
import { readAssertions } from './silence-files.ts';

export interface MutateOptions extends PolicyOptions {
  readonly format: 'text' | 'json';
  /** Which rules have to notice; `strict` when nobody says. */
  readonly profile?: Profile;
  /** The day of the run, in seconds since 1970. */
  readonly asOf?: number;
}

/** Weakens each description in every way there is, one at a time, and says what no rule and no assertion notices. */
export async function mutate(io: Io, paths: readonly string[], options: MutateOptions): Promise<Outcome> {
  const policy = await loadPolicy(io.cwd, options);
  const { systems, errors } =
    'length' in policy ? { systems: [], errors: policy } : await proveAll(io, paths, policy, options);
  const profile = options.profile ?? DEFAULT_PROFILE;
  print(io, { version: ABOUT.version, profile, complete: errors.length === 0, systems, errors }, options);
  if (errors.length > 0) return 'invalid';
  const mutants = systems.flatMap((system) => system.mutants);
  if (tallyMutants(mutants).counted === 0) {
    io.stderr.write(
      'maestro: there is nothing to take away: no description, or none that protects anything\n',
    );
    return 'nothing';
  }
  return mutants.some(isLoose) || systems.some(({ mistakes }) => mistakes.length > 0) ? 'findings' : 'clean';
}

/** With fewer rules, more goes unnoticed by choice. */
const DEFAULT_PROFILE: Profile = 'strict';

interface Proved {
  readonly systems: readonly MutationVerdict[];
  readonly errors: readonly Problem[];
}

async function proveAll(
  io: Io,
  paths: readonly string[],
  { config, pack, problems: wrong }: Policy,
  options: MutateOptions,
): Promise<Proved> {
  const { files, problems } = await searchFor(io, paths, config);
  const disk = new Disk(io.cwd);
  const context = { asOf: options.asOf ?? today(), evidence: (each: Evidence) => disk.evidence(each) };
  const rulesFor = await selection(pack.rules, config, options.profile ?? DEFAULT_PROFILE, []);
  const asserted = readAssertions(io.cwd, disk);
  const beside = 'problems' in asserted ? [] : asserted.all;
  const errors: Problem[] = [...wrong, ...problems, ...('problems' in asserted ? asserted.problems : [])];
  const systems: MutationVerdict[] = [];
  const known = new Map<string, System>();
  for (const candidate of files) {
    const loaded = await loadCandidate(candidate, disk);
    // What others include is weakened with them.
    if (loaded.is === 'foreign' || (loaded.is === 'invalid' && loaded.looksIncluded && !candidate.named))
      continue;
    const listed = readEquivalents(disk, candidate.name);
    const mistakes = loaded.is === 'system' ? problemsOf(loaded.system, pack, known) : loaded.problems;
    errors.push(...presentable(mistakes), ...listed.problems);
    if (loaded.is !== 'system' || mistakes.length > 0 || listed.problems.length > 0) continue;
    const rules: readonly Rule[] = rulesFor(candidate.path);
    const own = assertionRules(loaded.system, beside, pack.vocabulary);
    errors.push(...presentable(own.problems));
    if (own.problems.length > 0) continue;
    // What an assertion names is looked up anew: the system that is judged is another one each time.
    const judge = (system: System) =>
      evaluate(
        system,
        [...rules, ...assertionRules(system, beside, pack.vocabulary).rules],
        pack.vocabulary,
        context,
      );
    systems.push(placeProof(loaded.system, prove(loaded.system, judge, listed.equivalents)));
  }
  return { systems, errors };
}

function print({ stdout, env }: Io, report: MutationReport, { format }: MutateOptions): void {
  if (format === 'json') {
    stdout.write(mutationJson(report));
    return;
  }
  const color = colorLevel(env, stdout.isTTY);
  const width = (stdout.isTTY && stdout.columns) || 100;
  stdout.write(mutationText(report, { color, width, wrap: stdout.isTTY, links: false }));
}

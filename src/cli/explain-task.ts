import type { Problem } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import type { Profile } from '../finding/severity.ts';
import type { System } from '../model/system.ts';
import type { Evidence } from '../rules/evidence.ts';
import type { Rule } from '../rules/hit.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { Disk } from './disk.ts';
import type { Io } from './io.ts';
import { searchFor, today } from './lint-run.ts';
import { loadPolicy, type PolicyOptions } from './policy.ts';
import { loadCandidate, runLint, type Task, withWaivers } from './run.ts';
import { selection } from './selection.ts';
import { loadSilence } from './silence-files.ts';
import { statedBy } from './stated.ts';

export interface TaskOptions extends PolicyOptions {
  readonly profile?: Profile;
  readonly asOf?: number;
}

/** One system that was linted, with the rules that ran on it. */
export interface Linted {
  readonly system: System;
  /** Its name as reports show it. */
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** Everything that explanations are taken from: the same run that `lint` does, and the systems it saw. */
export interface Relint {
  readonly task: Task;
  readonly verdict: Verdict;
  readonly systems: readonly Linted[];
}

/** Lints as `maestro lint` would with these paths and options; what is wrong with the config comes back as problems. */
export async function relint(
  io: Io,
  paths: readonly string[],
  options: TaskOptions,
): Promise<Relint | readonly Problem[]> {
  const policy = await loadPolicy(io.cwd, options);
  if ('length' in policy) return policy;
  const { config, pack } = policy;
  const { files, problems } = await searchFor(io, paths, config);
  const disk = new Disk(io.cwd);
  const context = { asOf: options.asOf ?? today(), evidence: (each: Evidence) => disk.evidence(each) };
  const rulesFor = await selection(pack.rules, config, options.profile, []);
  const around = loadSilence(io.cwd, disk, config);
  const task = { files, pack, rulesFor, context, library: disk, silence: around.silence };
  const verdict = await runLint(task, [...policy.problems, ...problems, ...around.problems]);
  return { task, verdict, systems: await systemsOf(task, verdict) };
}

/** The same run with every rule there is: for findings that were made with another profile or config. */
export async function relintWithAll({ task }: Relint): Promise<Relint> {
  const all = { ...task, rulesFor: (_: string, own: readonly Rule[] = []) => [...task.pack.rules, ...own] };
  const verdict = await runLint(all, []);
  return { task: all, verdict, systems: await systemsOf(all, verdict) };
}

async function systemsOf(task: Task, { files }: Verdict): Promise<Linted[]> {
  const linted = new Set(files.filter(({ status }) => status === 'linted').map(({ path }) => path));
  const systems: Linted[] = [];
  for (const candidate of task.files) {
    if (!linted.has(candidate.name)) continue;
    const loaded = await loadCandidate(candidate, task.library);
    if (loaded.is !== 'system') continue;
    const system = withWaivers(loaded.system, task);
    const { rules: own } = await statedBy(system, task);
    systems.push({ system, name: mask(system.name), rules: task.rulesFor(candidate.path, own) });
  }
  return systems;
}

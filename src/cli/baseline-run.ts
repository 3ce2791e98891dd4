import { join } from 'node:path';
import type { Finding, Problem } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { mask } from '../finding/secrets.ts';
import { baselineJson, baselineText } from '../report/baseline.ts';
import { visible } from '../report/escape.ts';
import { painter } from '../report/paint.ts';
import { problemText } from '../report/text-problem.ts';
import { count } from '../report/words.ts';
import type { Evidence } from '../rules/evidence.ts';
import { type BaselineEntry, entriesOf, hold, pruned } from '../verdict/baseline.ts';
import { WAIVER_EXPIRED } from '../verdict/silence-policy.ts';
import { colorLevel } from './color.ts';
import { BASELINE_NAME } from './config.ts';
import { Disk } from './disk.ts';
import { UserError } from './errors.ts';
import type { TaskOptions } from './explain-task.ts';
import { nameOf } from './files.ts';
import type { Io } from './io.ts';
import { searchFor, today } from './lint-run.ts';
import { writeFile } from './output.ts';
import { loadPolicy, type Policy } from './policy.ts';
import { runLint, type Task } from './run.ts';
import { selection } from './selection.ts';
import { baselineName, loadSilence, readBaseline } from './silence-files.ts';

/** What `maestro baseline` can be asked to do. */
export type BaselineAction = 'create' | 'prune' | 'show';

export interface BaselineOptions extends TaskOptions {
  readonly baseline?: string;
  /** Take in differences to the repository too. */
  readonly drift?: boolean;
}

/** Makes, cleans or shows the baseline. Nothing is written when something could not be read: it might hide too much. */
export async function baseline(
  io: Io,
  action: BaselineAction,
  paths: readonly string[],
  options: BaselineOptions,
): Promise<Outcome> {
  const policy = await loadPolicy(io.cwd, options);
  if ('length' in policy) return invalid(io, policy);
  const disk = new Disk(io.cwd);
  const at = baselineName(io.cwd, disk, policy.config, options);
  const file = at?.name ?? defaultName(io, policy);
  const old = action === 'create' ? null : entriesIn(disk, file, at !== null);
  if (old && 'problems' in old) return invalid(io, old.problems);
  const found = await look(io, disk, paths, policy, options);
  if ('problems' in found) return found.problems.length > 0 ? invalid(io, found.problems) : 'nothing';
  const entries = old?.entries ?? [];
  if (action === 'show') {
    const paint = painter(colorLevel(io.env, io.stdout.isTTY) > 0, false);
    io.stdout.write(baselineText(file, hold(entries, found), paint));
    return 'clean';
  }
  if (action === 'create') {
    const fresh = entriesOf(found.counting);
    writeFile(io.cwd, file, baselineJson(fresh));
    io.stdout.write(`${visible(file)}: ${count(fresh.length, 'finding')} written down\n`);
    return 'clean';
  }
  const left = pruned(entries, found);
  if (JSON.stringify(left) !== JSON.stringify(entries)) writeFile(io.cwd, file, baselineJson(left));
  io.stdout.write(`${visible(file)}: ${entries.length - left.length} taken out, ${left.length} left\n`);
  return 'clean';
}

interface Found {
  readonly findings: readonly Finding[];
  /** Those that nobody waived. */
  readonly counting: readonly Finding[];
  readonly ran: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Everything that is found as `lint` would find it without a baseline; no problems: there was nothing to lint. */
async function look(
  io: Io,
  disk: Disk,
  paths: readonly string[],
  { config, pack, problems: wrong }: Policy,
  options: BaselineOptions,
): Promise<Found | { readonly problems: readonly Problem[] }> {
  const { files, problems } = await searchFor(io, paths, config);
  const around = loadSilence(io.cwd, disk, { ...config, baseline: null }, {});
  const ran = new Map<string, ReadonlySet<string>>();
  const drift = options.drift ? await import('./drift-run.ts') : null;
  const { profile } = options;
  const context = { asOf: options.asOf ?? today(), evidence: (each: Evidence) => disk.evidence(each) };
  const { vocabulary } = pack;
  const compared = { cwd: io.cwd, folder: '.', config, profile, only: [], vocabulary, context };
  const others = drift?.DRIFT_RULES ?? [];
  const task: Task = {
    files,
    pack,
    rulesFor: await selection(pack.rules, config, options.profile, []),
    context,
    library: disk,
    silence: { ...around.silence, baseline: null },
    seen: ({ system, rules }) =>
      ran.set(mask(system.name), new Set([...rules, ...others].map(({ id }) => id))),
    ...(drift ? { after: await drift.driftAfter(compared, disk) } : {}),
  };
  const waivers = around.problems.filter(({ file }) => !file.endsWith(BASELINE_NAME));
  const verdict = await runLint(task, [...wrong, ...problems, ...waivers]);
  if (!verdict.complete) return { problems: verdict.errors };
  if (ran.size === 0) {
    io.stderr.write('maestro: nothing to lint, so nothing is known\n');
    return { problems: [] };
  }
  const counting = verdict.findings.filter(({ rule }) => rule !== WAIVER_EXPIRED);
  return { findings: [...counting, ...verdict.waived], counting, ran };
}

/** Beside the config, where there is one. */
const defaultName = ({ cwd }: Io, { config }: Policy): string =>
  nameOf(cwd, join(config.file === null ? cwd : config.folder, BASELINE_NAME));

function entriesIn(
  disk: Disk,
  file: string,
  isThere: boolean,
): { readonly entries: readonly BaselineEntry[] } | { readonly problems: readonly Problem[] } {
  if (!isThere) throw new UserError('there is no baseline', '`maestro baseline create` makes one');
  return readBaseline(disk, { name: file }) ?? { entries: [] };
}

function invalid(io: Io, problems: readonly Problem[]): Outcome {
  const paint = painter(false, false);
  const options = { color: 0, width: 100, wrap: false, links: false } as const;
  io.stderr.write(`${problems.map((problem) => problemText(problem, paint, options)).join('\n\n')}\n`);
  return 'invalid';
}

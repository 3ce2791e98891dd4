import type { Outcome } from '../finding/outcome.ts';
import { mask } from '../finding/secrets.ts';
import type { Profile, Severity } from '../finding/severity.ts';
import { isPath } from '../report/headline.ts';
import { type PathsReport, pathsJson } from '../report/paths-json.ts';
import { pathsText } from '../report/paths-text.ts';
import type { Evidence } from '../rules/evidence.ts';
import { tellsWay } from '../rules/rule.ts';
import { judge as judged } from '../rules/undeclared.ts';
import { type LintedSystem, planClosing } from '../verdict/closing.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { colorLevel } from './color.ts';
import { Disk } from './disk.ts';
import type { Io } from './io.ts';
import { judge, knownRule, nothing, searchFor, today } from './lint-run.ts';
import { emptyVerdict } from './output.ts';
import { loadPolicy, type PolicyOptions } from './policy.ts';
import { runLint } from './run.ts';
import { selection } from './selection.ts';
import { loadSilence } from './silence-files.ts';

export interface PathsOptions extends PolicyOptions {
  readonly format: 'text' | 'json';
  readonly failOn?: Severity | 'never';
  readonly profile?: Profile;
  readonly rule: readonly string[];
  /** The day of the run, in seconds since 1970. */
  readonly asOf?: number;
}

/** Lints as `maestro lint` does, and prints the attack paths that count with what closes them. */
export async function paths(io: Io, given: readonly string[], options: PathsOptions): Promise<Outcome> {
  const policy = await loadPolicy(io.cwd, options);
  if ('length' in policy) {
    print(io, reportOf(emptyVerdict(policy), []), options);
    return 'invalid';
  }
  const { config, pack } = policy;
  const ids = pack.rules.map(({ id }) => id);
  for (const id of options.rule) knownRule(id, ids);
  const { files, problems } = await searchFor(io, given, config);
  const disk = new Disk(io.cwd);
  const context = { asOf: options.asOf ?? today(), evidence: (each: Evidence) => disk.evidence(each) };
  const rulesFor = await selection(pack.rules, config, options.profile, options.rule);
  const around = loadSilence(io.cwd, disk, config);
  const systems: LintedSystem[] = [];
  const seen = (linted: LintedSystem) => {
    systems.push(linted);
  };
  const task = { files, pack, rulesFor, context, library: disk, silence: around.silence, seen };
  const linted = await runLint(task, [...policy.problems, ...problems, ...around.problems]);
  const verdict: Verdict = { ...linted, findings: linted.findings.filter(isPath) };
  if (nothing(verdict)) {
    io.stderr.write('maestro: there is nothing to look at: no description, or no rule\n');
    if (options.format === 'json') print(io, reportOf(verdict, []), options);
    return 'nothing';
  }
  const ground = { vocabulary: pack.vocabulary, context };
  const plans = systems.flatMap((each) => {
    const name = mask(each.system.name);
    const own = verdict.findings.filter(({ system }) => system === name);
    return own.length === 0 ? [] : [planClosing(each, own, ground)];
  });
  const about = systems.flatMap(({ rules }) => rules.filter(({ form }) => tellsWay(form)));
  const unreached = systems.flatMap(({ system, world }) =>
    system.components.some((each) => judged(() => world.isAttackerControlled(each)).is === 'true')
      ? []
      : [mask(system.name)],
  );
  const looked = { rules: new Set(about.map(({ id }) => id)).size, unreached };
  print(io, { ...reportOf(verdict, plans), ...looked }, options);
  return judge(verdict, options.failOn ?? config.failOn ?? 'high', false);
}

const reportOf = (verdict: Verdict, plans: PathsReport['plans']): PathsReport => ({
  version: verdict.version,
  complete: verdict.complete,
  plans,
  systems: verdict.files.filter(({ status }) => status === 'linted').length,
  rules: 0,
  unreached: [],
  errors: verdict.errors,
});

function print({ stdout, env }: Io, report: PathsReport, { format }: PathsOptions): void {
  if (format === 'json') {
    stdout.write(pathsJson(report));
    return;
  }
  const color = colorLevel(env, stdout.isTTY);
  const width = (stdout.isTTY && stdout.columns) || 100;
  stdout.write(pathsText(report, { color, width, wrap: stdout.isTTY, links: stdout.isTTY && color > 0 }));
}

import type { Outcome } from '../finding/outcome.ts';
import { atLeast, type Profile, type Severity } from '../finding/severity.ts';
import { similar } from '../finding/similar.ts';
import { visible } from '../report/escape.ts';
import type { Evidence } from '../rules/evidence.ts';
import type { Rule } from '../rules/hit.ts';
import type { Pack } from '../rules/pack.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Config } from './config.ts';
import { Disk } from './disk.ts';
import { UserError } from './errors.ts';
import { findFiles, type Search } from './files.ts';
import type { Io } from './io.ts';
import { emptyVerdict, type Wanted, writeReports } from './output.ts';
import { loadPolicy, type Policy } from './policy.ts';
import { progress } from './progress.ts';
import { runLint } from './run.ts';
import { selection } from './selection.ts';

/** What `maestro lint` was asked for. */
export interface LintOptions {
  readonly format: readonly Wanted[];
  readonly config?: string;
  readonly pack?: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly failOnUnknown?: boolean;
  readonly profile?: Profile;
  readonly rule: readonly string[];
  readonly framework?: readonly string[];
  /** The day of the run, in seconds since 1970. */
  readonly asOf?: number;
  readonly allowEmpty?: boolean;
  readonly sarifDir?: string;
  readonly sarifCategory?: string;
}

/** Lints what `paths` stand for and writes the reports that are wanted. */
export async function lint(io: Io, paths: readonly string[], options: LintOptions): Promise<Outcome> {
  const policy = await loadPolicy(io.cwd, options);
  if ('length' in policy) {
    await writeReports(io, emptyVerdict(policy), options.format, options);
    return 'invalid';
  }
  const { config, pack } = policy;
  for (const id of options.rule)
    knownRule(
      id,
      pack.rules.map((rule) => rule.id),
    );
  const verdict = await verdictOf(io, paths, policy, options);
  const empty = nothing(verdict) && !options.allowEmpty;
  // A program that asked for a report gets one, whatever was found.
  if (!empty || options.format.length > 0 || options.sarifDir) {
    await writeReports(io, verdict, options.format, options);
  }
  if (empty) {
    io.stderr.write(start(verdict));
    return 'nothing';
  }
  return judge(
    verdict,
    options.failOn ?? config.failOn ?? 'high',
    options.failOnUnknown ?? config.failOnUnknown,
  );
}

/** Lints what `paths` stand for by a policy, and tells all about it. */
async function verdictOf(
  io: Io,
  paths: readonly string[],
  policy: Policy,
  options: LintOptions,
): Promise<Verdict> {
  const { config, pack } = policy;
  const { files, problems } = await searchFor(io, paths, config);
  const disk = new Disk(io.cwd);
  const context = { asOf: options.asOf ?? today(), evidence: (each: Evidence) => disk.evidence(each) };
  const rules = await chosen(pack, options);
  const rulesFor = await selection(rules, config, options.profile, options.rule);
  const wrong = [...policy.problems, ...problems];
  return runLint({ files, pack, rulesFor, context, library: disk }, wrong, progress(io, files.length));
}

/** Most runs name no framework, and do not load what it takes to know them. */
const chosen = async (pack: Pack, { framework = [] }: LintOptions): Promise<readonly Rule[]> =>
  framework.length === 0 ? pack.rules : (await import('./framework.ts')).ofFrameworks(pack.rules, framework);

function knownRule(id: string, ids: readonly string[]): void {
  if (ids.includes(id)) return;
  const near = similar(id, ids);
  throw new UserError(
    `no rule is called ${id}`,
    near ? `Did you mean ${near}?` : '`maestro rules` lists them',
  );
}

/** Paths of the command line start from where it was typed, those of the config from its folder. */
export function searchFor({ cwd }: Io, paths: readonly string[], config: Config): Promise<Search> {
  const own = paths.length === 0 && config.paths.length > 0;
  return findFiles({
    cwd,
    paths: own ? config.paths : paths,
    from: own ? config.folder : cwd,
    ignore: config.ignore,
    ignoreFrom: config.folder,
  });
}

/** Nothing was checked: no file, or no rule. Neither is a pass. */
const nothing = ({ errors, files, rules }: Verdict): boolean =>
  errors.length === 0 && (files.every(({ status }) => status === 'skipped') || rules.length === 0);

function judge(verdict: Verdict, failOn: Severity | 'never', failOnUnknown: boolean): Outcome {
  if (!verdict.complete) return 'invalid';
  if (failOn !== 'never' && verdict.findings.some(({ severity }) => atLeast(severity, failOn)))
    return 'findings';
  return failOnUnknown && verdict.unknown.length > 0 ? 'findings' : 'clean';
}

function start({ files, rules }: Verdict): string {
  const [first, ...others] = files;
  if (rules.length === 0 && files.some(({ status }) => status === 'linted')) {
    return 'maestro: nothing was checked: the flags and the config leave no rule\n';
  }
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const why = first
    ? `${visible(first.path)}${more} is no description of ours: it begins without \`maestro: 1\``
    : 'no maestro.yaml or *.maestro.yaml here';
  return `maestro: nothing to lint: ${why}\n${START}`;
}

/** The only clock: the day of the run in UTC, in seconds since 1970. */
export const today = (): number => Math.floor(Date.now() / 86_400_000) * 86_400;

const START = `
Start with a file called maestro.yaml:

  maestro: 1
  system: { name: my-system }
  agents:
    helper:
      autonomy: bounded          # suggest | supervised | bounded | autonomous
      tools: { mail: { actions: [send] } }
  tools:
    mail: { kind: email, actions: { send: { effect: send } } }

Then run it again. Two whole systems to start from are in the examples folder of this package.
`;

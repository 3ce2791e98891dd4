import type { Outcome } from '../finding/outcome.ts';
import { atLeast, type Profile, type Severity } from '../finding/severity.ts';
import { similar } from '../finding/similar.ts';
import { visible } from '../report/escape.ts';
import { builtInPack } from '../rules/pack.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type Config, loadConfig } from './config.ts';
import { Disk } from './disk.ts';
import { UserError } from './errors.ts';
import { findFiles, type Search } from './files.ts';
import type { Io } from './io.ts';
import { emptyVerdict, type Wanted, writeReports } from './output.ts';
import { runLint } from './run.ts';
import { selection } from './selection.ts';

/** What `maestro lint` was asked for. */
export interface LintOptions {
  readonly format: readonly Wanted[];
  readonly config?: string;
  readonly failOn?: Severity | 'never';
  readonly failOnUnknown?: boolean;
  readonly profile?: Profile;
  readonly rule: readonly string[];
  /** The day of the run, in seconds since 1970. */
  readonly asOf?: number;
  readonly allowEmpty?: boolean;
  readonly sarifDir?: string;
  readonly sarifCategory?: string;
}

/** Lints what `paths` stand for and writes the reports that are wanted. */
export async function lint(io: Io, paths: readonly string[], options: LintOptions): Promise<Outcome> {
  const pack = builtInPack();
  const ids = pack.rules.map(({ id }) => id);
  for (const id of options.rule) knownRule(id, ids);
  const config = loadConfig(io.cwd, options.config, ids);
  if (Array.isArray(config)) {
    await writeReports(io, emptyVerdict(config), options.format, options);
    return 'invalid';
  }
  const search = await searchFor(io, paths, config as Config);
  const disk = new Disk(io.cwd);
  const rulesFor = await selection(pack.rules, config as Config, options.profile, options.rule);
  const verdict = runLint(search, pack, rulesFor, {
    asOf: options.asOf ?? today(),
    evidence: (each) => disk.evidence(each),
  });
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
    options.failOn ?? (config as Config).failOn ?? 'high',
    options.failOnUnknown ?? (config as Config).failOnUnknown,
  );
}

function knownRule(id: string, ids: readonly string[]): void {
  if (ids.includes(id)) return;
  const near = similar(id, ids);
  throw new UserError(
    `no rule is called ${id}`,
    near ? `Did you mean ${near}?` : '`maestro rules` lists them',
  );
}

/** Paths of the command line start from where it was typed, those of the config from its folder. */
function searchFor({ cwd }: Io, paths: readonly string[], config: Config): Promise<Search> {
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
    return 'maestro: nothing was checked: the config turns every rule off\n';
  }
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const why = first
    ? `${visible(first.path)}${more} is no description of ours: it begins without \`maestro: 1\``
    : 'no maestro.yaml or *.maestro.yaml here';
  return `maestro: nothing to lint: ${why}\n${START}`;
}

/** The only clock: the day of the run in UTC, in seconds since 1970. */
const today = (): number => Math.floor(Date.now() / 86_400_000) * 86_400;

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

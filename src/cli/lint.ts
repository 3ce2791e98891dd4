import { type Command, Option } from 'commander';
import type { Outcome } from '../finding/outcome.ts';
import { atLeast, PROFILES, type Profile, SEVERITIES, type Severity } from '../finding/severity.ts';
import { similar } from '../finding/similar.ts';
import { visible } from '../report/escape.ts';
import { builtInPack } from '../rules/pack.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type Config, loadConfig } from './config.ts';
import { Disk } from './disk.ts';
import { UserError } from './errors.ts';
import { findFiles, type Search } from './files.ts';
import type { End, Io } from './io.ts';
import { emptyVerdict, type Wanted, wantedFormats, writeReports } from './output.ts';
import { runLint } from './run.ts';
import { selection } from './selection.ts';

interface Options {
  readonly format: readonly Wanted[];
  readonly config?: string;
  readonly failOn?: Severity | 'never';
  readonly failOnUnknown?: boolean;
  readonly profile?: Profile;
  readonly rule: readonly string[];
  readonly allowEmpty?: boolean;
  readonly sarifDir?: string;
  readonly sarifCategory?: string;
}

export function addLint(program: Command, io: Io, end: End): void {
  const formats: Wanted[] = [];
  program
    .command('lint')
    .summary('check descriptions and report what is wrong (the default)')
    .description(
      'Lints every maestro.yaml and *.maestro.yaml it is given, or finds below the folders it is given.',
    )
    .argument('[paths...]', 'files or folders (default: this folder)')
    .addOption(
      new Option('-f, --format <format>', 'text, json or sarif; may repeat')
        .argParser((name: string) => wantedFormats.format(formats, name))
        .default(formats, 'text'),
    )
    .addOption(
      new Option(
        '-o, --output <file>',
        'where the format before it goes (default: standard output)',
      ).argParser((file: string) => wantedFormats.output(formats, file)),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on (default: high)').choices([
        ...SEVERITIES,
        'never',
      ]),
    )
    .option('--fail-on-unknown', 'exit 1 when a check could not judge')
    .addOption(new Option('--profile <profile>', 'which rules run').choices(PROFILES))
    .addOption(
      new Option('--rule <id>', 'run this rule alone; may repeat')
        .argParser((id: string, ids: string[]) => [...ids, id])
        .default([], 'those of the profile'),
    )
    .option('-c, --config <file>', 'config to use (default: maestro.config.yaml, searched upwards)')
    .option('--allow-empty', 'exit 0 when there is nothing to lint')
    .option('--sarif-dir <folder>', 'write one SARIF file for each system into this folder')
    .option('--sarif-category <name>', 'tells uploads for one commit apart')
    .addHelpText(
      'after',
      `
Examples:
  maestro lint
  maestro lint examples --fail-on never
  maestro lint --format text --format sarif --output maestro.sarif
  maestro lint payments.maestro.yaml --rule lethal-trifecta`,
    )
    .action(async (paths: string[], options: Options) =>
      end(await lint(io, paths, { ...options, format: formats })),
    );
}

async function lint(io: Io, paths: readonly string[], options: Options): Promise<Outcome> {
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
  const { verdict, evidence } = runLint(search, pack, rulesFor, {
    asOf: today(),
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
  if (evidence > 0)
    io.stderr.write(
      `maestro: ${evidence} pieces of evidence are recorded; this version does not check them yet\n`,
    );
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

const nothing = (verdict: Verdict): boolean =>
  verdict.errors.length === 0 && verdict.files.every(({ status }) => status === 'skipped');

function judge(verdict: Verdict, failOn: Severity | 'never', failOnUnknown: boolean): Outcome {
  if (!verdict.complete) return 'invalid';
  if (failOn !== 'never' && verdict.findings.some(({ severity }) => atLeast(severity, failOn)))
    return 'findings';
  return failOnUnknown && verdict.unknown.length > 0 ? 'findings' : 'clean';
}

function start({ files: [first, ...others] }: Verdict): string {
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

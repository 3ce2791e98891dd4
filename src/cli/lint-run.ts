import { ASSERTED, type Problem } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { atLeast, type Profile, type Severity } from '../finding/severity.ts';
import { similar } from '../finding/similar.ts';
import type { Library } from '../model/include.ts';
import { visible } from '../report/escape.ts';
import { isPath, pressing } from '../report/headline.ts';
import type { Evidence } from '../rules/evidence.ts';
import type { Hit, Rule } from '../rules/hit.ts';
import type { Pack } from '../rules/pack.ts';
import { tellsWay } from '../rules/rule.ts';
import type { Context } from '../rules/world.ts';
import { FOR_LINES, FOR_PAGES, type LintedSystem } from '../verdict/closing.ts';
import { type ClosingCount, worthSaying } from '../verdict/closing-count.ts';
import { broughtBy } from '../verdict/comparison.ts';
import type { PartGate, Shard } from '../verdict/part.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { closingOf } from './closing-run.ts';
import { compileLater } from './compiler.ts';
import { AROUND, type Config, findUpwards } from './config.ts';
import { Disk } from './disk.ts';
import { UserError } from './errors.ts';
import { coverOf, findFiles, type Search } from './files.ts';
import type { Io } from './io.ts';
import { emptyVerdict, type Wanted, writeReports } from './output.ts';
import { loadPolicy, type Policy } from './policy.ts';
import { progress } from './progress.ts';
import { type After, runLint } from './run.ts';
import { selection } from './selection.ts';
import type { LoadedSilence, Reader } from './silence-files.ts';
import type { Staged } from './staged.ts';

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
  /** A revision: only what differs from it counts. */
  readonly base?: string;
  /** A revision whose config and rules are used instead of those in the working tree. */
  readonly policyFrom?: string;
  /** Lint what the next commit touches, as it will be. */
  readonly staged?: boolean;
  /** Lint one part of what is found; `merge` puts the parts together. */
  readonly shard?: Shard;
  readonly sarifDir?: string;
  readonly sarifCategory?: string;
  readonly sarifIncludeSuppressed?: boolean;
  /** How many findings text shows; infinite for all. */
  readonly maxFindings?: number;
  /** A file with known findings, in place of the one of the config. */
  readonly baseline?: string;
  /** False: waivers, comments and the baseline hide nothing. */
  readonly ignores?: boolean;
  /** From this severity on, a control that keeps a finding closed needs evidence. */
  readonly requireEvidence?: Severity;
  /** Hold the descriptions against the repository too. */
  readonly drift?: boolean;
  /** The folder to hold them against, from the working directory; then nothing else is looked for but evidence. */
  readonly driftOf?: string;
}

/** Lints what `paths` stand for and writes the reports that are wanted. */
export async function lint(io: Io, paths: readonly string[], options: LintOptions): Promise<Outcome> {
  const staged = options.staged ? await (await import('./staged.ts')).readStaged(io, paths, options) : null;
  const policy = staged === null ? await policyFor(io, options) : 'length' in staged ? staged : staged.policy;
  if ('length' in policy) {
    await writeReports(io, emptyVerdict(policy), options.format, {
      ...options,
      part: partOf(options, 'high', false, null),
    });
    return 'invalid';
  }
  const { config, pack } = policy;
  const known = [...pack.rules, ...(isDrift(options) ? (await import('./drift-run.ts')).DRIFT_RULES : [])];
  for (const id of options.rule)
    knownRule(
      id,
      known.map((rule) => rule.id),
    );
  const index = staged !== null && 'tree' in staged ? staged : null;
  const { verdict, elsewhere, closing } = await verdictOf(io, paths, policy, options, index);
  if (index?.untouched) io.stderr.write('maestro: nothing that is staged touches a description\n');
  const failOn = options.failOn ?? config.failOn ?? 'high';
  const failOnUnknown = options.failOnUnknown ?? config.failOnUnknown;
  const isEmptyPart = elsewhere > 0 && verdict.files.every(({ status }) => status === 'skipped');
  if (isEmptyPart) io.stderr.write(`maestro: this part is empty: the others have ${elsewhere} to lint\n`);
  const empty = nothing(verdict) && !options.allowEmpty && !index?.untouched && !isEmptyPart;
  // A program that asked for a report gets one, whatever was found.
  if (!empty || options.format.length > 0 || options.sarifDir) {
    await writeReports(io, verdict, options.format, {
      ...options,
      part: partOf(options, failOn, failOnUnknown, closing),
      closing: options.shard === undefined ? worthSaying(closing) : null,
    });
  }
  if (empty) {
    io.stderr.write(start(verdict));
    return 'nothing';
  }
  return judge(verdict, failOn, failOnUnknown);
}

/** What `merge` has to know of a part; null of a lint of everything. */
const partOf = (
  { shard }: LintOptions,
  failOn: Severity | 'never',
  failOnUnknown: boolean,
  closing: ClosingCount | null,
): PartGate | null => (shard === undefined ? null : { shard, failOn, failOnUnknown, closing });

interface Linted {
  readonly verdict: Verdict;
  /** How many descriptions other parts of the same lint have. */
  readonly elsewhere: number;
  readonly closing: ClosingCount | null;
}

/** Lints what `paths` stand for by a policy, and tells all about it. */
async function verdictOf(
  io: Io,
  paths: readonly string[],
  policy: Policy,
  options: LintOptions,
  index: Staged | null,
): Promise<Linted> {
  const { config, pack } = policy;
  const search = index ?? (await searchFor(io, paths, config));
  const { files: found, problems } = search;
  const parted = options.shard && (await import('./shard.ts')).split(found, options.shard);
  const files = parted?.mine ?? found;
  compileLater(files);
  const disk = index?.tree ?? new Disk(io.cwd);
  const context = { asOf: options.asOf ?? today(), evidence: (each: Evidence) => disk.evidence(each) };
  const rules = await chosen(pack, options);
  const rulesFor = await selection(rules, config, options.profile, rulesOnly(options), rules === pack.rules);
  const load = await silenceOf(io, config, options);
  const around = load && (await aroundOf(io, disk, load, options));
  const wrong = [...policy.problems, ...problems, ...(around?.problems ?? [])];
  const silence = around && { silence: { ...around.silence, isPart: parted !== undefined } };
  const others = parted && { others: parted.others };
  const look = await afterOf(io, policy, options, context);
  const after = look && { after: await look(disk) };
  const systems: LintedSystem[] = [];
  const seen = (linted: LintedSystem, hits: readonly Hit[]) => {
    if (hits.some(({ rule }) => tellsWay(rule.form))) systems.push(linted);
  };
  const covers = coverOf(io.cwd, search);
  const task = {
    files,
    pack,
    rulesFor,
    context,
    library: disk,
    seen,
    covers,
    ...silence,
    ...others,
    ...after,
  };
  const ended = async (verdict: Verdict): Promise<Linted> => ({
    verdict,
    elsewhere,
    closing: closingFor(options, verdict, systems, pack, context),
  });
  const shown = progress(io, files.length);
  const elsewhere = parted?.others.length ?? 0;
  if (options.base === undefined) return ended(await runLint(task, wrong, shown));
  const { lintWithBase } = await import('./base.ts');
  const more = { ...(load && { silence: load }), ...(look && { after: look }) };
  return ended(await lintWithBase(io, options.base, paths, task, config, wrong, shown, more));
}

/** How many paths make it worth asking what closes them together: `merge` adds up those of parts. */
const closingFrom = ({ shard, format, sarifDir }: LintOptions): number => {
  if (shard !== undefined) return 1;
  const says = (each: Wanted) => each.format === 'text' || each.format === 'markdown';
  const isSaid = format.length === 0 ? sarifDir === undefined : format.some(says);
  return isSaid ? 2 : Number.POSITIVE_INFINITY;
};

function closingFor(
  options: LintOptions,
  verdict: Verdict,
  systems: readonly LintedSystem[],
  { vocabulary }: Pack,
  context: Context,
): ClosingCount | null {
  const isPage = options.shard !== undefined || options.format.some(({ format }) => format === 'markdown');
  const limits = isPage ? FOR_PAGES : FOR_LINES;
  // Where nothing will be counted, to look for the way of every finding would cost more than the line is worth.
  const isLarge = systems.some(({ system }) => system.components.length > limits.components);
  const open = firstFew(pressing(verdict), isPath, isLarge ? 2 : Number.POSITIVE_INFINITY);
  if (open.length < closingFrom(options)) return null;
  return closingOf(systems, open, { vocabulary, context }, limits);
}

function firstFew<T>(all: readonly T[], fits: (each: T) => boolean, most: number): T[] {
  const found: T[] = [];
  for (const each of all) {
    if (found.length >= most) break;
    if (fits(each)) found.push(each);
  }
  return found;
}

const isDrift = ({ drift, driftOf }: LintOptions): boolean => drift === true || driftOf !== undefined;

/** Rules of the pack that run alone; what `drift` does not look for itself is whether evidence is there. */
const rulesOnly = ({ rule, driftOf }: LintOptions): readonly string[] =>
  driftOf === undefined || rule.length > 0 ? rule : EVIDENCE_RULES;
const EVIDENCE_RULES = ['evidence-missing'];

/** What else is looked for once everything was linted, in the files of some place. */
async function afterOf(
  { cwd, stderr }: Io,
  { config, pack }: Policy,
  options: LintOptions,
  context: Context,
): Promise<((from: Library) => Promise<After>) | null> {
  const { requireEvidence, driftOf: folder = '.', profile, rule } = options;
  const proof = requireEvidence === undefined ? null : await import('./unproven-run.ts');
  const unproven = proof?.unprovenAfter(requireEvidence!, pack, context) ?? null;
  if (!isDrift(options)) return unproven ? async () => unproven : null;
  const { driftAfter } = await import('./drift-run.ts');
  const { vocabulary } = pack;
  const isRead = options.format.length === 0 || options.format.some(({ format }) => format === 'text');
  const tell = (read: string) => isRead && stderr.write(`${read}\n`);
  const task = { cwd, folder, config, profile, only: rule, vocabulary, context, tell };
  const drift = (from: Library) => driftAfter(task, from);
  return unproven && proof ? async (from) => proof.both(await drift(from), unproven) : drift;
}

const aroundOf = async (
  io: Io,
  from: Reader,
  load: (from: Reader) => LoadedSilence,
  { policyFrom }: LintOptions,
): Promise<LoadedSilence> =>
  policyFrom === undefined
    ? load(from)
    : (await import('./git-policy.ts')).silenceOfRevision(io, policyFrom, from, load);

/** How to read what keeps findings from counting; null where nearly every run is, with no such thing anywhere. */
async function silenceOf(
  { cwd }: Io,
  config: Config,
  options: LintOptions,
): Promise<((from: Reader) => LoadedSilence) | null> {
  const isAsked = options.ignores === false || options.baseline !== undefined;
  const otherFiles =
    options.base !== undefined || options.policyFrom !== undefined || options.staged || config.file !== null;
  if (!isAsked && !otherFiles && findUpwards(cwd, AROUND) === null) return null;
  const { loadSilence } = await import('./silence-files.ts');
  return (from) => loadSilence(cwd, from, config, options);
}

const policyFor = async (io: Io, options: LintOptions): Promise<Policy | readonly Problem[]> =>
  options.policyFrom === undefined
    ? loadPolicy(io.cwd, options)
    : (await import('./git-policy.ts')).policyOfRevision(io, options.policyFrom, options);

/** Most runs name no framework, and do not load what it takes to know them. */
export const chosen = async (
  pack: Pack,
  { framework = [] }: Pick<LintOptions, 'framework'>,
): Promise<readonly Rule[]> =>
  framework.length === 0 ? pack.rules : (await import('./framework.ts')).ofFrameworks(pack.rules, framework);

export function knownRule(id: string, ids: readonly string[]): void {
  // What descriptions assert is known when they are read.
  if (ids.includes(id) || id.startsWith(ASSERTED)) return;
  const near = similar(id, ids);
  throw new UserError(
    `no rule is called ${id}`,
    near ? `Did you mean ${near}?` : '`maestro rules` lists them',
  );
}

/** Paths of the command line start from where it was typed, those of the config from its folder. */
export async function searchFor({ cwd }: Io, paths: readonly string[], config: Config): Promise<Search> {
  const own = paths.length === 0 && config.paths.length > 0;
  const search = await findFiles({
    cwd,
    paths: own ? config.paths : paths,
    from: own ? config.folder : cwd,
    ignore: config.ignore,
    ignoreFrom: config.folder,
  });
  // What a config names is all there is to lint where it holds.
  return own ? { ...search, folders: [...search.folders, config.folder] } : search;
}

/** Nothing was checked: no file, or no rule. Neither is a pass. */
export const nothing = ({ errors, files, rules }: Verdict): boolean =>
  errors.length === 0 && (files.every(({ status }) => status === 'skipped') || rules.length === 0);

export function judge(verdict: Verdict, failOn: Severity | 'never', failOnUnknown: boolean): Outcome {
  if (!verdict.complete) return 'invalid';
  const { comparison } = verdict;
  const counted = comparison ? broughtBy(comparison) : verdict.findings;
  const unknown = comparison ? (comparison.unknown ?? []) : verdict.unknown;
  if (failOn !== 'never' && counted.some(({ severity }) => atLeast(severity, failOn))) return 'findings';
  return failOnUnknown && unknown.length > 0 ? 'findings' : 'clean';
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

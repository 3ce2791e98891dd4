import { posix } from 'node:path';
import { ofRevision } from '../cli/base.ts';
import { closingOf } from '../cli/closing-run.ts';
import { Disk } from '../cli/disk.ts';
import { UserError } from '../cli/errors.ts';
import { coverOf, findFiles } from '../cli/files.ts';
import { type Repository, repositoryAt } from '../cli/git.ts';
import { Tree } from '../cli/git-tree.ts';
import type { Io } from '../cli/io.ts';
import { today } from '../cli/lint-run.ts';
import { emptyVerdict } from '../cli/output.ts';
import type { Policy } from '../cli/policy.ts';
import { selection } from '../cli/selection.ts';
import { type Ground, lintSide, treeSide, wantedFor } from '../cli/side.ts';
import type { Reader } from '../cli/silence-files.ts';
import type { Outcome } from '../finding/outcome.ts';
import { atLeast, type Severity } from '../finding/severity.ts';
import { isPath, pressing } from '../report/headline.ts';
import type { Evidence } from '../rules/evidence.ts';
import { FOR_PAGES, type LintedSystem } from '../verdict/closing.ts';
import type { ClosingCount } from '../verdict/closing-count.ts';
import { compare, type Side } from '../verdict/compare.ts';
import { type AssertionChange, compareAssertions } from '../verdict/compare-assertions.ts';
import type { Verdict, Waived } from '../verdict/verdict.ts';
import { type Base, findBase, headOf, parentsOf } from './base.ts';
import type { Situation } from './event.ts';
import type { Inputs } from './inputs.ts';
import { type Around, assertionsIn, ownSilence, silenceOfBase } from './silence.ts';
import { changedPolicy, isOfBase, policyFor, waiversOfBase } from './trust.ts';

/** What a run came to, and what its readers have to know besides the verdict. */
export interface Judged {
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  readonly failOn: Severity | 'never';
  /** Why there is nothing to compare with although something was asked for; null otherwise. */
  readonly baseMissing: string | null;
  readonly policyChanged: readonly string[];
  readonly policyFrom: 'base' | 'head';
  /** Whether waivers that the change writes count. */
  readonly waiversCount: boolean;
  /** Findings that the change itself waives, or from a fork wants to. */
  readonly newlyWaived: readonly Waived[];
  /** Own assertions that the change takes out or weakens. */
  readonly assertionsWeakened: readonly AssertionChange[];
  /** What closes the attack paths that are new or worse; null where they are fewer than two. */
  readonly closing: ClosingCount | null;
}

/**
 * Lints what is checked out and compares it with the base. `io.cwd` is the folder to work in; every report names files
 * from the root of the repository. Throws a UserError for what whoever wrote the workflow has to change.
 */
export async function judge(io: Io, inputs: Inputs, situation: Situation): Promise<Judged> {
  const repository = repositoryAt(io.cwd, io.env);
  refuseOtherCheckout(repository, situation);
  const base = findBase(repository, situation, inputs.baseRef, inputs.token);
  const policy = await policyFor(io, repository, base, inputs, situation);
  const baseMissing = base.is === 'missing' ? base.why : null;
  const whose = {
    policyFrom: isOfBase(inputs, situation) && base.is === 'commit' ? ('base' as const) : ('head' as const),
    waiversCount: !waiversOfBase(inputs, situation),
  };
  if ('length' in policy) {
    const verdict = emptyVerdict(policy);
    const failOn = inputs.failOn ?? 'high';
    const nothing = {
      ...whose,
      policyChanged: [],
      newlyWaived: [],
      assertionsWeakened: [],
      closing: null,
    };
    return { verdict, outcome: 'invalid', failOn, baseMissing, ...nothing };
  }
  const failOn = inputs.failOn ?? policy.config.failOn ?? 'high';
  const sides = await lintBoth(io, repository, base, policy, inputs, situation);
  const verdict = verdictOf(sides, base);
  return {
    verdict,
    outcome: outcomeOf(verdict, failOn, policy.config.failOnUnknown),
    failOn,
    baseMissing,
    policyChanged: situation.pull ? changedPolicy(io, repository, base, policy, inputs) : [],
    ...whose,
    newlyWaived: whose.waiversCount || situation.pull?.fork ? newlyWaived(sides) : [],
    assertionsWeakened: sides.assertionsWeakened,
    closing: closingFor(verdict, sides.linted, policy, repository),
  };
}

interface Sides {
  /** As it is judged. */
  readonly head: Side;
  /** As it wants to be judged: by its own waivers. */
  readonly own: Side;
  readonly base: Side | null;
  /** The systems of the head with the rules that run on them. */
  readonly linted: readonly LintedSystem[];
  readonly assertionsWeakened: readonly AssertionChange[];
}

async function lintBoth(
  io: Io,
  repository: Repository,
  base: Base,
  policy: Policy,
  inputs: Inputs,
  situation: Situation,
): Promise<Sides> {
  const { config, pack } = policy;
  const { prefix } = repository;
  const top = { ...io, cwd: repository.root };
  const tree = base.is === 'commit' ? Tree.ofCommit({ ...repository, prefix: '' }, base.commit) : null;
  const rulesFor = await selection(pack.rules, config, inputs.profile ?? undefined, []);
  const around: Around = {
    cwd: io.cwd,
    prefix,
    root: repository.root,
    config,
    baseline: inputs.baseline,
    base: isOfBase(inputs, situation) ? tree : null,
  };
  const ground: Ground = {
    config,
    pack,
    rulesFor,
    asOf: today(),
    silence: ownSilence(around),
    ...(inputs.drift && { after: driftOf(top.cwd, prefix, policy, inputs) }),
  };
  const paths = pathsOf(inputs, config, prefix);
  const search = await findFiles(wantedFor(top, paths, config));
  const { files, problems } = search;
  const lint = (by: Ground) =>
    lintSide(new Disk(top.cwd), files, by, [...policy.problems, ...problems], coverOf(io.cwd, search));
  const linted: LintedSystem[] = [];
  const seen: Ground['seen'] = (each) => {
    linted.push(each);
  };
  const own = await lint({ ...ground, seen });
  const names = own.systems.map(({ system }) => system.name);
  const before = tree && (await treeSide(top, tree, paths, ground, names));
  const asserting = ({ systems }: Side, from: Reader) => ({
    systems: systems.map(({ system }) => system),
    assertions: assertionsIn(around, from),
  });
  // What cannot be read looks as if it was gone.
  const assertionsWeakened =
    before && own.verdict.complete
      ? compareAssertions(asserting(before, tree), asserting(own, new Disk(top.cwd)))
      : [];
  const told = { own, base: before, linted, assertionsWeakened };
  if (!waiversOfBase(inputs, situation)) return { head: own, ...told };
  const decided = before?.verdict ?? { ...own.verdict, ...NOTHING };
  return {
    head: await lint({ ...ground, silence: silenceOfBase(around, decided) }),
    ...told,
  };
}

const driftOf =
  (
    cwd: string,
    prefix: string,
    { config, pack: { vocabulary } }: Policy,
    { profile }: Inputs,
  ): NonNullable<Ground['after']> =>
  async (from) => {
    const { driftAfter } = await import('../cli/drift-run.ts');
    const disk = new Disk(cwd);
    const context = { asOf: today(), evidence: (each: Evidence) => disk.evidence(each) };
    const task = { cwd, folder: prefix || '.', config, profile: profile ?? undefined, only: [] };
    return driftAfter({ ...task, vocabulary, context }, from);
  };

/** What to lint, from the root; nothing means what the config names. */
function pathsOf({ paths }: Inputs, config: Policy['config'], prefix: string): string[] {
  if (paths.length === 0 && config.paths.length > 0) return [];
  return (paths.length === 0 ? ['.'] : paths).map((path) => posix.join(prefix, path));
}

const NOTHING = { complete: true, files: [], findings: [], waived: [], known: [], errors: [], unknown: [] };

/** Without a base that was asked for everything counts as new; where none was, nothing is compared. */
function verdictOf({ head, base }: Sides, from: Base): Verdict {
  const { verdict } = head;
  if (from.is === 'none') return verdict;
  const before = base ?? { systems: [], verdict: { ...verdict, ...NOTHING } };
  const name = from.is === 'commit' ? from.commit.slice(0, 12) : '';
  const unread = before.verdict.errors.map((problem) => ofRevision(problem, name));
  return {
    ...verdict,
    warnings: [...verdict.warnings, ...unread],
    comparison: compare(before, head),
  };
}

/** What closes the paths that a reviewer has to deal with, where they are several. */
function closingFor(
  verdict: Verdict,
  linted: readonly LintedSystem[],
  { pack }: Policy,
  { root }: Repository,
): ClosingCount | null {
  const open = pressing(verdict).filter(isPath);
  if (open.length < 2) return null;
  const disk = new Disk(root);
  const context = { asOf: today(), evidence: (each: Evidence) => disk.evidence(each) };
  return closingOf(linted, open, { vocabulary: pack.vocabulary, context }, FOR_PAGES);
}

function newlyWaived({ own, base }: Sides): Waived[] {
  const before = new Set(base?.verdict.waived.map(({ fingerprint }) => fingerprint));
  return own.verdict.waived.filter(({ fingerprint }) => !before.has(fingerprint));
}

function outcomeOf(verdict: Verdict, failOn: Severity | 'never', failOnUnknown: boolean): Outcome {
  const { complete, files, rules, unknown } = verdict;
  if (!complete) return 'invalid';
  if (files.every(({ status }) => status === 'skipped') || rules.length === 0) return 'nothing';
  const fails = failOn !== 'never' && pressing(verdict).some(({ severity }) => atLeast(severity, failOn));
  return fails || (failOnUnknown && unknown.length > 0) ? 'findings' : 'clean';
}

/** On `pull_request_target` the base is checked out unless the workflow says otherwise: a green check of the wrong commit. */
function refuseOtherCheckout(repository: Repository, { event, pull }: Situation): void {
  if (event !== 'pull_request_target' || pull === null) return;
  const head = headOf(repository);
  if (head === pull.headSha || (head !== null && parentsOf(repository, head)[1] === pull.headSha)) return;
  throw new UserError(
    'what is checked out is not the pull request: on pull_request_target that is the base',
    'Use the pair of workflows in docs/github-action.md instead',
  );
}

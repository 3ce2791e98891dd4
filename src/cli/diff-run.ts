import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { atLeast, type Profile, type Severity } from '../finding/severity.ts';
import type { DiffReport, SideName } from '../report/diff.ts';
import { compare, type Side } from '../verdict/compare.ts';
import { broughtBy } from '../verdict/comparison.ts';
import { ofRevision } from './base.ts';
import { colorLevel } from './color.ts';
import { Disk } from './disk.ts';
import { UserError } from './errors.ts';
import { findFiles } from './files.ts';
import { commitOf, repositoryAt } from './git.ts';
import { Tree } from './git-tree.ts';
import type { Io } from './io.ts';
import { chosen, knownRule, today } from './lint-run.ts';
import { writeFile } from './output.ts';
import { loadPolicy } from './policy.ts';
import { selection } from './selection.ts';
import { type Ground, lintSide, treeSide, wantedFor } from './side.ts';
import { loadSilence, type Reader } from './silence-files.ts';

/** What `maestro diff` was asked for. */
export interface DiffOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
  readonly config?: string;
  readonly pack?: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly profile?: Profile;
  readonly rule: readonly string[];
  readonly framework?: readonly string[];
  readonly asOf?: number;
}

/** What one of the two names stands for. */
type Where =
  | { readonly is: 'files'; readonly path: string }
  | { readonly is: 'tree'; readonly tree: Tree; readonly revision: string }
  | { readonly is: 'working tree' };

/** Compares two states of descriptions and writes what differs. Fails on what is new or worse alone. */
export async function diff(
  io: Io,
  base: string,
  head: string | undefined,
  options: DiffOptions,
): Promise<Outcome> {
  const policy = await loadPolicy(io.cwd, options);
  const problems = 'length' in policy ? policy : policy.problems;
  if ('length' in policy || problems.length > 0) throw unusable(problems[0]!);
  const { config, pack } = policy;
  const ids = pack.rules.map(({ id }) => id);
  for (const id of options.rule) knownRule(id, ids);
  const rules = await chosen(pack, options);
  const rulesFor = await selection(rules, config, options.profile, options.rule, rules === pack.rules);
  const silence = (side: Reader) => loadSilence(io.cwd, side, config);
  const ground: Ground = { config, pack, rulesFor, asOf: options.asOf ?? today(), silence };
  const [from, to] = [whereIs(io, base), head === undefined ? WORKING_TREE : whereIs(io, head)];
  if (from.is === 'files' && head === undefined)
    throw new UserError(
      `${base} is a file or folder; with what is it to be compared?`,
      `Name the newer one too: \`maestro diff ${base} <file>\``,
    );
  const [before, after] = await bothSides(io, from, to, ground);
  const alone = from.is === 'files' && to.is === 'files';
  const report: DiffReport = {
    version: after.verdict.version,
    base: nameOf(from, base),
    head: nameOf(to, head ?? ''),
    complete: before.verdict.complete && after.verdict.complete,
    errors: [...errorsOf(before, from), ...errorsOf(after, to)],
    comparison: compare(before, after, alone),
    rules: after.verdict.rules,
  };
  if (report.complete && [before, after].every((side) => side.systems.length === 0)) {
    io.stderr.write('maestro: nothing to compare: neither side has a description\n');
    return 'nothing';
  }
  await writeReport(io, report, options);
  if (!report.complete) return 'invalid';
  const failOn = options.failOn ?? config.failOn ?? 'high';
  const counts =
    failOn !== 'never' && broughtBy(report.comparison).some(({ severity }) => atLeast(severity, failOn));
  return counts ? 'findings' : 'clean';
}

const WORKING_TREE: Where = { is: 'working tree' };

/** A file that is there wins over a revision of that name. */
function whereIs(io: Io, name: string): Where {
  if (name !== '' && existsSync(resolve(io.cwd, name))) return { is: 'files', path: name };
  const repository = repositoryAt(io.cwd, io.env);
  return { is: 'tree', tree: Tree.ofCommit(repository, commitOf(repository, name)), revision: name };
}

/** The side on the disk first: a revision is then also searched for what moved. */
async function bothSides(io: Io, from: Where, to: Where, ground: Ground): Promise<readonly [Side, Side]> {
  const named = (side: Side) => side.systems.map(({ system }) => system.name);
  if (from.is !== 'tree') {
    const before = await diskSide(io, from, ground);
    if (to.is !== 'tree') return [before, await diskSide(io, to, ground)];
    return [before, await treeSide(io, to.tree, pathsOf(from), ground, named(before))];
  }
  const after = to.is === 'tree' ? await treeSide(io, to.tree, [], ground) : await diskSide(io, to, ground);
  return [await treeSide(io, from.tree, pathsOf(to), ground, named(after)), after];
}

const pathsOf = (where: Where): string[] => (where.is === 'files' ? [where.path] : []);

async function diskSide(io: Io, where: Where, ground: Ground): Promise<Side> {
  const { files, problems } = await findFiles(wantedFor(io, pathsOf(where), ground.config));
  return lintSide(new Disk(io.cwd), files, ground, problems);
}

const errorsOf = ({ verdict }: Side, where: Where) =>
  where.is === 'tree' ? verdict.errors.map((each) => ofRevision(each, where.revision)) : verdict.errors;

const nameOf = (where: Where, given: string): SideName =>
  where.is === 'tree'
    ? { is: 'revision', name: where.revision }
    : where.is === 'files'
      ? { is: 'files', name: given }
      : { is: 'working-tree', name: 'the working tree' };

async function writeReport(io: Io, report: DiffReport, { format, output }: DiffOptions): Promise<void> {
  const text =
    format === 'json'
      ? (await import('../report/diff-json.ts')).diffJson(report)
      : await asText(io, report, output);
  if (output === undefined) io.stdout.write(text);
  else writeFile(io.cwd, output, text);
}

async function asText(io: Io, report: DiffReport, output: string | undefined): Promise<string> {
  const { diffText } = await import('../report/diff-text.ts');
  const terminal = output === undefined && io.stdout.isTTY;
  const color = terminal || output === undefined ? colorLevel(io.env, io.stdout.isTTY) : 0;
  const width = (terminal && io.stdout.columns) || 100;
  return diffText(report, { color, width, wrap: terminal, links: terminal && color > 0 });
}

function unusable({ file, location, message, suggestion }: Problem): UserError {
  return new UserError(`${file}${location ? `:${location.line}` : ''}: ${message}`, suggestion);
}

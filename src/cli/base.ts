import type { Problem } from '../finding/finding.ts';
import { compare, type Linted, type Side } from '../verdict/compare.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Config } from './config.ts';
import { commitOf, repositoryAt } from './git.ts';
import { Tree } from './git-tree.ts';
import type { Io } from './io.ts';
import type { Progress } from './progress.ts';
import { runLint, type Task } from './run.ts';
import { type Ground, keeping, treeSide } from './side.ts';

/** The head of a comparison: what was linted just now. */
export interface Head {
  readonly paths: readonly string[];
  readonly verdict: Verdict;
  readonly systems: readonly Linted[];
}

/**
 * The verdict with what differs from a revision, which is linted by the same rules on the same day. A base that cannot
 * be read in part says nothing about that part: there every finding of the head counts as new, and a warning says so.
 * Throws a UserError when there is no such revision, or no repository.
 */
export async function compareWithBase(
  io: Io,
  revision: string,
  head: Head,
  ground: Ground,
): Promise<Verdict> {
  const repository = repositoryAt(io.cwd, io.env);
  const tree = Tree.ofCommit(repository, commitOf(repository, revision));
  const names = head.systems.map(({ system }) => system.name);
  const base = await treeSide(io, tree, head.paths, ground, names);
  return withComparison(head, base, revision);
}

/** Lints as `lint` does, and compares with a revision. */
export async function lintWithBase(
  io: Io,
  revision: string,
  paths: readonly string[],
  asked: Task,
  config: Config,
  wrong: readonly Problem[],
  progress: Progress,
  more: Pick<Ground, 'silence' | 'after'> = {},
): Promise<Verdict> {
  const { task, systems } = keeping(asked);
  const verdict = await runLint(task, wrong, progress);
  const { pack, rulesFor, context } = task;
  const ground = { config, pack, rulesFor, asOf: context.asOf, ...more };
  return compareWithBase(io, revision, { paths, verdict, systems }, ground);
}

/** The verdict of a head whose base is not to be had: all that was found counts as new. */
export const compareWithNothing = (head: Head): Verdict => ({
  ...head.verdict,
  comparison: compare({ systems: [], verdict: { ...head.verdict, ...NOTHING } }, head),
});

const NOTHING = { complete: true, files: [], findings: [], waived: [], known: [], errors: [], unknown: [] };

export function withComparison(head: Head, base: Side, revision: string): Verdict {
  const { verdict } = head;
  const unread = base.verdict.errors.map((problem) => ofRevision(problem, revision));
  return {
    ...verdict,
    warnings: [...verdict.warnings, ...unread],
    comparison: compare(base, head),
  };
}

/** A mistake in a file of a revision: named after both, as git does. */
export function ofRevision(problem: Problem, revision: string): Problem {
  const file = `${revision}:${problem.file}`;
  const { location, related } = problem;
  return {
    ...problem,
    file,
    location: location && { ...location, file: `${revision}:${location.file}` },
    ...(related && {
      related: {
        ...related,
        location: { ...related.location, file: `${revision}:${related.location.file}` },
      },
    }),
  };
}

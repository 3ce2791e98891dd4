import { posix } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import type { System } from '../model/system.ts';
import { claimsOf } from '../rules/claims.ts';
import { evidenceOf } from '../rules/evidence.ts';
import { AROUND, type Config } from './config.ts';
import type { Candidate, Search } from './files.ts';
import { commitOf, git, gitOutput, type Repository, repositoryAt } from './git.ts';
import { policyOfTree } from './git-policy.ts';
import { findInTree } from './git-search.ts';
import { Tree } from './git-tree.ts';
import type { Io } from './io.ts';
import type { Policy, PolicyOptions } from './policy.ts';
import { loadCandidate } from './run.ts';
import { wantedFor } from './side.ts';

/** What is staged, as the next commit will have it, and what of it is to be linted. */
export interface Staged extends Search {
  /** The index: what is committed is what is linted, whatever else lies in the working tree. */
  readonly tree: Tree;
  readonly policy: Policy;
  /** There are descriptions, and the commit touches none of them. */
  readonly untouched: boolean;
}

/**
 * The descriptions that a commit touches: their own file, what they include, their evidence; all of them when it
 * touches what they are judged by, or when nothing is staged. What is not valid is always among them: nobody knows what
 * it depends on. Mistakes in the config come back as problems; throws a UserError outside of a repository.
 */
export async function readStaged(
  io: Io,
  paths: readonly string[],
  options: PolicyOptions & { readonly policyFrom?: string },
): Promise<Staged | readonly Problem[]> {
  const repository = repositoryAt(io.cwd, io.env);
  const tree = Tree.ofIndex(repository);
  const { policyFrom } = options;
  const judge = policyFrom === undefined ? tree : Tree.ofCommit(repository, commitOf(repository, policyFrom));
  const policy = await policyOfTree(io, judge, options);
  if ('length' in policy) return policy;
  const { config } = policy;
  const all = await findInTree(tree, wantedFor(io, paths, config));
  const changed = changedPaths(repository, tree);
  if (changed.size === 0 || changesPolicy(changed, tree, config))
    return { ...all, tree, policy, untouched: false };
  const files: Candidate[] = [];
  for (const candidate of all.files) if (await touches(candidate, tree, changed)) files.push(candidate);
  const untouched = all.files.length > 0 && files.length === 0 && all.problems.length === 0;
  return { ...all, files, tree, policy, untouched };
}

/** Paths from the root whose content, mode or existence the commit changes. */
function changedPaths(repository: Repository, tree: Tree): Set<string> {
  const isFirst = git(repository, ['rev-parse', '--verify', '--quiet', 'HEAD^{tree}']).code !== 0;
  if (isFirst) return new Set(tree.paths);
  const names = [
    '--cached',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--ignore-submodules=dirty',
  ];
  const listed = gitOutput(repository, ['diff-index', ...names, 'HEAD', '--']);
  return new Set(listed.toString('utf8').split('\0').filter(Boolean));
}

/** What decides about all descriptions below it. */
const DECIDING: ReadonlySet<string> = new Set(AROUND);

/** A config anywhere, and everything in the places that the config names. */
function changesPolicy(changed: ReadonlySet<string>, tree: Tree, { file, packs, baseline }: Config): boolean {
  const folder = file === null ? '' : posix.dirname(tree.pathOf(file.source.file));
  const places = [...packs, ...(baseline === null ? [] : [baseline])].map((pack) => posix.join(folder, pack));
  return [...changed].some(
    (path) =>
      DECIDING.has(posix.basename(path)) ||
      path === (file && tree.pathOf(file.source.file)) ||
      places.some((place) => isIn(path, place)),
  );
}

const isIn = (path: string, place: string): boolean =>
  place === '.' || path === place || path.startsWith(`${place}/`);

async function touches(candidate: Candidate, tree: Tree, changed: ReadonlySet<string>): Promise<boolean> {
  tree.asked.clear();
  tree.patterns.clear();
  const loaded = await loadCandidate(candidate, tree);
  if (loaded.is === 'invalid') return true;
  if (loaded.is === 'foreign') return changed.has(tree.pathOf(candidate.name));
  const needed = [...tree.asked, ...evidencePaths(loaded.system, tree)];
  if ([...changed].some((path) => needed.some((place) => isIn(path, place)))) return true;
  if (tree.patterns.size === 0) return false;
  const { default: picomatch } = await import('picomatch');
  const fits = picomatch([...tree.patterns], { dot: true });
  return [...changed].some((path) => fits(path));
}

/** Files and folders that evidence names, there or not, by the way to them and by where that leads. */
function evidencePaths(system: System, tree: Tree): string[] {
  return claimsOf(system)
    .flatMap((claim) => evidenceOf(claim))
    .filter(({ file }) => file !== '')
    .flatMap(({ file, origin }) => {
      const path = posix.join(posix.dirname(tree.pathOf(origin.source.file)), file).replace(/\/+$/, '');
      const target = tree.resolve(path);
      return 'path' in target ? [path, target.path] : [path];
    });
}

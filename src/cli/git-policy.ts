import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import { CONFIG_NAME, loadConfig } from './config.ts';
import { nameOf } from './files.ts';
import { commitOf, repositoryAt } from './git.ts';
import { Tree } from './git-tree.ts';
import type { Io } from './io.ts';
import { loadPolicy, type Policy, type PolicyOptions } from './policy.ts';
import type { LoadedSilence, Reader } from './silence-files.ts';

/**
 * What a run goes by as a revision has it: its config and the rules that this names. For pull requests, which must not
 * loosen what they are judged by. Paths of the config start from the folder in the working tree all the same.
 * Throws a UserError when there is no such revision, or no repository.
 */
export async function policyOfRevision(
  io: Io,
  revision: string,
  options: PolicyOptions,
): Promise<Policy | readonly Problem[]> {
  const repository = repositoryAt(io.cwd, io.env);
  return policyOfTree(io, Tree.ofCommit(repository, commitOf(repository, revision)), options);
}

/** What keeps findings from counting: waivers as `from` has them, the baseline as a revision has it. */
export function silenceOfRevision(
  io: Io,
  revision: string,
  from: Reader,
  load: (from: Reader) => LoadedSilence,
): LoadedSilence {
  const repository = repositoryAt(io.cwd, io.env);
  const [here, there] = [load(from), load(Tree.ofCommit(repository, commitOf(repository, revision)))];
  return { ...here, silence: { ...here.silence, baseline: there.silence.baseline } };
}

/**
 * The same for any tree. Its files are written into a folder of their own for as long as they are read, because rules
 * are loaded from folders; nothing else of the tree gets there.
 */
export async function policyOfTree(
  io: Io,
  tree: Tree,
  options: PolicyOptions,
): Promise<Policy | readonly Problem[]> {
  const home = mkdtempSync(join(tmpdir(), 'maestro-policy-'));
  try {
    return await loadFrom(io, tree, home, options);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function loadFrom(
  { cwd }: Io,
  tree: Tree,
  home: string,
  options: PolicyOptions,
): Promise<Policy | readonly Problem[]> {
  const there = join(home, tree.repository.prefix);
  mkdirSync(there, { recursive: true });
  // The search for a config ends where a repository ends.
  mkdirSync(join(home, '.git'));
  const path =
    options.config === undefined ? configOf(tree) : tree.pathOf(nameOf(cwd, resolve(cwd, options.config)));
  if (path !== null) write(tree, path, home);
  const given = path === null ? {} : { config: join(home, path) };
  const config = loadConfig(there, given.config);
  if ('length' in config) return config;
  for (const pack of config.packs) writeBelow(tree, posix.join(posix.dirname(path ?? ''), pack), home);
  const packs = options.pack ?? [];
  for (const pack of packs) writeBelow(tree, tree.pathOf(nameOf(cwd, resolve(cwd, pack))), home);
  const policy = await loadPolicy(there, { ...options, ...given });
  if ('length' in policy) return policy;
  const folder = resolve(cwd, nameOf(there, policy.config.folder));
  return { ...policy, config: { ...policy.config, folder } };
}

/** The config that holds for the working directory: the first one upwards. */
function configOf(tree: Tree): string | null {
  for (let folder = tree.repository.prefix; ; folder = posix.dirname(folder)) {
    const path = posix.join(folder, CONFIG_NAME);
    if (tree.resolve(path).is !== 'nothing') return path;
    if (folder === '' || folder === '.') return null;
  }
}

function writeBelow(tree: Tree, path: string, home: string): void {
  const target = tree.resolve(path);
  if (target.is === 'file') write(tree, path, home);
  if (target.is !== 'folder') return;
  const start = target.path === '' ? '' : `${target.path}/`;
  const files = tree.paths.filter((each) => each.startsWith(start) && /\.ya?ml$/.test(each));
  tree.prefetch(files);
  for (const file of files) write(tree, file, home, `${path}/${file.slice(start.length)}`);
}

/** One file; what is no file of the tree is left out, and found missing by whoever wants it. */
function write(tree: Tree, path: string, home: string, as = path): void {
  const bytes = tree.read(tree.nameOf(path));
  const to = resolve(home, as);
  if (!(bytes instanceof Uint8Array) || nameOf(home, to).startsWith('..')) return;
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, bytes);
}

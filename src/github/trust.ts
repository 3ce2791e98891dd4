import { posix, resolve } from 'node:path';
import { BASELINE_NAME, CONFIG_NAME, loadConfig } from '../cli/config.ts';
import { nameOf } from '../cli/files.ts';
import { git, type Repository } from '../cli/git.ts';
import { policyOfTree } from '../cli/git-policy.ts';
import { Tree } from '../cli/git-tree.ts';
import type { Io } from '../cli/io.ts';
import { loadPolicy, type Policy } from '../cli/policy.ts';
import type { Problem } from '../finding/finding.ts';
import type { Base } from './base.ts';
import type { Situation } from './event.ts';
import type { Inputs } from './inputs.ts';

/** Whether the config, the rule packs and the baseline of the base count. */
export const isOfBase = ({ policyFrom }: Inputs, { pull }: Situation): boolean =>
  policyFrom === 'base' || (policyFrom === 'auto' && pull !== null);

/** Whether waivers and comments of the change do not count: a stranger does not accept risks of others. */
export const waiversOfBase = ({ policyFrom }: Inputs, { pull }: Situation): boolean =>
  policyFrom === 'base' || (policyFrom === 'auto' && pull?.fork === true);

/** Whose config, rule packs and baseline count: a change must not loosen what it is judged by. */
export function policyFor(
  io: Io,
  repository: Repository,
  base: Base,
  inputs: Inputs,
  situation: Situation,
): Promise<Policy | readonly Problem[]> {
  const { config } = inputs;
  const options = config === null ? {} : { config };
  if (!isOfBase(inputs, situation) || base.is === 'none') return loadPolicy(io.cwd, options);
  if (base.is === 'commit') return policyOfTree(io, Tree.ofCommit(repository, base.commit), options);
  // Nobody knows what the base says. What a stranger wrote does not count in its place.
  return situation.pull?.fork === false
    ? loadPolicy(io.cwd, options)
    : policyOfTree(io, new Tree(repository, Buffer.alloc(0)), {});
}

/** Files of policy that differ between the base and what is checked out, from the root of the repository. */
export function changedPolicy(
  io: Io,
  repository: Repository,
  base: Base,
  policy: Policy,
  { config, baseline }: Inputs,
): string[] {
  if (base.is !== 'commit') return [];
  const own = loadConfig(io.cwd, config ?? undefined);
  const packs = ('length' in own ? [policy.config] : [policy.config, own]).flatMap(({ folder, packs }) =>
    packs.map((pack) => nameOf(repository.root, resolve(folder, pack))),
  );
  const found = [CONFIG_NAME, BASELINE_NAME].flatMap((name) => upwards(repository.prefix, name));
  const given = [config, baseline].filter((each) => each !== null);
  const paths = [...found, ...packs, ...given.map((each) => posix.join(repository.prefix, each))];
  const args = ['diff-tree', '-r', '--name-only', '-z', '--no-renames', base.commit, 'HEAD', '--'];
  return git(repository, [...args, ...new Set(paths)])
    .stdout.toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
}

/** Where a file of this name is looked for: from a folder up to the root. */
function upwards(folder: string, name: string): string[] {
  const here = posix.join(folder, name);
  return folder === '' || folder === '.' ? [name] : [here, ...upwards(posix.dirname(folder), name)];
}

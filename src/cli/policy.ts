import { resolve } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import { presentableByFile } from '../finding/problems.ts';
import { builtInPack, type Pack } from '../rules/pack.ts';
import { type Config, configProblem, loadConfig, unknownRules } from './config.ts';
import { UserError } from './errors.ts';
import { kindOf, nameOf } from './files.ts';

/** What a run goes by: the config, and the rules that come with the program together with those of a team. */
export interface Policy {
  readonly config: Config;
  readonly pack: Pack;
  /** Mistakes in rules of a team. The rules without one are in `pack` all the same. */
  readonly problems: readonly Problem[];
}

export interface PolicyOptions {
  readonly config?: string;
  /** Packs of the command line, from the working directory, besides those of the config. */
  readonly pack?: readonly string[];
}

/** Loads what a run goes by, or gives what is wrong with the config: then nobody knows what was wanted. */
export async function loadPolicy(cwd: string, options: PolicyOptions): Promise<Policy | readonly Problem[]> {
  const config = loadConfig(cwd, options.config);
  if ('length' in config) return config;
  const missing = missingPacks(cwd, config);
  if (missing.length > 0) return missing;
  const { pack, broken, problems } = await loadPacks(cwd, config, options.pack ?? []);
  const unknown =
    config.file === null
      ? []
      : unknownRules(config, [...pack.rules.map(({ id }) => id), ...broken, ...(await others())]);
  return unknown.length > 0 ? unknown : { config, pack, problems };
}

/** All rules there are, for commands that only read about them: the first mistake ends the command. */
export async function packOf(cwd: string, options: PolicyOptions): Promise<Pack> {
  const policy = await loadPolicy(cwd, options);
  const [problem] = 'length' in policy ? policy : policy.problems;
  if (problem) {
    const { file, location, message, suggestion } = problem;
    throw new UserError(`${file}${location ? `:${location.line}` : ''}: ${message}`, suggestion);
  }
  return (policy as Policy).pack;
}

async function loadPacks(cwd: string, config: Config, given: readonly string[]) {
  const base = builtInPack();
  const paths = [
    ...config.packs.map((path) => resolve(config.folder, path)),
    ...given.map((path) => resolve(cwd, path)),
  ];
  if (paths.length === 0) return { pack: base, broken: [], problems: [] };
  // The expression engine is only loaded when there are rules that were not compiled before.
  const { packFiles } = await import('./pack-files.ts');
  const { loadPack } = await import('../rules/load-pack.ts');
  const read = [...new Set(paths)].map((path) => packFiles(cwd, path));
  const files = new Map(read.flatMap((each) => each.files).map((file) => [file.path, file]));
  const loaded = loadPack([...files.values()], base);
  const problems = [...read.flatMap((each) => each.problems), ...presentableByFile(loaded.problems)];
  return { pack: loaded.pack, broken: loaded.broken, problems };
}

function missingPacks(cwd: string, { file, folder, packs }: Config): Problem[] {
  return packs.flatMap((pack, i) => {
    const path = resolve(folder, pack);
    if (kindOf(path) !== 'nothing' || file === null) return [];
    const message = `There is no \`${nameOf(cwd, path)}\``;
    return [
      configProblem(
        file,
        ['packs', String(i)],
        'not-there',
        message,
        'Name a folder with rules, or a rule file',
      ),
    ];
  });
}

/** Ids that a config may name besides rules of a pack. */
const others = async (): Promise<string[]> =>
  (await import('../discover/drift/rules.ts')).DRIFT_RULES.map(({ id }) => id);

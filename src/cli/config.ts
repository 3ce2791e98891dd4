import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { validate } from '../../build/validate-config.js';
import type { Problem } from '../finding/finding.ts';
import { presentable } from '../finding/problems.ts';
import type { Profile, Severity } from '../finding/severity.ts';
import { similar } from '../finding/similar.ts';
import { decode } from '../model/decode.ts';
import { checkSchema } from '../model/schema-errors.ts';
import { type DataMap, readYaml, type YamlFile } from '../model/yaml.ts';
import { nameOf, readBytes } from './files.ts';

export const CONFIG_NAME = 'maestro.config.yaml';
/** Findings that are accepted, for all systems of a repository. */
export const WAIVERS_NAME = 'maestro.waivers.yaml';
/** What has to hold in all systems of a repository, or in some of them. */
export const ASSERT_NAME = 'maestro.assert.yaml';
/** Findings that are known, where no other file is named. */
export const BASELINE_NAME = 'maestro.baseline.json';

/** All that lies around descriptions and has a say in what is found and counts. */
export const AROUND: readonly string[] = [CONFIG_NAME, WAIVERS_NAME, ASSERT_NAME, BASELINE_NAME];

export type Level = Severity | 'off';

export interface Override {
  readonly paths: readonly string[];
  readonly profile: Profile | null;
  readonly rules: Readonly<Record<string, Level>>;
}

export interface Config {
  /** Folder that its paths start from. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly failOn: Severity | 'never' | null;
  readonly failOnUnknown: boolean;
  readonly profile: Profile | null;
  readonly rules: Readonly<Record<string, Level>>;
  readonly overrides: readonly Override[];
  /** Folders and files with rules of a team's own, from `folder`. */
  readonly packs: readonly string[];
  /** File with known findings, from `folder`; null for the nearest `maestro.baseline.json`. */
  readonly baseline: string | null;
  readonly maxWaiverDays: number | null;
  /** Whether comments hide findings. */
  readonly allowInline: boolean;
  /** Where it is written; null when there is no config. */
  readonly file: YamlFile | null;
}

const NONE: Omit<Config, 'folder'> = {
  paths: [],
  ignore: [],
  failOn: null,
  failOnUnknown: false,
  profile: null,
  rules: {},
  overrides: [],
  packs: [],
  baseline: null,
  maxWaiverDays: null,
  allowInline: true,
  file: null,
};

/** The config that holds for `cwd`: the given one, else the first one upwards to the root of the repository. */
export function loadConfig(cwd: string, given: string | undefined): Config | Problem[] {
  const path = given === undefined ? findConfig(cwd) : resolve(cwd, given);
  if (path === null) return { ...NONE, folder: cwd };
  const name = nameOf(cwd, path);
  const bytes = readBytes(path, name);
  if (!(bytes instanceof Uint8Array)) return [bytes];
  const text = decode(name, bytes);
  if (typeof text !== 'string') return [text];
  const file = readYaml(name, text);
  if (file.problems.length > 0) return presentable(file.problems);
  const wrong = checkSchema(file, validate);
  return wrong.length > 0 ? presentable(wrong) : configOf(file, dirname(path));
}

/** Rules that a config names and nobody knows. */
export function unknownRules({ file }: Config, known: readonly string[]): Problem[] {
  if (file === null) return [];
  const unknown = ruleKeys(file.data as DataMap)
    .filter(({ id }) => !known.includes(id))
    .map(({ id, keys }): Problem => {
      const near = similar(id, known);
      const suggestion = near ? `Did you mean \`${near}\`?` : '`maestro rules` lists them';
      return configProblem(file, keys, 'unknown-rule', `No rule is called \`${id}\``, suggestion);
    });
  return presentable(unknown);
}

/** Something wrong with a config, at the key it is about. */
export function configProblem(
  file: YamlFile,
  keys: readonly string[],
  code: string,
  message: string,
  suggestion: string,
): Problem {
  const { start, end } = file.find(keys);
  return { code, message, file: file.source.file, ...file.source.place(start, end), suggestion };
}

/** The config that holds for a folder: the first one upwards to the root of the repository. */
export const findConfig = (cwd: string): string | null => findUpwards(cwd, [CONFIG_NAME]);

/** The first file with one of these names, upwards to the root of the repository. */
export function findUpwards(cwd: string, names: readonly string[]): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const name of names) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return null;
  }
}

function ruleKeys(data: DataMap): { id: string; keys: string[] }[] {
  const below = (rules: unknown, keys: string[]) =>
    Object.keys((rules as DataMap | undefined) ?? {}).map((id) => ({ id, keys: [...keys, id] }));
  const overrides = ((data['overrides'] as DataMap[] | undefined) ?? []).flatMap((override, i) =>
    below(override['rules'], ['overrides', String(i), 'rules']),
  );
  return [...below(data['rules'], ['rules']), ...overrides];
}

function configOf(file: YamlFile, folder: string): Config {
  const data = file.data as DataMap;
  const list = (key: string) => ((data[key] as string[] | undefined) ?? []).map(String);
  const levels = (from: DataMap) => ({ ...((from['rules'] as Record<string, Level> | undefined) ?? {}) });
  return {
    folder,
    paths: list('paths'),
    ignore: list('ignore'),
    failOn: (data['fail_on'] as Config['failOn'] | undefined) ?? null,
    failOnUnknown: data['fail_on_unknown'] === true,
    profile: (data['profile'] as Profile | undefined) ?? null,
    rules: levels(data),
    overrides: ((data['overrides'] as DataMap[] | undefined) ?? []).map((override) => ({
      paths: ((override['paths'] as string[] | undefined) ?? []).map(String),
      profile: (override['profile'] as Profile | undefined) ?? null,
      rules: levels(override),
    })),
    packs: list('packs'),
    baseline: (data['baseline'] as string | undefined) ?? null,
    maxWaiverDays: data['max_waiver_days'] === undefined ? null : Number(data['max_waiver_days']),
    allowInline: data['allow_inline'] !== false,
    file,
  };
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { validate } from '../../build/validate-config.js';
import configSchema from '../../schemas/config-1.schema.json' with { type: 'json' };
import type { Problem } from '../finding/finding.ts';
import type { Profile, Severity } from '../finding/severity.ts';
import { similar } from '../finding/similar.ts';
import { decode } from '../model/decode.ts';
import { checkSchema } from '../model/schema-errors.ts';
import { type DataMap, readYaml } from '../model/yaml.ts';
import { nameOf } from './files.ts';

export const CONFIG_NAME = 'maestro.config.yaml';

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
}

const NONE: Omit<Config, 'folder'> = {
  paths: [],
  ignore: [],
  failOn: null,
  failOnUnknown: false,
  profile: null,
  rules: {},
  overrides: [],
};

/** The config that holds for `cwd`: the given one, else the first one upwards to the root of the repository. */
export function loadConfig(
  cwd: string,
  given: string | undefined,
  rules: Iterable<string>,
): Config | Problem[] {
  const path = given === undefined ? search(cwd) : resolve(cwd, given);
  if (path === null) return { ...NONE, folder: cwd };
  const name = nameOf(cwd, path);
  if (!existsSync(path)) return [problem(name, 'not-there', `There is no config \`${name}\``)];
  const text = decode(name, readFileSync(path));
  if (typeof text !== 'string') return [text];
  const file = readYaml(name, text);
  if (file.problems.length > 0) return [...file.problems];
  const facts = { topKeys: Object.keys(configSchema.properties), definitions: {} };
  const wrong = checkSchema(file, validate, facts);
  if (wrong.length > 0) return wrong;
  const known = [...rules];
  const unknown = ruleKeys(file.data as DataMap)
    .filter(({ id }) => !known.includes(id))
    .map(({ id, at }): Problem => {
      const near = similar(id, known);
      const { start, end } = file.find(at);
      const message = `No rule is called \`${id}\``;
      return {
        ...problem(name, 'unknown-rule', message, near && `Did you mean \`${near}\`?`),
        ...file.source.place(start, end),
      };
    });
  return unknown.length > 0 ? unknown : configOf(file.data as DataMap, dirname(path));
}

function search(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_NAME);
    if (existsSync(path)) return path;
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return null;
  }
}

function ruleKeys(data: DataMap): { id: string; at: string[] }[] {
  const keys = (rules: unknown, at: string[]) =>
    Object.keys((rules as DataMap | undefined) ?? {}).map((id) => ({ id, at: [...at, id] }));
  const overrides = ((data['overrides'] as DataMap[] | undefined) ?? []).flatMap((override, i) =>
    keys(override['rules'], ['overrides', String(i), 'rules']),
  );
  return [...keys(data['rules'], ['rules']), ...overrides];
}

function configOf(data: DataMap, folder: string): Config {
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
  };
}

const problem = (file: string, code: string, message: string, suggestion?: string): Problem => ({
  code,
  message,
  file,
  location: null,
  snippet: null,
  ...(suggestion === undefined ? {} : { suggestion }),
});

import { dirname, join, resolve } from 'node:path';
import { validate as validateAssert } from '../../build/validate-assert.js';
import { validate as validateBaseline } from '../../build/validate-baseline.js';
import { validate as validateWaivers } from '../../build/validate-waivers.js';
import type { Problem } from '../finding/finding.ts';
import { presentable } from '../finding/problems.ts';
import type { Severity } from '../finding/severity.ts';
import { type Assertion, assertionsOf } from '../model/assertions.ts';
import { decode } from '../model/decode.ts';
import type { Library } from '../model/include.ts';
import { checkSchema, type Validate } from '../model/schema-errors.ts';
import { type Waiver, waiversOf } from '../model/waivers.ts';
import { type DataMap, readYaml, type YamlFile } from '../model/yaml.ts';
import type { Baseline } from '../verdict/baseline.ts';
import { PLAIN_SILENCE, type SilencePolicy } from '../verdict/silence-policy.ts';
import { ASSERT_NAME, BASELINE_NAME, type Config, WAIVERS_NAME } from './config.ts';
import { nameOf } from './files.ts';
import { repositoryOf } from './repository.ts';

/** Reads files by the names that reports use: the disk does, and so does the tree of a revision. */
export type Reader = Pick<Library, 'read'>;

export interface SilenceOptions {
  /** A baseline of the command line, from the working directory, in place of the one of the config. */
  readonly baseline?: string;
  /** False: everything counts. */
  readonly ignores?: boolean;
}

export interface LoadedSilence {
  readonly silence: SilencePolicy;
  /** Mistakes in the files. What they say does not count then, so every finding does. */
  readonly problems: readonly Problem[];
}

/**
 * What lies around descriptions: `maestro.waivers.yaml` and the baseline, which keep findings from counting, and
 * `maestro.assert.yaml`, all looked for upwards from `cwd` to the root of the repository unless they are named. `from`
 * may be another revision.
 */
export function loadSilence(
  cwd: string,
  from: Reader,
  config: Config,
  options: SilenceOptions = {},
): LoadedSilence {
  const { maxWaiverDays, allowInline } = config;
  const stated = readAssertions(cwd, from);
  const assertions = 'problems' in stated ? [] : stated.all;
  const wrong = 'problems' in stated ? stated.problems : [];
  const plain = { ...PLAIN_SILENCE, maxWaiverDays, allowInline, assertions };
  if (options.ignores === false) return { silence: { ...plain, isOff: true }, problems: wrong };
  const waivers = readWaivers(cwd, from);
  const baseline = readBaseline(from, baselineName(cwd, from, config, options));
  return {
    silence: {
      ...plain,
      waivers: 'problems' in waivers ? [] : waivers.all,
      baseline: baseline !== null && 'problems' in baseline ? null : baseline,
    },
    problems: [waivers, baseline, stated].flatMap((each) =>
      each && 'problems' in each ? each.problems : [],
    ),
  };
}

type Wrong = { readonly problems: readonly Problem[] };

function readWaivers(cwd: string, from: Reader): { readonly all: readonly Waiver[] } | Wrong {
  const name = upwards(cwd, from, WAIVERS_NAME);
  if (name === null) return { all: [] };
  const file = readChecked(name, from.read(name), validateWaivers);
  return 'problems' in file && !('data' in file) ? file : { all: waiversOf(file as YamlFile, 'accepted') };
}

/** What `maestro.assert.yaml` says, looked for like `maestro.waivers.yaml`; `root` is where reports name files from. */
export function readAssertions(cwd: string, from: Reader, root = cwd): AssertionsRead {
  const name = upwards(cwd, from, ASSERT_NAME, root);
  return name === null ? { all: [] } : readAssertionsOf(name, from);
}

/** The same of a file that is known. */
export function readAssertionsOf(name: string, from: Reader): AssertionsRead {
  const file = readChecked(name, from.read(name), validateAssert);
  return 'problems' in file && !('data' in file) ? file : { all: assertionsOf(file as YamlFile) };
}

type AssertionsRead = { readonly all: readonly Assertion[] } | Wrong;

/** Where the baseline is, as reports call it, and whether somebody named it; null where there is none. */
export function baselineName(
  cwd: string,
  from: Reader,
  { baseline, folder }: Config,
  { baseline: given }: SilenceOptions,
): { readonly name: string; readonly isNamed: boolean } | null {
  if (given !== undefined) return { name: nameOf(cwd, resolve(cwd, given)), isNamed: true };
  if (baseline !== null) return { name: nameOf(cwd, resolve(folder, baseline)), isNamed: true };
  const name = upwards(cwd, from, BASELINE_NAME);
  return name === null ? null : { name, isNamed: false };
}

/** A baseline by its name. One that is named and not there is a mistake: nobody would notice that it hides nothing. */
export function readBaseline(from: Reader, at: { readonly name: string } | null): Baseline | Wrong | null {
  if (at === null) return null;
  const file = readChecked(at.name, from.read(at.name), validateBaseline);
  if ('problems' in file && !('data' in file)) return file;
  const entries = ((file as YamlFile).data as DataMap)['findings'] as DataMap[];
  return {
    file: at.name,
    entries: entries.map((entry) => ({
      fingerprint: String(entry['fingerprint']),
      rule: String(entry['rule']),
      system: String(entry['system']),
      subject: (entry['subject'] as string[]).map(String),
      severity: entry['severity'] as Severity,
      sources: (entry['sources'] as string[] | undefined)?.map(String) ?? null,
    })),
  };
}

function readChecked(name: string, bytes: Uint8Array | Problem, validate: Validate): YamlFile | Wrong {
  if (!(bytes instanceof Uint8Array)) return { problems: [bytes] };
  const text = decode(name, bytes);
  if (typeof text !== 'string') return { problems: [text] };
  const file = readYaml(name, text);
  if (file.problems.length > 0) return { problems: presentable(file.problems) };
  const wrong = checkSchema(file, validate);
  return wrong.length > 0 ? { problems: presentable(wrong) } : file;
}

/** The nearest file of this name from the working directory upwards, as reports that name files from `start` call it. */
function upwards(cwd: string, from: Reader, name: string, start = cwd): string | null {
  const root = repositoryOf(cwd);
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = nameOf(start, join(folder, name));
    const read = from.read(path);
    if (read instanceof Uint8Array || read.code !== 'not-there') return path;
    if (folder === root || dirname(folder) === folder) return null;
  }
}

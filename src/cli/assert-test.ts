import { basename } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import { presentable } from '../finding/problems.ts';
import { type Assertion, assertionsOf } from '../model/assertions.ts';
import { FILE_NAME } from '../model/language.ts';
import { runAssertionTests } from '../rules/assert-tests.ts';
import type { TestOutcome } from '../rules/rule-tests.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import { ASSERT_NAME, type Config } from './config.ts';
import { Disk } from './disk.ts';
import { type Candidate, findFiles, kindOf, nameOf } from './files.ts';
import type { Io } from './io.ts';
import { loadCandidate } from './run.ts';
import { readAssertions, readAssertionsOf } from './silence-files.ts';

/** Assertions that carry tests, and what keeps others from being read. */
export interface Asserted {
  readonly assertions: readonly Assertion[];
  readonly problems: readonly Problem[];
}

/** Whether a path leads to assertions and to no rule: a description, or `maestro.assert.yaml`. */
export const isAsserting = (path: string): boolean =>
  kindOf(path) === 'file' && (FILE_NAME.test(path.replaceAll('\\', '/')) || basename(path) === ASSERT_NAME);

/**
 * The assertions with tests in what `paths` (absolute) stand for; where none are given, in the descriptions that `lint`
 * would look at and in the `maestro.assert.yaml` that holds for them.
 */
export async function assertionsIn(io: Io, paths: readonly string[], config: Config): Promise<Asserted> {
  const { cwd } = io;
  const beside = paths.filter((path) => basename(path) === ASSERT_NAME);
  const others = paths.filter(
    (path) => kindOf(path) === 'folder' || (isAsserting(path) && !beside.includes(path)),
  );
  const disk = new Disk(cwd);
  const read = beside.map((path) => readAssertionsOf(nameOf(cwd, path), disk));
  if (paths.length === 0) read.push(readAssertions(cwd, disk));
  const isAll = paths.length === 0 && config.paths.length > 0;
  const { files } =
    paths.length > 0 && others.length === 0
      ? { files: [] }
      : await findFiles({
          cwd,
          paths: isAll ? config.paths : others,
          from: isAll ? config.folder : cwd,
          ignore: config.ignore,
          ignoreFrom: config.folder,
        });
  for (const candidate of files) read.push(await inDescription(candidate, disk));
  const all = new Map<string, Assertion>();
  for (const each of read)
    if ('all' in each)
      for (const assertion of each.all)
        all.set(JSON.stringify([assertion.origin.source.file, ...assertion.path]), assertion);
  return {
    assertions: [...all.values()].filter(({ tests }) => tests.length > 0),
    problems: read.flatMap((each) => ('problems' in each ? each.problems : [])),
  };
}

type Read = { readonly all: readonly Assertion[] } | { readonly problems: readonly Problem[] };

/** A description that cannot be read matters here if it is named, or asserts something. */
async function inDescription(candidate: Candidate, disk: Disk): Promise<Read> {
  const bytes = disk.read(candidate.name);
  const mayAssert =
    bytes instanceof Uint8Array && /^assert[ \t]*:/m.test(Buffer.from(bytes).toString('utf8'));
  if (!mayAssert && !candidate.named) return { all: [] };
  const loaded = await loadCandidate(candidate, disk);
  if (loaded.is === 'system') return { all: loaded.system.files.flatMap(assertionsOf) };
  if (loaded.is === 'foreign' || (loaded.looksIncluded && !candidate.named)) return { all: [] };
  return { problems: presentable(loaded.problems) };
}

export const runAll = (assertions: readonly Assertion[], vocabulary: Vocabulary): TestOutcome[] =>
  assertions.flatMap((assertion) => runAssertionTests(assertion, vocabulary));

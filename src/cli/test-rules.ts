import { join, resolve } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { presentableByFile } from '../finding/problems.ts';
import { loadPack } from '../rules/load-pack.ts';
import { builtInPack } from '../rules/pack.ts';
import { runRuleTests, type TestOutcome } from '../rules/rule-tests.ts';
import { assertionsIn, isAsserting, runAll } from './assert-test.ts';
import { colorLevel } from './color.ts';
import { loadConfig } from './config.ts';
import { UserError } from './errors.ts';
import { isOutside, kindOf, nameOf } from './files.ts';
import type { Io } from './io.ts';
import { type PackFiles, packFiles } from './pack-files.ts';
import { packOf } from './policy.ts';

/**
 * Runs the tests of the rules and assertions that `paths` stand for, and prints what failed. Without paths: those of the
 * packs and assertions that hold here; where nobody has any, the rules that come with the program.
 */
export async function testRules(io: Io, paths: readonly string[]): Promise<Outcome> {
  const { problems, outcomes } = await test(io, paths);
  io.stdout.write(await report(io, { problems, outcomes }));
  if (problems.length > 0) return 'invalid';
  return outcomes.every(({ passed }) => passed) ? 'clean' : 'findings';
}

interface Tested {
  readonly problems: readonly Problem[];
  readonly outcomes: readonly TestOutcome[];
}

async function test(io: Io, paths: readonly string[]): Promise<Tested> {
  const config = loadConfig(io.cwd, undefined);
  if ('length' in config) return { problems: config, outcomes: [] };
  const packs = config.packs.map((path) => resolve(config.folder, path));
  const given = paths.map((path) => existing(io.cwd, resolve(io.cwd, path)));
  const { assertions, problems } = await assertionsIn(io, given, config);
  const rulePaths = given.length > 0 ? given.filter((path) => !isAsserting(path)) : packs;
  const asserted = assertions.length + problems.length > 0;
  const tested: Tested = {
    problems,
    outcomes: assertions.length === 0 ? [] : runAll(assertions, (await packOf(io.cwd, {})).vocabulary),
  };
  if (rulePaths.length === 0 && (asserted || given.length > 0))
    return given.length > 0 && !asserted ? nothing() : tested;
  const rules =
    rulePaths.length === 0
      ? testBuiltIn(io, join(io.home, 'rules'))
      : testOwn(io, rulePaths, packs, asserted);
  return {
    problems: [...rules.problems, ...tested.problems],
    outcomes: [...rules.outcomes, ...tested.outcomes],
  };
}

function nothing(): never {
  throw new UserError('no assertion here has a test', 'docs/assertions.md shows how one is written');
}

/** Rules of a team, with the words that the packs of their config bring. */
function testOwn(io: Io, paths: readonly string[], packs: readonly string[], asserted: boolean): Tested {
  const builtIn = join(io.home, 'rules');
  const [first] = paths;
  if (first !== undefined && !isOutside(builtIn, first)) return testBuiltIn(io, ...paths);
  const wanted = paths.map((path) => packFiles(io.cwd, path));
  const names = new Set(wanted.flatMap(({ files }) => files.map(({ path }) => path)));
  return run([...wanted, ...packs.map((path) => packFiles(io.cwd, path))], builtInPack(), names, asserted);
}

/** The rules that come with the program: their words are compiled in, and none of them is known already. */
function testBuiltIn(io: Io, ...paths: string[]): Tested {
  const read = paths.map((path) => packFiles(io.home, path));
  const rules = read.map((each) => ({
    ...each,
    files: each.files.filter(({ text }) => !/^vocabulary:/m.test(text)),
  }));
  return run(rules, { ...builtInPack(), rules: [] }, null);
}

function run(
  read: readonly PackFiles[],
  base: ReturnType<typeof builtInPack>,
  wanted: ReadonlySet<string> | null,
  asserted = false,
): Tested {
  const files = new Map(read.flatMap((each) => each.files).map((file) => [file.path, file]));
  const { own, pack, problems: wrong } = loadPack([...files.values()], base);
  const problems = [...read.flatMap((each) => each.problems), ...presentableByFile(wrong)];
  const tested = own.filter(({ path }) => wanted === null || wanted.has(path));
  const isEmpty = tested.length === 0 && problems.every(({ code }) => code === 'empty-pack');
  if (isEmpty && asserted) return { problems: [], outcomes: [] };
  if (isEmpty)
    throw new UserError('there is no rule file here', 'A rule file is YAML that begins with `rule: 1`');
  return {
    problems,
    outcomes: tested.flatMap(({ rule, tests }) => runRuleTests(rule, tests, pack.vocabulary)),
  };
}

function existing(cwd: string, path: string): string {
  if (kindOf(path) !== 'nothing') return path;
  throw new UserError(`there is no ${nameOf(cwd, path)}`, 'Name a rule file or a folder of them');
}

async function report(io: Io, { problems, outcomes }: Tested): Promise<string> {
  const { ruleTestsText } = await import('../report/text-rule-tests.ts');
  const { env, stdout } = io;
  return ruleTestsText(problems, outcomes, {
    color: colorLevel(env, stdout.isTTY),
    width: (stdout.isTTY && stdout.columns) || 100,
    wrap: stdout.isTTY,
    links: false,
  });
}

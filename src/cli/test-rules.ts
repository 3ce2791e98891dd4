import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Problem } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { presentable } from '../finding/problems.ts';
import { decode } from '../model/decode.ts';
import { visible } from '../report/escape.ts';
import { loadRule } from '../rules/load.ts';
import { builtInPack } from '../rules/pack.ts';
import { mapExpressions } from '../rules/rule.ts';
import { runRuleTests, type TestOutcome } from '../rules/rule-tests.ts';
import { UserError } from './errors.ts';
import { nameOf, readBytes } from './files.ts';
import type { Io } from './io.ts';

/** Runs the tests of the rule files that `paths` stand for, and prints what failed. */
export async function testRules(io: Io, paths: readonly string[]): Promise<Outcome> {
  const { problems, outcomes } = test(io, paths);
  io.stdout.write(await report(problems, outcomes));
  if (problems.length > 0) return 'invalid';
  return outcomes.every(({ passed }) => passed) ? 'clean' : 'findings';
}

function test(io: Io, paths: readonly string[]): { problems: Problem[]; outcomes: TestOutcome[] } {
  const { vocabulary, threats } = builtInPack();
  const problems: Problem[] = [];
  const outcomes: TestOutcome[] = [];
  const files =
    paths.length > 0 ? paths.flatMap((path) => ruleFiles(io, resolve(io.cwd, path))) : builtIn(io);
  if (files.length === 0)
    throw new UserError('there is no rule file here', 'A rule file is YAML that begins with `rule: 1`');
  for (const { path, name } of files) {
    const text = readText(path, name);
    if (typeof text !== 'string') {
      problems.push(text);
      continue;
    }
    const { loaded, problems: wrong } = loadRule(name, text, { vocabulary, threats });
    problems.push(...presentable(wrong));
    if (!loaded) continue;
    const rule = mapExpressions(loaded.rule, (checked) => checked.run);
    outcomes.push(...runRuleTests(rule, loaded.tests, vocabulary));
  }
  return { problems, outcomes };
}

interface RuleFile {
  readonly path: string;
  readonly name: string;
}

function ruleFiles(io: Io, path: string): RuleFile[] {
  const name = nameOf(io.cwd, path);
  if (!existsSync(path)) throw new UserError(`there is no ${name}`, 'Name a rule file or a folder of them');
  if (!statSync(path).isDirectory()) return [{ path, name }];
  return below(path).map((file) => ({ path: join(path, file), name: nameOf(io.cwd, join(path, file)) }));
}

/** The pack's own rules keep their short names wherever the package is installed. */
const builtIn = (io: Io): RuleFile[] =>
  below(join(io.home, 'rules')).map((file) => ({
    path: join(io.home, 'rules', file),
    name: `rules/${file}`,
  }));

/** Rule files of a folder; the data files that lie beside the built-in rules are none. */
const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.ya?ml$/.test(file) && mayBeRule(readText(join(folder, file), file)))
    .sort();

/** What cannot be read is reported, not passed over. */
const mayBeRule = (text: string | Problem): boolean => typeof text !== 'string' || /^rule:/m.test(text);

function readText(path: string, name: string): string | Problem {
  const bytes = readBytes(path, name);
  return bytes instanceof Uint8Array ? decode(name, bytes) : bytes;
}

async function report(problems: readonly Problem[], outcomes: readonly TestOutcome[]): Promise<string> {
  const { painter } = await import('../report/paint.ts');
  const { problemText } = await import('../report/text-problem.ts');
  const paint = painter(false, false);
  const failed = outcomes.filter(({ passed }) => !passed);
  const blocks = [
    ...problems.map((problem) => problemText(problem, paint, { color: 0, width: 100, links: false })),
    ...failed.map(({ rule, test: name, expected, actual }) =>
      [
        `failed: ${rule}: ${visible(name)}`,
        ...expected.filter((line) => !actual.includes(line)).map((line) => `  missing  ${visible(line)}`),
        ...actual.filter((line) => !expected.includes(line)).map((line) => `  extra    ${visible(line)}`),
      ].join('\n'),
    ),
  ];
  const passed = outcomes.length - failed.length;
  return `${[...blocks, `${passed} passed, ${failed.length + problems.length} failed`].join('\n\n')}\n`;
}

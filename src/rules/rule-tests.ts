import type { Location, Problem } from '../finding/finding.ts';
import { presentable } from '../finding/problems.ts';
import { loadText } from '../model/load.ts';
import type { System } from '../model/system.ts';
import { checkControls } from './check-controls.ts';
import { evaluate } from './evaluate.ts';
import type { Hit, Rule } from './hit.ts';
import type { RuleTest } from './load.ts';
import { tellsWay } from './rule.ts';
import { inRuleFile } from './test-place.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Context } from './world.ts';

/** How one test of a rule ended. */
export interface TestOutcome {
  readonly rule: string;
  readonly test: string;
  /** Where the test is written. */
  readonly location: Location;
  readonly passed: boolean;
  /** What was wanted and what came, a line each, sorted; only of interest when it failed. */
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  /** What keeps its model from being linted, at its place in the rule file: then nothing came. */
  readonly problems: readonly Problem[];
}

/** Runs a rule's tests, each over the small description it carries, with this rule alone. */
export const runRuleTests = (rule: Rule, tests: readonly RuleTest[], vocabulary: Vocabulary): TestOutcome[] =>
  tests.map((test) => runRuleTest(rule, test, vocabulary));

const runRuleTest = (rule: Rule, test: RuleTest, vocabulary: Vocabulary): TestOutcome =>
  runTest(rule, test, vocabulary, () => ({ rules: [rule], problems: [] }));

/** What runs on the model of a test, or why nothing can, at places that are right as they are. */
type Runs = (system: System) => { readonly rules: readonly Rule[]; readonly problems: readonly Problem[] };

/** Runs one test of what reports call `id`; a find of it that names no key means `at`. */
export function runTest(
  { id, at: usual }: Pick<Rule, 'id' | 'at'>,
  test: RuleTest,
  vocabulary: Vocabulary,
  runs: Runs,
): TestOutcome {
  const wanted = test.finds.map(({ subject, at }) => line(subject, at ?? usual)).sort();
  const doubtful = test.unknown?.map((fact) => `unknown ${fact}`).sort() ?? null;
  const expected = [...wanted, ...(doubtful ?? [])];
  const about = { rule: id, test: test.name, location: test.place.name, expected };
  const failed = (problems: readonly Problem[]) => ({
    ...about,
    passed: false,
    actual: [],
    problems: presentable(problems),
  });
  const loaded = loadText(`${id}: ${test.name}`, header(test.model));
  const problems =
    loaded.is === 'system'
      ? checkControls(loaded.system, vocabulary)
      : loaded.is === 'invalid'
        ? loaded.problems
        : [];
  if (loaded.is !== 'system' || problems.length > 0) {
    const added = header(test.model).split('\n').length - test.model.split('\n').length;
    return failed(problems.map((problem) => inRuleFile(problem, test.place, added)));
  }
  const { rules, problems: wrong } = runs(loaded.system);
  if (wrong.length > 0) return failed(wrong);
  const { hits, doubts } = evaluate(loaded.system, rules, vocabulary, contextOf(test.absent));
  const found = hits.map((hit) => line(hit.subject.join(', '), hit.at) + wayless(hit)).sort();
  const unknown = [...new Set(doubts.flatMap(({ facts }) => facts))].sort().map((fact) => `unknown ${fact}`);
  const actual = [...found, ...(doubtful ? unknown : [])];
  return { ...about, passed: JSON.stringify(expected) === JSON.stringify(actual), actual, problems: [] };
}

/** Tests have no files, so evidence counts as there unless they say otherwise; their day is fixed. */
export const contextOf = (absent: readonly string[]): Context => ({
  asOf: Date.UTC(2026, 0, 1) / 1000,
  evidence: ({ file }) => (absent.includes(file) ? 'is not there' : ''),
});

/** What a rule's `attack` says has to fit what its `when` finds. */
const wayless = ({ rule, walk = [] }: Hit): string =>
  tellsWay(rule.form) && walk.length === 0 ? ', and no way of its attack leads there' : '';

const line = (subject: string, at: string): string => (at === '' ? subject : `${subject} at ${at}`);

const HEADER = 'maestro: 1\nsystem: { name: rule-test }\n';

/** Tests leave the header out; one that says more about the system writes its own `system`. */
export const header = (model: string): string =>
  /^system:/m.test(model)
    ? `maestro: 1\n${model.replace(/^system:\s*\{(?!.*\bname:)/m, 'system: { name: rule-test, ')}`
    : HEADER + model;

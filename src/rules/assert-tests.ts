import { ASSERTED } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import type { Assertion } from '../model/assertions.ts';
import type { DataMap } from '../model/yaml.ts';
import { statedRule } from './assert.ts';
import type { RuleTest } from './load.ts';
import { runTest, type TestOutcome } from './rule-tests.ts';
import { testPlace } from './test-place.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Runs the tests that an assertion carries, each over its small description, with this assertion alone. */
export const runAssertionTests = (assertion: Assertion, vocabulary: Vocabulary): TestOutcome[] =>
  assertion.tests.map((written, i) =>
    runTest(
      { id: `${ASSERTED}${mask(assertion.id)}`, at: '' },
      testOf(assertion, written, i),
      vocabulary,
      (system) =>
        statedRule(
          assertion,
          system,
          vocabulary,
          'The model of a test declares whatever the assertion names',
        ),
    ),
  );

const testOf = ({ origin, path }: Assertion, written: DataMap, i: number): RuleTest => ({
  name: String(written['name']),
  model: String(written['model']),
  finds: (written['finds'] as DataMap[]).map((find) => ({
    subject: [find['subject']].flat().map(String).join(', '),
    at: null,
  })),
  unknown: Array.isArray(written['unknown']) ? written['unknown'].map(String) : null,
  absent: [],
  place: testPlace(origin, i, path),
});

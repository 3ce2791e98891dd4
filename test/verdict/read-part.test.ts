import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { jsonReport } from '../../src/report/json.ts';
import { NotPart, readPart } from '../../src/verdict/read-part.ts';
import { accepted, changed } from '../report/change-fixture.ts';
import { finding, fullVerdict, hostileVerdict, longVerdict, problem } from '../report/verdict-fixture.ts';

const part = {
  shard: { index: 2, of: 3 },
  failOn: 'medium',
  failOnUnknown: true,
  closing: { paths: 3, closed: 2, changes: 1 },
} as const;
const written = (verdict: ReturnType<typeof fullVerdict>) =>
  JSON.parse(jsonReport(verdict, { frameworksOf: () => [], part }));
const everything = {
  ...changed(),
  comparison: null,
  waived: [accepted()],
  known: [finding()],
  warnings: [problem()],
  errorOrder: ['1 b/maestro.yaml', '3'],
};

test.each([
  ['full', fullVerdict()],
  ['long', longVerdict()],
  ['hostile', hostileVerdict()],
  ['silenced', everything],
])('a %s verdict comes back as it was', (_, verdict) => {
  expect(readPart(written(verdict))).toEqual({ ...part, verdict });
});

test('the report of a part is what its schema says', () => {
  const schema = readFileSync(new URL('../../schemas/report-1.schema.json', import.meta.url), 'utf8');
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  ajv.validate(JSON.parse(schema), written(everything));
  expect(ajv.errors).toBeNull();
});

test('a key that no verdict has is not taken, and one that is missing is named', () => {
  const report = written(fullVerdict());
  report.part.verdict.findings[0].extra = 1;
  expect(readPart(report).verdict).toEqual(fullVerdict());
  delete report.part.verdict.findings[1].fix.say;
  expect(() => readPart(report)).toThrow(new NotPart('part.verdict.findings[1].fix.say is not a text'));
  expect(() => readPart([])).toThrow(NotPart);
  expect(() => readPart({ ...report, part: { ...report.part, shard: { index: 4, of: 3 } } })).toThrow(
    NotPart,
  );
});

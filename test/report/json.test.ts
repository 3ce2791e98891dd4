import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { jsonReport } from '../../src/report/json.ts';
import type { Silence } from '../../src/verdict/verdict.ts';
import { comparison } from './change-fixture.ts';
import { finding, fullVerdict, hostileVerdict, silencedVerdict, verdict, waived } from './verdict-fixture.ts';

interface Json {
  readonly rule: string;
  readonly code: string;
  readonly fingerprint: string;
  readonly silence: Silence;
}

const OPTIONS = {
  frameworksOf: (threats: readonly string[]) => threats.map((_, i) => `owasp-asi:ASI0${i + 1}:2026`),
};

test('everything a report can hold', async () => {
  await expect(jsonReport(fullVerdict(), OPTIONS)).toMatchFileSnapshot('../golden/report/full.json');
});

test.each([
  ['full', fullVerdict()],
  ['empty', verdict()],
  ['silenced', silencedVerdict()],
  ['hostile', hostileVerdict()],
])('a %s report is what its schema says', (_, v) => {
  const schema = readFileSync(new URL('../../schemas/report-1.schema.json', import.meta.url), 'utf8');
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  ajv.validate(JSON.parse(schema), JSON.parse(jsonReport(v, OPTIONS)));
  expect(ajv.errors).toBeNull();
});

test('with a base, each finding says what the change did to it', () => {
  const [brought, worse, there] = ['a1', 'b2', 'c3'].map((two) => finding({ fingerprint: two.repeat(16) }));
  const v = verdict({
    findings: [brought!, worse!, there!],
    comparison: comparison({
      added: [brought!],
      grown: [{ finding: worse!, before: worse!, how: ['severity rose'] }],
      standing: [there!],
    }),
  });
  const { findings } = JSON.parse(jsonReport(v, OPTIONS));
  expect(findings.map(({ change }: { change: string }) => change)).toEqual(['new', 'grown', 'unchanged']);
  expect(jsonReport({ ...v, comparison: null }, OPTIONS)).not.toContain('"change"');
});

test('nothing is left out of an empty one', () => {
  expect(JSON.parse(jsonReport(verdict(), OPTIONS))).toEqual({
    version: 'json-v1',
    tool: { name: 'maestro', version: '0.1.0' },
    complete: true,
    files: [{ path: 'shop/maestro.yaml', status: 'linted', system: 'shop', components: 4 }],
    findings: [],
    waived: [],
    known: [],
    unknown: [],
    errors: [],
    warnings: [],
    summary: {
      files: { linted: 1, included: 0, failed: 0, skipped: 0 },
      findings: { critical: 0, high: 0, medium: 0, low: 0, total: 0 },
      unknown: 0,
      waived: 0,
      suppressed: 0,
      errors: 0,
      warnings: 0,
    },
  });
});

test('waived findings are counted, and are not among the findings', () => {
  const { findings, summary } = JSON.parse(jsonReport(verdict({ waived: [waived(), waived()] }), OPTIONS));
  expect([findings, summary.waived, summary.findings.total]).toEqual([[], 2, 0]);
});

test('what does not count is listed with whose decision that is', () => {
  const report = JSON.parse(jsonReport(silencedVerdict(), OPTIONS));
  expect(
    report.waived.map(({ rule, silence }: Json) => [rule, silence.by, silence.owner, silence.expires]),
  ).toEqual([
    ['stranger-moves-money', 'waiver', 'payments-team', '2026-12-31'],
    ['kill-switch-missing', 'comment', null, null],
  ]);
  expect(report.waived[0].silence.location).toMatchObject({ file: 'shop/maestro.yaml', line: 2 });
  expect(report.known.map(({ fingerprint }: Json) => fingerprint)).toEqual(['f4'.repeat(16)]);
  expect(report.warnings.map(({ code }: Json) => code)).toEqual(['waiver-unused', 'baseline-gone']);
  expect(report.summary).toMatchObject({ waived: 1, suppressed: 2, warnings: 2, findings: { total: 1 } });
});

test('hostile names come back as they were, and none is raw', () => {
  const hostile = hostileVerdict();
  const json = jsonReport(hostile, OPTIONS);
  expect(json).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u);
  expect(json).not.toMatch(/::error|##\[|##vso\[|-->|<!--|\]\]>/);
  expect(JSON.parse(json).findings[0].message).toBe(hostile.findings[0]!.message);
  expect(JSON.parse(json).errors[0].file).toBe(hostile.errors[0]!.file);
});

test('a problem without a place has none', () => {
  const [error] = fullVerdict().errors;
  const whole = { ...error!, location: null, snippet: null };
  expect(JSON.parse(jsonReport(verdict({ errors: [whole] }), OPTIONS)).errors[0].location).toBeNull();
});

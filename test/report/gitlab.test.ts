import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { gitlabReport } from '../../src/report/gitlab.ts';
import { changed, many } from './change-fixture.ts';
import { finding, fullVerdict, hostileVerdict, problem, verdict } from './verdict-fixture.ts';

/** What docs.gitlab.com demands of each entry ("Code Quality report format"), and nothing besides. */
const FORMAT = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        additionalProperties: false,
        properties: {
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          lines: {
            type: 'object',
            required: ['begin', 'end'],
            additionalProperties: false,
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};

const entries = (v = fullVerdict()) =>
  JSON.parse(gitlabReport(v)) as { fingerprint: string; severity: string; description: string }[];

test('everything a report can hold', async () => {
  await expect(gitlabReport(fullVerdict())).toMatchFileSnapshot('../golden/report/full.gitlab.json');
});

describe.each([
  ['full', fullVerdict()],
  ['change', changed()],
  ['large', many(3000)],
  ['empty', verdict()],
])('a %s report', (_, v) => {
  test('is what GitLab asks for, with fingerprints that no two entries share', () => {
    const ajv = new Ajv({ allErrors: true });
    ajv.validate(FORMAT, entries(v));
    expect(ajv.errors).toBeNull();
    expect(new Set(entries(v).map(({ fingerprint }) => fingerprint)).size).toBe(entries(v).length);
    expect(entries(v)).toHaveLength(v.findings.length + v.errors.length);
  });
});

test('equal mistakes are told apart', () => {
  const two = entries(verdict({ complete: false, errors: [problem(), problem()] }));
  expect(new Set(two.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test('each severity has its own, the worst first', () => {
  const findings = (['low', 'medium', 'high', 'critical'] as const).map((severity) => finding({ severity }));
  expect(entries(verdict({ findings })).map(({ severity }) => severity)).toEqual([
    'blocker',
    'critical',
    'major',
    'minor',
  ]);
});

test('hostile names are raw nowhere', () => {
  expect(gitlabReport(hostileVerdict())).not.toMatch(
    /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\p{Cs}]|::error|##\[|-->/u,
  );
});

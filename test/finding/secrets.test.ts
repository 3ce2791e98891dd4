import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksSecret, mask } from '../../src/finding/secrets.ts';
import { runs } from '../support/runs.ts';

/** Made up at run time: a scanner that reads this repository should find nothing. */
const letters = (count: number): string => 'Ab3dE6gH9jK2mN5pQ8rS'.repeat(30).slice(0, count);
const SECRETS: readonly string[] = [
  `AKIA${'ABCD2345EFGH67IJ'}`,
  `gh${'p'}_${letters(36)}`,
  `github${'_pat_'}${letters(60)}`,
  `gl${'pat-'}${letters(20)}`,
  `sk${'-ant-'}${letters(40)}`,
  `sk${'_live_'}${letters(24)}`,
  `xox${'b-'}${letters(30)}`,
  `AI${'za'}${letters(35)}`,
  `hf${'_'}${letters(34)}`,
  `npm${'_'}${letters(36)}`,
  `SG.${letters(22)}.${letters(43)}`,
  `eyJ${letters(20)}.eyJ${letters(40)}.${letters(43)}`,
  `ASIA${'ABCD2345EFGH67IJ'}`,
  `gh${'r'}_${letters(30)}`,
  `sk${'-'}${letters(20)}`,
  `rk${'_test_'}${letters(16)}`,
  `wh${'sec_'}${letters(24)}`,
  `https://hooks.${'slack'}.com/services/${letters(20)}`,
  `ya29${'.'}${letters(20)}`,
  `hf${'_'}${letters(30)}`,
  `py${'pi-'}${letters(50)}`,
  `SG.${letters(16)}.${letters(16)}`,
  `S${'K'}${'0a1b2c3d'.repeat(4)}`,
  `dop${'_v1_'}${'0a1b2c3d'.repeat(8)}`,
  `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIE${letters(60)}\n-----END`,
];

describe('what a secret looks like', () => {
  test.each(SECRETS)('%s', (secret) => {
    for (const around of [secret, `"${secret}"`, `key=${secret};`, `old_${secret}_tool`, `(${secret})`]) {
      expect(looksSecret(around), around).toBe(true);
      expect(mask(around)).toHaveLength(around.length);
      expect(looksSecret(mask(around)), around).toBe(false);
    }
  });

  test.each([
    'postgres://admin:hunter2x@db.internal/claims',
    'password: "Tr0ub4dor-and-3-more"',
    'api_key = 9f86d081884c7d659a2feaa0c55ad015',
  ])('%s', (text) => {
    expect(looksSecret(text)).toBe(true);
    expect(looksSecret(mask(text))).toBe(false);
  });

  test.each([
    `sk-ant-your_key_goes_here_and_nowhere_else`,
    `password: $${'{'}DATABASE_PASSWORD_2}`,
    'postgres://admin:<password>@db.internal/claims',
    'arn:aws:iam::123456789012:role/intake',
    'registry.example/agents@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'https://mcp.payments.internal:8443/mcp',
    'planner-4-2026-03-11',
    'token: exchanged',
    'secret_in: vault',
    'https://issuer.example/tenants/8d3f0d8e-7f0e-4c8e-9a37-1f1d0c3b2a10',
  ])('is not %s', (text) => {
    expect(looksSecret(text)).toBe(false);
    expect(mask(text)).toBe(text);
  });
});

const piece = fc.oneof(
  fc.constantFrom(
    ...SECRETS,
    ...[
      '-----BEGIN ',
      'PRIVATE KEY-----',
      'eyJ',
      'ghp_',
      'sk-',
      'AKIA',
      '://',
      ':',
      '@',
      '.',
      '-',
      '_',
      '"',
      "'",
    ],
    ...[
      'password',
      'token=',
      'Bearer ',
      'example',
      `$${'{'}`,
      '****',
      '\n',
      ' ',
      '\\n',
      '0000000000000',
      'A1b2C3d4E5f6G7h8',
    ],
  ),
  fc.string({ maxLength: 8 }),
);

test('a masked credential of any length looks like none', () => {
  for (const secret of ['abc', 'abcd', 'abcdefgh']) {
    const masked = mask(`postgres://user:${secret}@db`);
    expect(masked).toBe(`postgres://user:${'*'.repeat(secret.length)}@db`);
    expect(looksSecret(masked)).toBe(false);
  }
});

test('the mask keeps the length, leaves nothing that looks secret, and changes nothing twice', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      const masked = mask(text);
      expect(masked).toHaveLength(text.length);
      expect(looksSecret(masked)).toBe(false);
      expect(mask(masked)).toBe(masked);
    }),
    { numRuns: runs(3000) },
  );
});

const SIZE = 100_000;
const fill = (unit: string): string => unit.repeat(Math.ceil(SIZE / unit.length));

test.each([
  'a',
  ' ',
  '-',
  '_',
  '.',
  ':',
  '@',
  '/',
  '"',
  '=',
  '1a',
  'A',
  'sk-',
  'ghp_',
  'eyJ',
  '-eyJ',
  'eyJ.',
  'SG.',
  '-SG.',
  'a://',
  'a:b@',
  'http://a:',
  '://',
  'password',
  'password=',
  'password: ',
  'token"  :  "',
  'bearer a',
  'secret a1',
  '-----BEGIN ',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN A ',
  'https://hooks.slack.com/services/',
  'xoxb-',
  'AIza',
  'pypi-',
  '-github_pat_',
  'SK0',
  ' SK0123456789abcdef',
  'token=a',
  'a+.-',
  `a${'b'.repeat(300)}:`,
])('a line of 100 KB of %j is masked at once', (unit) => {
  const text = fill(unit);
  expect(mask(text)).toHaveLength(text.length);
  expect(looksSecret(mask(text))).toBe(false);
});

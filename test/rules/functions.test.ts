import { expect, test } from 'vitest';
import { dayIn, glob, isPinned } from '../../src/rules/functions.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1000;

test.each([
  ['planner-2026-05-11', '2026-05-11'],
  ['20260511', '2026-05-11'],
  ['small-2025-01-01-patch-2026-02-03', '2026-02-03'],
])('the day in %s', (version, expected) => {
  expect(dayIn(version)).toBe(day(expected));
});

test.each(['', '1.20.3', '2026-13-01', '2026-02-31', '120260511', '2026-0511', '202605112'])(
  'there is no day in %j',
  (version) => {
    expect(dayIn(version)).toBe(0);
  },
);

test.each(['1.2.3', 'v10.0.1', 'planner-2026-05-11', 'planner-20260511', `sha256:${'0a'.repeat(32)}`])(
  '%s is one version for good',
  (version) => {
    expect(isPinned(version)).toBe(true);
  },
);

test.each([
  '',
  'latest',
  '1',
  '1.2',
  '^1.2.3',
  '~1.2.3',
  '>=1.2.3',
  '1.2.3 || 2.0.0',
  '1.2.x',
  'stable-1.2.3',
  'main',
])('%j may move', (version) => {
  expect(isPinned(version)).toBe(false);
});

test.each([
  ['*.example', 'shop.example', true],
  ['*.example', 'shop.example.org', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*', '', true],
  ['**b*', 'aab', true],
  ['', 'a', false],
])('the pattern %j and the text %j: %j', (pattern, text, fits) => {
  expect(glob(text, pattern)).toBe(fits);
});

test('a pattern of nothing but stars takes no time on a long text that does not fit', () => {
  expect(glob('a'.repeat(20_000), `${'*a'.repeat(50)}b`)).toBe(false);
});

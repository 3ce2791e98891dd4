import { describe, expect, test } from 'vitest';
import { textReport } from '../../src/report/text.ts';
import type { TextOptions } from '../../src/report/text-options.ts';
import {
  file,
  finding,
  fullVerdict,
  hostileVerdict,
  pathFinding,
  step,
  unknown,
  verdict,
} from './verdict-fixture.ts';

const OPTIONS: TextOptions = { color: 0, width: 100, links: false };
const text = (v = fullVerdict(), options: Partial<TextOptions> = {}) =>
  textReport(v, { ...OPTIONS, ...options });

test('everything a report can hold', async () => {
  await expect(text()).toMatchFileSnapshot('../golden/report/full.txt');
});

test('hostile names', async () => {
  const report = text(hostileVerdict());
  expect(report).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u);
  expect(report).not.toMatch(/^\s*::[a-z-]/im);
  expect(report).not.toMatch(/::error [^:]*::|##\[|##vso\[|-->|<!--|\]\]>/);
  await expect(report).toMatchFileSnapshot('../golden/report/hostile.txt');
});

test('the same verdict gives the same bytes', () => expect(text()).toBe(text()));

describe('summary', () => {
  const summary = (v: Parameters<typeof textReport>[0], options = {}) =>
    text(v, options).trimEnd().split('\n\n').at(-1);

  test('of a clean run says what was checked', () => {
    expect(text(verdict())).toBe('no findings\nchecked 4 components in 1 file with 2 rules\n');
    expect(summary(verdict(), { cwdLabel: 'services' })).toMatch(/in 1 file in services with/);
  });

  test('of a run without files is not a clean one', () => {
    expect(summary(verdict({ files: [] }))).toMatch(/^nothing was linted/);
  });

  test('of an incomplete run says so first', () => {
    const failed = file({ path: 'b.yaml', status: 'failed', components: 0 });
    expect(summary(verdict({ complete: false, files: [file(), failed] }))).toBe(
      'incomplete: nothing is known about b.yaml\nno findings\nchecked 4 components in 1 file with 2 rules; 1 file failed',
    );
    expect(summary(verdict({ complete: false }))).toMatch(/^incomplete: not everything/);
  });

  test('counts by severity', () => {
    const findings = [pathFinding(), finding(), finding(), finding({ severity: 'low' })];
    expect(summary(verdict({ findings }))).toMatch(/^4 findings: 1 critical, 2 high, 1 low\n/);
  });
});

describe('unknown', () => {
  const line = (...many: Parameters<typeof unknown>[0][]) =>
    text(verdict({ unknown: many.map((over) => unknown(over)) })).split('\n')[0];

  test('names each fact once, the one that most checks wait for first', () => {
    expect(line({ facts: ['intake.effect'] }, {}, {})).toBe(
      '3 checks could not judge: autonomy of intake, effect of intake',
    );
    expect(line({ subject: ['payments.send'], facts: ['payments.send.effect', 'a.b.c'] })).toBe(
      '1 check could not judge: c of a.b, effect of payments.send',
    );
  });

  test('names systems where there are several', () => {
    expect(line({}, { system: 'till' })).toBe(
      '2 checks could not judge: autonomy of intake (shop), autonomy of intake (till)',
    );
  });

  test('stops at eight', () => {
    const facts = Array.from({ length: 12 }, (_, i) => `a${String(i).padStart(2, '0')}.kind`);
    expect(line({ facts })).toMatch(/kind of a07 and 4 more$/);
  });
});

describe('findings', () => {
  test('are grouped by file, worst first, all of them', () => {
    const inFile = (name: string, severity: 'high' | 'low') =>
      finding({ severity, location: { ...finding().location, file: name } });
    const findings = [
      inFile('z.yaml', 'high'),
      ...Array(60).fill(inFile('a.yaml', 'low')),
      inFile('a.yaml', 'high'),
    ];
    const report = text(verdict({ files: [file({ path: 'a.yaml' }), file({ path: 'z.yaml' })], findings }));
    expect(report.match(/^(a\.yaml|z\.yaml|high|low).*?(?=\]|$)/gm)).toEqual([
      'a.yaml: 61 findings',
      'high[kill-switch-missing',
      ...Array(60).fill('low[kill-switch-missing'),
      'z.yaml: 1 finding',
      'high[kill-switch-missing',
    ]);
  });

  test('show the ends of a long path', () => {
    const steps = Array.from({ length: 40 }, (_, i) => step(`n${i}`, `step ${i}`, 'intake'));
    const report = text(verdict({ findings: [pathFinding({ steps })] }));
    expect(report.match(/[├│└].*?(?= \(|$)/gm)).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((i) => `├─ step ${i}`),
      '│  … 29 more steps',
      ...[35, 36, 37, 38].map((i) => `├─ step ${i}`),
      '└─ step 39',
    ]);
  });
});

describe('colour', () => {
  test('adds escapes and no words', () => {
    const coloured = text(fullVerdict(), { color: 3 });
    expect(coloured).toContain('\x1b[');
    expect(coloured.replace(/\x1b\[[\d;]*m/g, '')).toBe(text());
  });

  test('links only when asked, and to the page that is printed', () => {
    expect(text(fullVerdict(), { color: 3 })).not.toContain('\x1b]8');
    const url = 'https://example.org/rules/kill-switch-missing.md';
    expect(text(fullVerdict(), { links: true })).toContain(`\x1b]8;;${url}\x1b\\${url}\x1b]8;;\x1b\\`);
  });
});

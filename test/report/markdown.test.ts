import { expect, test } from 'vitest';
import { markdownReport } from '../../src/report/markdown.ts';
import { foreign } from '../support/gfm.ts';
import { many, withTexts } from './change-fixture.ts';
import { fullVerdict, HOSTILE, longVerdict, verdict } from './verdict-fixture.ts';

const PAGES = /^https:\/\/example\.org\//;

test('everything a report can hold', async () => {
  await expect(markdownReport(fullVerdict())).toMatchFileSnapshot('../golden/report/full.md');
});

test('a clean run says what was checked', () => {
  expect(markdownReport(verdict())).toBe(
    '### ✅ No findings.\n\n<sub>maestro 0.1.0 · 4 components in 1 system checked with 2 rules</sub>\n',
  );
});

test('an incomplete run never looks clean, and neither does one that checked nothing', () => {
  expect(markdownReport(verdict({ complete: false }))).toContain('⚠️ No findings in what could be checked');
  expect(markdownReport(verdict({ files: [] }))).toContain('Nothing was checked.');
});

test('thousands of findings are all there', () => {
  expect(markdownReport(many(3000)).match(/^\| \S+&nbsp;(?:critical|high|medium|low) \|/gm)).toHaveLength(
    3000,
  );
});

test('hostile names add nothing', () => {
  for (const v of [fullVerdict(), longVerdict()]) {
    expect(foreign(markdownReport(v), PAGES)).toEqual([]);
    expect(foreign(markdownReport(withTexts(v, () => HOSTILE)), PAGES)).toEqual([]);
  }
});

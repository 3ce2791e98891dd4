import { expect, test } from 'vitest';
import { junitReport } from '../../src/report/junit.ts';
import { accepted, changed } from './change-fixture.ts';
import {
  file,
  finding,
  fullVerdict,
  hostileVerdict,
  silencedVerdict,
  unknown,
  verdict,
} from './verdict-fixture.ts';

test('everything a report can hold', async () => {
  await expect(junitReport(fullVerdict())).toMatchFileSnapshot('../golden/report/full.junit.xml');
});

test('a change: what was there before is skipped, and only what is new fails', async () => {
  await expect(junitReport(changed())).toMatchFileSnapshot('../golden/report/change.junit.xml');
});

test('a system without findings is seen, and so is one where nothing could be judged', () => {
  expect(junitReport(verdict())).toContain('<testcase name="no findings" classname="shop"/>');
  const v = verdict({ unknown: [unknown()], waived: [accepted()], known: [finding()] });
  const xml = junitReport(v);
  expect(xml).toContain('tests="4" failures="0" errors="0" skipped="3"');
  expect(xml).toContain('waived by finance-platform: The stop is being built');
  expect(xml).toContain('in the baseline');
});

test('equal names are told apart, and each system has a suite', () => {
  const twice = [finding(), finding({ fingerprint: 'ab'.repeat(16) })];
  const names = [...junitReport(verdict({ findings: twice })).matchAll(/testcase name="([^"]*)"/g)].map(
    ([, name]) => name,
  );
  expect(new Set(names).size).toBe(2);
  const two = verdict({ files: [file(), file({ path: 'b.yaml', system: 'other' })], findings: [finding()] });
  expect(junitReport(two)).toMatch(/testsuite name="other" tests="1" failures="0"/);
});

test('hostile names add no element and nothing raw', () => {
  const tags = (xml: string) => [...xml.matchAll(/<\/?\w+/g)].map(([tag]) => tag).sort();
  const xml = junitReport(hostileVerdict());
  const { waived, known } = silencedVerdict();
  expect(tags(xml)).toEqual(tags(junitReport({ ...fullVerdict(), waived, known })));
  expect(xml).not.toMatch(
    /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\ufffe\uffff\p{Cs}]|::error|##\[|-->|\]\]>/u,
  );
});

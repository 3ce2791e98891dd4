import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, maestro, ONE_RULE, trader } from '../support/cli.ts';

const FILE = 'maestro.baseline.json';
const DAY = ['--as-of', '2026-06-15'];

async function lint(cwd: string, ...more: string[]) {
  const { code, stdout } = await maestro(cwd, ['lint', '-f', 'json', ...ONE_RULE, ...DAY, ...more]);
  const report = JSON.parse(stdout);
  const subjects = (list: readonly { readonly subject: readonly string[] }[]) =>
    list.map((each) => each.subject.join());
  const codes = [...report.errors, ...report.warnings].map((each: { code: string }) => each.code);
  return { code, counts: subjects(report.findings), known: subjects(report.known), codes, report };
}

const baseline = (cwd: string, ...words: string[]) => maestro(cwd, ['baseline', ...words, ...DAY]);
const entries = (cwd: string, name = FILE) => JSON.parse(readFileSync(join(cwd, name), 'utf8')).findings;

/** A path on which whoever writes a mail or a comment moves money. */
const PATHS = (sources: string) => `maestro: 1
system: { name: shop }
boundaries: { internet: { trust: untrusted } }
actors:
  inbox: { kind: content, boundary: internet }
  forum: { kind: content, boundary: internet }
agents: { clerk: { autonomy: autonomous, reads: [${sources}], tools: { shell: { actions: [run] } } } }
tools: { shell: { kind: shell, actions: { run: { effect: execute } } } }
`;

test('what it holds does not count, what is new does', async () => {
  const cwd = folder({ 'maestro.yaml': trader() });
  expect((await baseline(cwd, 'create')).code).toBe(0);
  expect(await lint(cwd)).toMatchObject({ code: 0, counts: [], known: ['trader'], codes: [] });
  writeFileSync(join(cwd, 'maestro.yaml'), `# moved\n\n${trader()}  buyer: { autonomy: autonomous }\n`);
  expect(await lint(cwd)).toMatchObject({ code: 1, counts: ['buyer'], known: ['trader'] });
  const { stdout } = await maestro(cwd, ['explain', entries(cwd)[0].fingerprint, ...DAY]);
  expect(stdout).toContain('The baseline holds it');
});

test('is the same however often it is made, and says nothing of the day', async () => {
  const cwd = folder({ 'b.maestro.yaml': trader('b'), 'a.maestro.yaml': trader('a') });
  await baseline(cwd, 'create');
  const first = readFileSync(join(cwd, FILE), 'utf8');
  await maestro(cwd, ['baseline', 'create', '--as-of', '2026-07-01']);
  expect(readFileSync(join(cwd, FILE), 'utf8')).toBe(first);
  expect(entries(cwd).map(({ system }: { system: string }) => system)).toEqual(
    entries(cwd)
      .map(({ system }: { system: string }) => system)
      .toSorted(),
  );
  expect(first).not.toMatch(/20\d\d-/);
});

test('never hides a finding whose severity rose, also by the config', async () => {
  const cwd = folder({
    'maestro.yaml': trader(),
    'maestro.config.yaml': 'config: 1\nrules: { kill-switch-missing: low }\n',
  });
  await baseline(cwd, 'create');
  expect((await lint(cwd)).known).toEqual(['trader']);
  writeFileSync(join(cwd, 'maestro.config.yaml'), 'config: 1\nrules: { kill-switch-missing: medium }\n');
  expect(await lint(cwd)).toMatchObject({ counts: ['trader'], known: [], codes: [] });
  expect((await baseline(cwd, 'show')).stdout).toMatch(
    /1 finding counted all the same\n {2}low +kill-switch-missing {2}desk: trader .*\n {4}severity rose from low to medium/,
  );
});

test('never hides a path that can start at one more place', async () => {
  const cwd = folder({ 'maestro.yaml': PATHS('inbox') });
  const rule = ['--rule', 'untrusted-input-reaches-code'];
  await baseline(cwd, 'create');
  const before = await lint(cwd, ...rule);
  const paths = before.report.known.filter((each: { sources?: string[] }) => each.sources);
  expect(paths.map(({ sources }: { sources: string[] }) => sources)).toEqual([['inbox']]);
  writeFileSync(join(cwd, 'maestro.yaml'), PATHS('inbox, forum'));
  const after = await lint(cwd, ...rule);
  expect(after.report.findings.map(({ sources }: { sources?: string[] }) => sources)).toContainEqual([
    'forum',
    'inbox',
  ]);
  expect((await baseline(cwd, 'show')).stdout).toContain('an attacker can also start from forum');
});

test('prune takes out what is gone, keeps what it cannot see, and notes what became milder', async () => {
  const cwd = folder({ 'a.maestro.yaml': trader('a'), 'b.maestro.yaml': trader('b') });
  await baseline(cwd, 'create');
  const all = entries(cwd).length;
  writeFileSync(join(cwd, 'a.maestro.yaml'), 'maestro: 1\nsystem: { name: a }\nagents: {}\n');
  expect((await lint(cwd)).codes).toEqual(['baseline-gone']);
  await baseline(cwd, 'prune', 'b.maestro.yaml');
  expect(entries(cwd)).toHaveLength(all);
  expect((await baseline(cwd, 'show')).stdout).toMatch(
    /gone; `maestro baseline prune` takes them out\n[^\n]*a: trader/,
  );
  await baseline(cwd, 'prune');
  expect(entries(cwd).map(({ system }: { system: string }) => system)).not.toContain('a');
  expect((await lint(cwd)).codes).toEqual([]);
  writeFileSync(join(cwd, 'maestro.config.yaml'), 'config: 1\nrules: { kill-switch-missing: low }\n');
  await baseline(cwd, 'prune');
  writeFileSync(join(cwd, 'maestro.config.yaml'), 'config: 1\n');
  expect((await lint(cwd)).counts).toEqual(['trader']);
});

test('lies where the config or the command line says', async () => {
  const cwd = folder({
    'maestro.yaml': trader(),
    'maestro.config.yaml': 'config: 1\nbaseline: known/one.json\n',
  });
  const missing = await lint(cwd);
  expect([missing.code, missing.codes, missing.counts]).toEqual([2, ['not-there'], ['trader']]);
  await baseline(cwd, 'create');
  expect(existsSync(join(cwd, FILE))).toBe(false);
  expect(entries(cwd, 'known/one.json')).not.toEqual([]);
  expect((await lint(cwd)).known).toEqual(['trader']);
  writeFileSync(join(cwd, 'none.json'), '{ "baseline": 1, "findings": [] }\n');
  expect((await lint(cwd, '--baseline', 'none.json')).counts).toEqual(['trader']);
});

test.each([
  ['{ "baseline": 1, "findings": [', 'yaml-syntax'],
  ['{ "baseline": 2, "findings": [] }', 'bad-value'],
  ['{ "some": "thing" }', 'missing-key'],
  [
    '{ "baseline": 1, "findings": [{ "fingerprint": "x", "rule": "a", "system": "b", "subject": [], "severity": "bad" }] }',
    '',
  ],
  ['', ''],
])('is told what is wrong with it, and then hides nothing: %j', async (text) => {
  const cwd = folder({ 'maestro.yaml': trader(), [FILE]: text });
  const { code, counts, report } = await lint(cwd);
  expect([code, counts]).toEqual([2, ['trader']]);
  expect(report.errors[0].file).toBe(FILE);
  for (const action of ['show', 'prune']) {
    const { code: failed, stderr } = await baseline(cwd, action);
    expect([failed, stderr.includes(FILE)], action).toEqual([2, true]);
  }
  expect(readFileSync(join(cwd, FILE), 'utf8')).toBe(text);
});

test('is not written when something could not be read, and not shown when there is none', async () => {
  const cwd = folder({ 'maestro.yaml': trader(), 'b.maestro.yaml': 'maestro: 1\n' });
  expect((await baseline(cwd, 'create')).code).toBe(2);
  expect(existsSync(join(cwd, FILE))).toBe(false);
  expect(await baseline(cwd, 'show')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no baseline'),
  });
  expect((await baseline(folder({}), 'create')).code).toBe(3);
});

test('holds none of what is waived', async () => {
  const text = `${trader()}waivers: [{ rule: kill-switch-missing, component: trader, reason: r, owner: o }]\n`;
  const cwd = folder({ 'maestro.yaml': text });
  await baseline(cwd, 'create');
  expect(entries(cwd).map(({ rule }: { rule: string }) => rule)).not.toContain('kill-switch-missing');
});

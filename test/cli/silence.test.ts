import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { folder, maestro, trader } from '../support/cli.ts';

const RULES = ['--rule', 'kill-switch-missing', '--rule', 'waiver-expired'];
const DAY = ['--as-of', '2026-06-15'];

interface Report {
  readonly complete: boolean;
  readonly findings: readonly Found[];
  readonly waived: readonly (Found & { readonly silence: Record<string, unknown> })[];
  readonly known: readonly Found[];
  readonly warnings: readonly Said[];
  readonly errors: readonly Said[];
}
interface Found {
  readonly rule: string;
  readonly subject: readonly string[];
  readonly severity: string;
  readonly fingerprint: string;
  readonly message: string;
}
interface Said {
  readonly code: string;
  readonly file: string;
  readonly message: string;
  readonly suggestion?: string;
  readonly location: { readonly line: number; readonly column: number } | null;
}

async function lint(cwd: string, ...more: string[]): Promise<Report & { readonly code: number }> {
  const { code, stdout } = await maestro(cwd, ['lint', '-f', 'json', ...RULES, ...DAY, ...more]);
  return { code, ...(JSON.parse(stdout) as Report) };
}

/** What a run says, as short as it goes: the subjects that count, that are waived, that are known; codes and lines. */
const told = ({ findings, waived, known, warnings }: Report) => ({
  counts: findings.map(({ rule, subject }) => (rule === 'waiver-expired' ? 'over' : subject.join())),
  waived: waived.map(({ subject }) => subject.join()),
  known: known.map(({ subject }) => subject.join()),
  warnings: warnings.map(({ code, location }) => `${code}:${location?.line ?? 0}`),
});

const waiver = (more = '') =>
  `  - { rule: kill-switch-missing, component: trader, reason: Being built, owner: finance${more} }\n`;
const waived = (more = '') => `${trader()}waivers:\n${waiver(more)}`;

describe('a waiver of the description', () => {
  test('keeps a finding from counting, and says who and why', async () => {
    const cwd = folder({ 'maestro.yaml': waived(', expires: 2026-12-31') });
    const report = await lint(cwd);
    expect(report.code).toBe(0);
    expect(told(report)).toEqual({ counts: [], waived: ['trader'], known: [], warnings: [] });
    expect(report.waived[0]!.silence).toMatchObject({
      by: 'waiver',
      reason: 'Being built',
      owner: 'finance',
      expires: '2026-12-31',
      location: { file: 'maestro.yaml', line: 6 },
    });
    const { stdout } = await maestro(cwd, ['explain', report.waived[0]!.fingerprint]);
    expect(stdout).toContain('Waived by finance until 2026-12-31 (maestro.yaml:6:5): Being built');
  });

  test('holds on its last day; after that the finding counts again, and another one says whose it was', async () => {
    const cwd = folder({ 'maestro.yaml': waived(', expires: 2026-06-15') });
    expect(told(await lint(cwd)).counts).toEqual([]);
    const late = await lint(cwd, '--as-of', '2026-06-16');
    expect(told(late)).toEqual({ counts: ['trader', 'over'], waived: [], known: [], warnings: [] });
    expect(late.findings[1]!.message).toMatch(
      /^finance accepted kill-switch-missing for trader until 2026-06-15:/,
    );
    const { stdout } = await maestro(cwd, [
      'explain',
      late.findings[1]!.fingerprint,
      '--as-of',
      '2026-06-16',
    ]);
    expect(stdout).toContain('medium[waiver-expired]');
  });

  test('of an included part holds in every system that includes it, and is unused only when no system needs it', async () => {
    const system = (name: string, autonomy: string) =>
      `maestro: 1\nsystem: { name: ${name} }\ninclude: [part.yaml]\nagents: { trader: { autonomy: ${autonomy} } }\n`;
    const cwd = folder({
      'a.maestro.yaml': system('a', 'autonomous'),
      'b.maestro.yaml': system('b', 'suggest'),
      'part.yaml': `waivers:\n${waiver()}`,
    });
    expect(told(await lint(cwd))).toEqual({ counts: [], waived: ['trader'], known: [], warnings: [] });
    writeFileSync(join(cwd, 'a.maestro.yaml'), system('a', 'suggest'));
    expect(told(await lint(cwd)).warnings).toEqual(['waiver-unused:2']);
  });

  test('that is over cannot be silenced itself', async () => {
    const text = `${waived(', expires: 2026-01-01')}  # maestro: ignore[waiver-expired] no\n  - { rule: waiver-expired, component: trader, reason: no, owner: me }\n`;
    const cwd = folder({
      'maestro.yaml': text.replace('waivers:', 'waivers: # maestro: ignore[waiver-expired] no'),
    });
    await maestro(cwd, ['baseline', 'create', ...DAY]);
    const report = await lint(cwd);
    expect(told(report)).toMatchObject({ counts: ['over'], known: ['trader'] });
    expect(report.warnings.map(({ code }) => code)).toEqual([
      'comment-forbidden',
      'comment-forbidden',
      'waiver-forbidden',
    ]);
  });

  test('says so at its place when it fits nothing, or names what nobody knows', async () => {
    const text = `${trader()}  clerk: { autonomy: suggest }
waivers:
  - { rule: kill-swich-missing, component: trader, reason: r, owner: o }
  - { rule: kill-switch-missing, component: tradr, reason: r, owner: o }
  - { rule: kill-switch-missing, component: clerk, reason: r, owner: o }
  - { rule: kill-switch-missing, component: trader, reason: r, owner: o, fingerprint: abcdef0123 }
  - { rule: kill-switch-missing, component: trader, reason: r, owner: o, fingerprint: "12" }
  - { rule: kill-switch-missing, component: trader, reason: r, owner: o, sources: [clerk] }
  - { rule: owner-missing, component: desk, reason: the rule does not run here, owner: o }
`;
    const { warnings, findings } = await lint(folder({ 'maestro.yaml': text }));
    expect(findings).toHaveLength(1);
    expect(warnings.map(({ code, location, suggestion }) => [code, location!.line, suggestion])).toEqual([
      ['waiver-rule', 7, 'Did you mean `kill-switch-missing`?'],
      ['waiver-component', 8, 'Did you mean `trader`?'],
      ['waiver-unused', 9, 'Remove it, so that it hides nothing later'],
      ['waiver-unused', 10, `The finding has the fingerprint ${findings[0]!.fingerprint}`],
      ['waiver-fingerprint', 11, 'Reports as JSON show them'],
      ['waiver-unused', 12, 'The finding is about no attack path: leave `sources` out'],
    ]);
  });
});

describe('maestro.waivers.yaml', () => {
  const file = (...entries: string[]) => `waivers: 1\naccepted:\n${entries.join('')}`;

  test('holds for the systems below it, as far up as the repository goes', async () => {
    const cwd = folder({
      '.git/HEAD': '',
      'maestro.waivers.yaml': file(waiver(', system: desk')),
      'a/maestro.yaml': trader(),
      'b/maestro.yaml': trader('other'),
    });
    expect(told(await lint(cwd))).toMatchObject({ counts: ['trader'], waived: ['trader'], warnings: [] });
    expect(told(await lint(join(cwd, 'a')))).toMatchObject({ counts: [], waived: ['trader'] });
    const {
      waived: [one],
    } = await lint(join(cwd, 'a'));
    expect(one!.silence['location']).toMatchObject({ file: '../maestro.waivers.yaml', line: 3 });
  });

  test('has to say for which of several systems an entry is, and means the only one otherwise', async () => {
    const cwd = folder({ 'maestro.waivers.yaml': file(waiver()), 'a.maestro.yaml': trader() });
    expect(told(await lint(cwd)).waived).toEqual(['trader']);
    writeFileSync(join(cwd, 'b.maestro.yaml'), trader('other'));
    const both = await lint(cwd);
    expect([both.code, both.complete, told(both).counts]).toEqual([2, false, ['trader', 'trader']]);
    expect(both.errors).toMatchObject([{ code: 'waiver-system', location: { line: 3 } }]);
  });

  test('says who is over, and which system was meant', async () => {
    const entries = [waiver(', system: desk, expires: 2026-01-01'), waiver(', system: dsk')];
    const report = await lint(folder({ 'maestro.waivers.yaml': file(...entries), 'maestro.yaml': trader() }));
    expect(told(report)).toMatchObject({ counts: ['trader', 'over'], warnings: ['waiver-system:4'] });
    expect(report.warnings[0]!.suggestion).toBe('Did you mean `desk`?');
  });

  test.each([
    ['waivers: 2\naccepted: []\n', 'not-in-list'],
    ['waivers: 1\n', 'missing-key'],
    [file('  - { rule: a, component: b, reason: c }\n'), 'missing-key'],
    [file('  - { rule: a, component: b, reason: c, owner: d, expire: 2026-01-01 }\n'), 'unknown-key'],
    ['waivers: [1\n', 'yaml-syntax'],
  ])('is told what is wrong with it, and nothing of it counts: %j', async (text) => {
    const cwd = folder({ 'maestro.waivers.yaml': text, 'maestro.yaml': trader() });
    const { code, errors, findings } = await lint(cwd);
    expect([code, findings.length]).toEqual([2, 1]);
    expect(errors[0]!.file).toBe('maestro.waivers.yaml');
    expect(errors[0]!.location).not.toBeNull();
  });
});

describe('a comment', () => {
  const lines = (...agents: string[]) =>
    `maestro: 1\nsystem: { name: desk }\nagents:\n${agents.join('\n')}\n`;
  const of = async (...agents: string[]) => told(await lint(folder({ 'maestro.yaml': lines(...agents) })));

  test('holds for its own line, or the one below it', async () => {
    const says = '# maestro: ignore[kill-switch-missing] a trial';
    expect(await of(`  a: { autonomy: autonomous } ${says}`, '  b: { autonomy: autonomous }')).toMatchObject({
      counts: ['b'],
      waived: ['a'],
      warnings: [],
    });
    expect(
      await of(`  ${says}`, '  # another', '  a: { autonomy: autonomous }', '  b: { autonomy: autonomous }'),
    ).toMatchObject({
      counts: ['b'],
      waived: ['a'],
      warnings: [],
    });
    expect(await of(`  ${says}`, '', '  a: { autonomy: autonomous }')).toMatchObject({
      counts: ['a'],
      warnings: ['comment-unused:4'],
    });
    const {
      waived: [one],
    } = await lint(folder({ 'maestro.yaml': lines(`  a: { autonomy: autonomous } ${says}`) }));
    expect(one!.silence).toMatchObject({ by: 'comment', reason: 'a trial', owner: null, expires: null });
  });

  test('needs a rule that exists and a reason, and may name several', async () => {
    const agent = '  a: { autonomy: autonomous } # maestro: ignore';
    expect(await of(`${agent}[waiver-expired, kill-switch-missing] why`)).toMatchObject({ waived: ['a'] });
    for (const [comment, code] of [
      ['[kill-switch-missing]', 'reason'],
      ['', 'rules'],
      ['[] why', 'rules'],
      ['[kill-swich-missing] why', 'rule'],
      ['[owner-missing] does not run here', null],
    ] as const) {
      expect(await of(agent + comment), comment).toMatchObject({
        counts: ['a'],
        waived: [],
        warnings: code === null ? [] : [`comment-${code}:4`],
      });
    }
  });

  test('stays with what it stands at: of two components on one line it means neither', async () => {
    const two =
      'agents: { a: { autonomy: autonomous }, b: { autonomy: autonomous } } # maestro: ignore[kill-switch-missing] why\n';
    const report = await lint(folder({ 'maestro.yaml': `maestro: 1\nsystem: { name: desk }\n${two}` }));
    expect(told(report)).toMatchObject({ counts: ['a', 'b'], waived: [], warnings: ['comment-ambiguous:3'] });
  });

  test('is none inside a text', async () => {
    expect(
      await of(
        '  a:',
        '    description: "x # maestro: ignore[kill-switch-missing] no"',
        '    autonomy: autonomous',
        '  b:',
        '    description: |',
        '      # maestro: ignore[kill-switch-missing] no',
        '    autonomy: autonomous',
      ),
    ).toEqual({ counts: ['a', 'b'], waived: [], known: [], warnings: [] });
  });
});

describe('the config', () => {
  test('may forbid comments', async () => {
    const cwd = folder({
      'maestro.config.yaml': 'config: 1\nallow_inline: false\n',
      'maestro.yaml': trader().replace('trader:', '# maestro: ignore[kill-switch-missing] why\n  trader:'),
    });
    expect(told(await lint(cwd))).toMatchObject({ counts: ['trader'], warnings: ['comment-forbidden:4'] });
  });

  test.each([
    [', expires: 2026-07-15', []],
    [', expires: 2026-07-16', ['waiver-too-long:6']],
    ['', ['waiver-too-long:6']],
  ])('may say how long a waiver may hold: %s', async (more, warnings) => {
    const cwd = folder({
      'maestro.config.yaml': 'config: 1\nmax_waiver_days: 30\n',
      'maestro.yaml': waived(more),
    });
    const expected =
      warnings.length === 0 ? { counts: [], waived: ['trader'] } : { counts: ['trader'], waived: [] };
    expect(told(await lint(cwd))).toMatchObject({ ...expected, warnings });
  });
});

describe('--no-ignores', () => {
  test('lets everything count', async () => {
    const cwd = folder({ 'maestro.yaml': `${waived()}  # maestro: ignore nothing\n` });
    await maestro(cwd, ['baseline', 'create', ...DAY]);
    expect(told(await lint(cwd, '--no-ignores'))).toEqual({
      counts: ['trader'],
      waived: [],
      known: [],
      warnings: [],
    });
  });
});

describe('names and reasons of strangers', () => {
  test('reach no report as they are', async () => {
    const evil = '\\u001b[31m\\n::error::x --> <img> @all ]]>';
    const text = `${trader()}waivers:\n  - { rule: kill-switch-missing, component: trader, reason: "${evil}", owner: "${evil}" }\n  - { rule: "${evil}", component: "${evil}", reason: r, owner: o }\n`;
    const cwd = folder({ 'maestro.yaml': text });
    for (const format of ['text', 'json', 'sarif', 'github', 'markdown', 'gitlab', 'junit']) {
      const { stdout } = await maestro(cwd, [
        'lint',
        '-f',
        format,
        '--sarif-include-suppressed',
        ...RULES,
        ...DAY,
      ]);
      expect(stdout, format).not.toMatch(/\x1b|^::error::x|-->|\]\]>$/m);
    }
    const fingerprint = (await lint(cwd)).waived[0]!.fingerprint;
    for (const more of [[], ['--format', 'json']])
      expect((await maestro(cwd, ['explain', fingerprint, ...more])).stdout).not.toMatch(
        /\x1b|^::error|-->/m,
      );
  });

  test('are masked where they look like a secret', async () => {
    const key = 'sk_live_abcdefghijklmnop1234';
    const text = waived().replace('Being built', key).replace('finance', key);
    const cwd = folder({ 'maestro.yaml': `${text}  # maestro: ignore[${key}] ${key}\n` });
    for (const format of ['text', 'json', 'sarif']) {
      const { stdout } = await maestro(cwd, [
        'lint',
        '-f',
        format,
        '--sarif-include-suppressed',
        ...RULES,
        ...DAY,
      ]);
      expect(stdout, format).not.toContain(key.slice(8));
    }
  });
});

test('SARIF leaves out what is waived unless it is asked for', async () => {
  const cwd = folder({ 'maestro.yaml': waived() });
  const results = async (...more: string[]) => {
    const { stdout } = await maestro(cwd, ['lint', '-f', 'sarif', ...RULES, ...DAY, ...more]);
    return (JSON.parse(stdout) as Log).runs[0]!.results!;
  };
  expect(await results()).toEqual([]);
  expect(await results('--sarif-include-suppressed')).toMatchObject([
    { suppressions: [{ kind: 'external', justification: 'finance: Being built' }] },
  ]);
  await maestro(cwd, ['lint', '--sarif-dir', 'out', '--sarif-include-suppressed', ...RULES, ...DAY]);
  const [run] = (JSON.parse(readFileSync(join(cwd, 'out/desk.sarif'), 'utf8')) as Log).runs;
  expect(run!.results).toHaveLength(1);
});

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, maestro } from '../support/cli.ts';

/** A repository in a folder of its own, with one description that backs a control by `evidence`. */
function repository(evidence: string, extra = ''): string {
  const outside = folder({ 'secret.md': 'outside' });
  const root = join(outside, 'repository');
  mkdirSync(join(root, '.git'), { recursive: true });
  mkdirSync(join(root, 'systems', 'docs'), { recursive: true });
  writeFileSync(join(root, 'systems', 'docs', 'stop.md'), 'Pull the red lever.\n');
  symlinkSync(join(outside, 'secret.md'), join(root, 'systems', 'docs', 'link.md'));
  writeFileSync(
    join(root, 'systems', 'maestro.yaml'),
    `maestro: 1\nsystem: { name: shop${extra} }\nagents:\n  clerk: { autonomy: bounded, controls: { kill_switch: { evidence: ${evidence} } } }\n`,
  );
  return root;
}

const messages = async (root: string, args: readonly string[] = []) => {
  const rules = ['--rule', 'evidence-missing', '--rule', 'review-overdue'];
  const { stdout } = await maestro(root, ['lint', '--format', 'json', ...rules, ...args]);
  const report = JSON.parse(stdout) as {
    findings: { rule: string; message: string; location: { line: number; column: number } }[];
  };
  return report.findings;
};

describe('evidence', () => {
  test.each([
    ['docs/stop.md'],
    ['docs'],
    ['{ file: docs/stop.md, contains: red lever }'],
    ['https://wiki.example/stop'],
    ['[docs/stop.md, ../systems/docs/stop.md]'],
  ])('%s backs the control', async (evidence) => {
    expect(await messages(repository(evidence))).toEqual([]);
  });

  test.each([
    ['docs/start.md', 'is not there'],
    ['../../secret.md', 'leads out of the repository'],
    ['docs/link.md', 'leads out of the repository through a link'],
    ['/etc/hostname', 'is not there'],
    ['{ file: docs/stop.md, contains: blue button }', 'does not hold the text that is named'],
    ['{ file: docs, contains: red }', 'is a folder, which holds no text'],
  ])('%s does not: it %s', async (evidence, problem) => {
    const [finding, ...others] = await messages(repository(evidence));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'evidence-missing', location: { line: 4, column: 58 } });
    expect(finding!.message).toContain(`the evidence for kill_switch ${problem}`);
  });
});

describe('evidence, deeper', () => {
  const policy = '{\n  // settings\n  "stop": { "enabled": true, "after": 3 },\n  "a/b": "x"\n}\n';
  const steps = 'first\nPull the red lever.\nthird\n';
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');

  function deeper(evidence: string): string {
    const root = repository(evidence);
    writeFileSync(join(root, 'systems', 'docs', 'policy.json'), policy);
    writeFileSync(
      join(root, 'systems', 'docs', 'policy.yaml'),
      'stop:\n  enabled: true\n  by: [ops, desk]\n',
    );
    writeFileSync(join(root, 'systems', 'docs', 'steps.md'), steps);
    return root;
  }

  test.each([
    ['"docs/steps.md#L2"'],
    ['"docs/steps.md#L1-L3"'],
    ['{ file: "docs/steps.md#L2-L3", contains: red lever }'],
    ['"docs/policy.json#/stop"'],
    ['{ file: "docs/policy.json#/stop/enabled", equals: true }'],
    ['{ file: "docs/policy.json#/stop/after", equals: 3 }'],
    ['{ file: "docs/policy.json#/a~1b", equals: x }'],
    ['{ file: "docs/policy.yaml#/stop/by/1", equals: desk }'],
    [`{ file: docs/steps.md, sha256: ${sha(steps)} }`],
    [`{ file: "docs/steps.md#L2", sha256: ${sha('Pull the red lever.')} }`],
    // In no git repository nobody can tell whether it changed.
    ['{ file: docs/steps.md, reviewed: 2026-01-01 }'],
  ])('%s backs the control', async (evidence) => {
    expect(await messages(deeper(evidence))).toEqual([]);
  });

  test.each([
    ['"docs/steps.md#L4"', 'has no line 4 any more'],
    ['"docs/steps.md#L2-L9"', 'has no lines L2-L9 any more'],
    ['{ file: "docs/steps.md#L3", contains: red lever }', 'does not hold the text that is named'],
    ['"docs/policy.json#/stop/never"', 'has nothing at /stop/never any more'],
    [
      '{ file: "docs/policy.json#/stop/enabled", equals: false }',
      'does not say false at /stop/enabled any more',
    ],
    ['{ file: "docs/policy.json#/stop", equals: true }', 'does not say true at /stop;'],
    ['{ file: docs/policy.json, equals: true }', 'names no place to compare'],
    [`{ file: docs/steps.md, sha256: ${sha('else')} }`, 'has changed since somebody looked at it'],
    ['"docs#L1"', 'is a folder, which holds no text'],
    ['"docs/none.md#L1"', 'is not there'],
    ['"../../secret.md#L1"', 'leads out of the repository'],
  ])('%s does not: it %s', async (evidence, problem) => {
    const [finding, ...others] = await messages(deeper(evidence));
    expect(others).toEqual([]);
    expect(finding!.message).toContain(`the evidence for kill_switch ${problem}`);
  });

  test('what changed after it was reviewed has to be looked at again, on the disk and in a revision', async () => {
    const root = deeper('{ file: docs/steps.md, reviewed: 2026-02-01 }');
    rmSync(join(root, '.git'), { recursive: true });
    const git = (day: string, ...args: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        stdio: 'pipe',
        env: { ...process.env, GIT_COMMITTER_DATE: `${day}T12:00:00Z`, GIT_AUTHOR_DATE: `${day}T12:00:00Z` },
      });
    git('2026-01-01', 'init', '-q');
    git('2026-01-01', 'add', '-A');
    git('2026-01-01', 'commit', '-qm', 'first');
    expect(await messages(root)).toEqual([]);
    writeFileSync(join(root, 'systems', 'docs', 'steps.md'), `${steps}fourth\n`);
    expect((await messages(root))[0]!.message).toContain(
      'has changes that are not committed, after it was reviewed',
    );
    git('2026-03-01', 'commit', '-qam', 'second');
    expect((await messages(root))[0]!.message).toContain(
      'changed on 2026-03-01, after it was reviewed on 2026-02-01',
    );
    // The base did not have it: the change brings the finding.
    const { stdout } = await maestro(root, [
      'lint',
      '--format',
      'json',
      '--rule',
      'evidence-missing',
      '--base',
      'HEAD~1',
    ]);
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'evidence-missing', change: 'new' }]);
  });
});

describe('--as-of', () => {
  const reviewed = () => repository('docs/stop.md', ', reviewed: 2026-06-01, review_every: 30d');

  test('a review is overdue from the day after its period', async () => {
    const root = reviewed();
    expect(await messages(root, ['--as-of', '2026-07-01'])).toEqual([]);
    const [finding] = await messages(root, ['--as-of', '2026-07-02']);
    expect(finding).toMatchObject({ rule: 'review-overdue', location: { line: 2, column: 23 } });
    expect(finding!.message).toContain('by 2026-07-01');
  });

  test.each(['soon', '2026-13-01', '01.07.2026'])('%s is no day', async (day) => {
    const { code, stderr } = await maestro(reviewed(), ['lint', '--as-of', day]);
    expect(code).toBe(2);
    expect(stderr).toContain('is no day');
  });
});

describe('--require-evidence', () => {
  const asked = async (controls: string, args: readonly string[] = ['--require-evidence', 'high']) => {
    const root = repository('docs/stop.md');
    writeFileSync(
      join(root, 'systems', 'maestro.yaml'),
      `maestro: 1\nsystem: { name: shop }\nagents:\n  clerk: { autonomy: autonomous, controls: ${controls} }\n`,
    );
    const { stdout } = await maestro(root, [
      'lint',
      '--format',
      'json',
      '--rule',
      'kill-switch-missing',
      ...args,
    ]);
    const report = JSON.parse(stdout) as { findings: { rule: string; severity: string; message: string }[] };
    return report.findings;
  };

  test('a control that keeps such a finding closed needs it', async () => {
    const [finding, ...others] = await asked('{ kill_switch: true, sbom: true }');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'control-unproven', severity: 'high', at: 'controls.kill_switch' });
    expect(finding!.message).toContain('without it kill-switch-missing would be found');
  });

  test('it is worth what would be found without it', async () => {
    const found = async (controls: string, args?: readonly string[]) =>
      (await asked(controls, args)) as unknown as { risk: { score: number; why: string[] } }[];
    const [open] = await found('{ kill_switch: planned }');
    const [unproven] = await found('{ kill_switch: true }');
    expect(open!.risk.score).toBeGreaterThan(0);
    expect(unproven!.risk).toEqual({
      ...open!.risk,
      why: [...open!.risk.why.slice(0, 2), `without kill_switch, ${open!.risk.why[2]}`],
    });
    // What else nobody backs still counts: one claim is doubted at a time.
    const [beside] = await found('{ kill_switch: true, immutable_config: true }');
    expect(beside!.risk.score).toBeLessThan(open!.risk.score);
  });

  test.each([
    ['it has evidence', '{ kill_switch: { evidence: docs/stop.md } }', ['--require-evidence', 'high']],
    ['what it closes is milder', '{ kill_switch: true }', ['--require-evidence', 'critical']],
    ['nobody asks', '{ kill_switch: true }', []],
  ])('nothing is asked where %s', async (_, controls, args) => {
    expect(await asked(controls, args)).toEqual([]);
  });

  test('what is found anyway is said once', async () => {
    expect((await asked('{ kill_switch: planned }')).map(({ rule }) => rule)).toEqual([
      'kill-switch-missing',
    ]);
  });
});

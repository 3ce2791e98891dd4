import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { maestro } from '../support/cli.ts';

/** A repository in a folder of its own, with one description that backs a control by `evidence`. */
function repository(evidence: string, extra = ''): string {
  const outside = mkdtempSync(join(tmpdir(), 'maestro-evidence-'));
  const root = join(outside, 'repository');
  mkdirSync(join(root, '.git'), { recursive: true });
  mkdirSync(join(root, 'systems', 'docs'), { recursive: true });
  writeFileSync(join(outside, 'secret.md'), 'outside');
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

describe('--as-of', () => {
  const root = repository('docs/stop.md', ', reviewed: 2026-06-01, review_every: 30d');

  test('a review is overdue from the day after its period', async () => {
    expect(await messages(root, ['--as-of', '2026-07-01'])).toEqual([]);
    const [finding] = await messages(root, ['--as-of', '2026-07-02']);
    expect(finding).toMatchObject({ rule: 'review-overdue', location: { line: 2, column: 23 } });
    expect(finding!.message).toContain('by 2026-07-01');
  });

  test.each(['soon', '2026-13-01', '01.07.2026'])('%s is no day', async (day) => {
    const { code, stderr } = await maestro(root, ['lint', '--as-of', day]);
    expect(code).toBe(2);
    expect(stderr).toContain('is no day');
  });
});

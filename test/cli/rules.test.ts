import { describe, expect, test } from 'vitest';
import { folder, maestro, trader } from '../support/cli.ts';

const rules = async (...argv: string[]) => maestro(folder({}), ['rules', ...argv]);
const json = async (...argv: string[]) => JSON.parse((await rules('-f', 'json', ...argv)).stdout);
const ids = ({ rules: all }: { rules: { id: string }[] }) => all.map(({ id }) => id);

describe('--framework', () => {
  test('chooses by an entry, a list, or a layer of MAESTRO', async () => {
    const every = ids(await json());
    const one = ids(await json('--framework', 'owasp-asi:ASI03:2026'));
    const list = ids(await json('--framework', 'owasp-asi'));
    expect(one).toContain('identity-shared');
    expect(one).not.toContain('kill-switch-missing');
    expect(one.length).toBeLessThan(list.length);
    for (const id of one) expect(list).toContain(id);
    const layer = (await json('--framework', 'csa-maestro:agent-frameworks')).rules as { layer: string }[];
    expect(new Set(layer.map((each) => each.layer))).toEqual(new Set(['agent-frameworks']));
    const both = ids(await json('--framework', 'owasp-asi:ASI03:2026', '--framework', 'csa-maestro'));
    expect(both).toEqual(every);
  });

  test('chooses what lint runs, and a lint that has no rule left is no pass', async () => {
    const cwd = folder({ 'maestro.yaml': trader() });
    const lint = (...argv: string[]) => maestro(cwd, ['lint', ...argv]);
    expect((await lint('--framework', 'owasp-asi:ASI10:2026')).stdout).toContain('kill-switch-missing');
    const other = await lint('--framework', 'owasp-asi:ASI03:2026', '--profile', 'essential', '-f', 'json');
    expect(JSON.parse(other.stdout).findings).toEqual([]);
    const none = await lint('--framework', 'owasp-asi:ASI03:2026', '--rule', 'kill-switch-missing');
    expect(none).toMatchObject({ code: 3, stdout: '' });
    expect(none.stderr).toContain('leave no rule');
  });

  test.each([
    ['owasp-asy', 'no framework called owasp-asy', 'Did you mean owasp-asi?'],
    ['zzz', 'no framework called zzz', 'There are csa-maestro, owasp-agentic'],
    ['owasp-asi:ASI33', 'no entry of owasp-asi called ASI33', 'Did you mean ASI03?'],
    ['owasp-asi:ASI03:2025', 'owasp-asi:ASI03:2025 does not say which list', 'owasp-asi:ASI03:2026'],
    // Renumbered between two editions: the entry alone means two things.
    ['owasp-llm:LLM06', 'does not say which list', 'owasp-llm:LLM06:2025 or owasp-llm:LLM06:2026'],
  ])('%s is refused', async (reference, message, help) => {
    const { code, stdout, stderr } = await rules('--framework', reference);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(help);
  });
});

describe('--coverage', () => {
  test('every threat of the catalogue, with its rules or without', async () => {
    const { version, summary, threats } = await json('--coverage');
    expect(version).toBe('coverage-v1');
    const seen = threats.filter((each: { visible: string }) => each.visible !== 'none');
    const covered = seen.filter((each: { rules: string[] }) => each.rules.length > 0);
    expect(summary).toEqual({
      threats: threats.length,
      visible: seen.length,
      covered: covered.length,
      not_visible: threats.length - seen.length,
    });
    expect(covered.length).toBeGreaterThan(0);
    const named = new Map<string, string[]>(
      threats.map((each: { id: string; rules: string[] }) => [each.id, each.rules]),
    );
    for (const rule of (await json()).rules)
      for (const threat of rule.threats) expect(named.get(threat), threat).toContain(rule.id);
    const { stdout } = await rules('--coverage');
    expect(stdout).toContain(`${covered.length} of ${seen.length} visible threats have a rule`);
    expect(stdout).toMatch(/Model Stealing \(l1-model-stealing\) +by its control/);
  });

  test('of some rules alone', async () => {
    const { summary } = await json('--coverage', '--framework', 'csa-maestro:security-compliance');
    expect(summary.covered).toBeLessThan((await json('--coverage')).summary.covered);
  });
});

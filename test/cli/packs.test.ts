import { describe, expect, test } from 'vitest';
import { builtInPack } from '../../src/rules/pack.ts';
import { folder, maestro, trader } from '../support/cli.ts';

/** A rule of a team: who owns an agent has to be written down. */
const rule = (id: string, over: Readonly<Record<string, string>> = {}): string => {
  const keys: Record<string, string> = {
    rule: '1',
    id,
    title: 'Agent that nobody owns',
    layer: 'agent-frameworks',
    severity: 'medium',
    confidence: 'high',
    profile: 'recommended',
    since: '1.0.0',
    threats: '[l7-compromised-agents]',
    for: 'agent',
    when: `'!agent.declared("owner")'`,
    at: 'owner',
    message: '"{agent.id} has no owner"',
    why: 'Nobody answers for it.',
    fix: '{ say: Name the team, edit: { owner: a-team } }',
    tests: `
  - name: no owner
    model: "agents: { a: {} }"
    finds: [{ subject: a, at: owner }]
  - name: an owner
    model: "agents: { a: { owner: b } }"
    finds: []
  - name: near miss, a tool without one
    model: "tools: { t: {} }"
    finds: []`,
    ...over,
  };
  return Object.entries(keys)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
};

const VOCABULARY = `vocabulary: 1
controls:
  four_eyes:
    layer: agent-frameworks
    for: [agent]
    means: Two people have looked at every change of it
    answers: [l7-compromised-agents]
    implied_by: { agent: 'agent.autonomy == "suggest"' }
`;
const CHANGED = { when: `'!agent.enforces("four_eyes")'`, at: 'controls.four_eyes' };
const CHANGED_TESTS = `
  - name: nobody looks
    model: "agents: { a: { autonomy: bounded } }"
    finds: [{ subject: a, at: controls.four_eyes }]
  - name: two look
    model: "agents: { a: { controls: { four_eyes: true } } }"
    finds: []
  - name: near miss, it only suggests
    model: "agents: { a: { autonomy: suggest } }"
    finds: []`;
const FIX = '{ say: Let two people look, edit: { controls: { four_eyes: true } } }';

const lint = async (cwd: string, ...args: string[]) => {
  const { code, stdout } = await maestro(cwd, ['lint', '-f', 'json', ...args]);
  return { code, report: JSON.parse(stdout) };
};
/** Rules that found something: those of the pack, and of the others one that is always there. */
const rulesOf = ({ findings }: { findings: { rule: string }[] }) =>
  findings
    .map(({ rule: id }) => id)
    .filter((id) => id === 'kill-switch-missing' || !BUILT_IN.has(id))
    .sort();
const BUILT_IN = builtInPack().builtIn;
const errorsOf = ({
  errors,
}: {
  errors: { code: string; file: string; location: { line: number } | null }[];
}) => errors.map(({ code, file, location }) => `${file}:${location?.line ?? 0} ${code}`);

describe('rules of a team', () => {
  test('by the config, from its folder, and by --pack, from here', async () => {
    const cwd = folder({
      'maestro.config.yaml': 'config: 1\npacks: [security/rules]\n',
      'maestro.yaml': trader(),
      'security/rules/steward-missing.yaml': rule('steward-missing'),
      'security/rules/README.md': 'not a rule',
      'more/second-rule.yaml': rule('second-rule'),
    });
    expect(rulesOf((await lint(cwd)).report)).toEqual(['kill-switch-missing', 'steward-missing']);
    expect(rulesOf((await lint(cwd, '--pack', 'more')).report)).toContain('second-rule');
    const below = await lint(`${cwd}/security`, '..', '--pack', '../more/second-rule.yaml');
    expect(rulesOf(below.report)).toEqual(['kill-switch-missing', 'second-rule', 'steward-missing']);
  });

  test('are like any other: profile, config, --rule, list, explain, every format', async () => {
    const cwd = folder({
      'maestro.config.yaml': 'config: 1\npacks: [pack]\nrules: { steward-missing: low }\n',
      'maestro.yaml': trader(),
      'pack/steward-missing.yaml': rule('steward-missing'),
      'pack/on-trial.yaml': rule('on-trial', { profile: '' }),
    });
    const { report } = await lint(cwd);
    expect(rulesOf(report)).toEqual(['kill-switch-missing', 'steward-missing']);
    expect(report.findings.find(({ rule: id }: { rule: string }) => id === 'steward-missing')).toMatchObject({
      rule: 'steward-missing',
      severity: 'low',
      location: { line: 4 },
    });
    expect(rulesOf((await lint(cwd, '--rule', 'on-trial')).report)).toEqual(['on-trial']);
    expect((await maestro(cwd, ['rules'])).stdout).toContain('steward-missing');
    expect((await maestro(cwd, ['explain', 'steward-missing'])).stdout).toContain('Nobody answers for it.');
    const text = (await maestro(cwd, ['lint'])).stdout;
    expect(text).toContain('trader has no owner');
    expect(text).not.toMatch(/docs\/rules\/steward-missing/);
    const sarif = JSON.parse((await maestro(cwd, ['lint', '-f', 'sarif'])).stdout);
    const descriptor = sarif.runs[0].tool.driver.rules.find(
      ({ id }: { id: string }) => id === 'steward-missing',
    );
    expect(descriptor).not.toHaveProperty('helpUri');
  });

  test('bring words of their own', async () => {
    const description = (controls: string) =>
      `maestro: 1\nsystem: { name: desk }\nagents: { a: { autonomy: bounded${controls} } }\n`;
    const files = {
      'pack/words.yaml': VOCABULARY,
      'pack/four-eyes-missing.yaml': rule('four-eyes-missing', {
        ...CHANGED,
        fix: FIX,
        tests: CHANGED_TESTS,
      }),
      'maestro.yaml': description(''),
      'done/maestro.yaml': description(', controls: { four_eyes: true }'),
      'typo/maestro.yaml': description(', controls: { for_eyes: true }'),
    };
    const cwd = folder(files);
    const argv = ['--pack', 'pack', '--rule', 'four-eyes-missing'];
    expect(rulesOf((await lint(cwd, ...argv, 'maestro.yaml')).report)).toEqual(['four-eyes-missing']);
    expect((await lint(cwd, ...argv, 'done')).report).toMatchObject({ findings: [], errors: [] });
    const { report } = await lint(cwd, ...argv, 'typo');
    expect(report.errors[0]).toMatchObject({ suggestion: 'Did you mean `four_eyes`?' });
    // Without the pack nobody knows the word.
    expect(errorsOf((await lint(cwd, 'done')).report)).toEqual(['done/maestro.yaml:3 unknown-control']);
    expect(await maestro(cwd, ['test', 'pack'])).toMatchObject({ code: 0, stdout: '3 passed, 0 failed\n' });
  });
});

describe('a pack with mistakes', () => {
  test('tells each at its place, and everything else goes on', async () => {
    const cwd = folder({
      'maestro.yaml': trader(),
      'pack/good-rule.yaml': rule('good-rule'),
      'pack/misspelt-field.yaml': rule('misspelt-field', { when: 'agent.autonomi == "bounded"' }),
      'pack/no-yaml.yaml': 'rule: 1\nid: {\n',
      'pack/unmarked.yaml': rule('unmarked', { rule: '' }),
      'pack/kill-switch-missing.yaml': rule('kill-switch-missing'),
      'pack/a/twice.yaml': rule('twice'),
      'pack/b/twice.yaml': rule('twice'),
      'pack/quiet.yaml': rule('quiet', { supersedes: '[god-rule, lethal-trifecta]' }),
      'pack/words.yaml': VOCABULARY.replace('four_eyes', 'kill_switch'),
      'pack/values.yaml': 'replicas: 3\n',
    });
    const { code, report } = await lint(cwd, '--pack', 'pack');
    expect(code).toBe(2);
    expect(errorsOf(report)).toEqual([
      'pack/b/twice.yaml:2 duplicate-rule',
      'pack/kill-switch-missing.yaml:2 duplicate-rule',
      'pack/misspelt-field.yaml:11 expression-no-such-key',
      'pack/no-yaml.yaml:2 yaml-syntax',
      'pack/quiet.yaml:26 unknown-rule',
      'pack/unmarked.yaml:1 no-rule',
      'pack/words.yaml:3 duplicate-control',
    ]);
    expect(report.complete).toBe(false);
    expect(rulesOf(report)).toEqual(['good-rule', 'kill-switch-missing', 'quiet', 'twice']);
    const tested = await maestro(cwd, ['test', 'pack']);
    expect(tested.code).toBe(2);
    expect(tested.stdout).toContain('9 passed, 7 failed');
  });

  test.each([
    ['vocabulary: 2\ncontrols: {}\n', 'unknown-word', 1],
    [VOCABULARY.replace('for: [agent]', 'for: [agents]'), 'unknown-word', 5],
    [VOCABULARY.replace('means:', 'meaning:'), 'unknown-key', 6],
    [VOCABULARY.replace('[l7-compromised-agents]', '[l7-compromised]'), 'unknown-threat', 7],
    [VOCABULARY.replace('agent.autonomy', 'agent.autonomi'), 'expression-no-such-key', 8],
    [VOCABULARY.replace('"suggest"', '"suggests"'), 'expression-refused', 8],
    ['vocabulary: 1\ncontrols: [\n', 'yaml-syntax', 2],
  ])('a mistake in a vocabulary: %#', async (text, code, line) => {
    const cwd = folder({ 'maestro.yaml': trader(), 'pack/words.yaml': text });
    const { report } = await lint(cwd, '--pack', 'pack');
    expect(errorsOf(report)).toContain(`pack/words.yaml:${line} ${code}`);
    expect(rulesOf(report)).toEqual(['kill-switch-missing']);
  });

  test('a config may name a rule that cannot be loaded without a second error', async () => {
    const cwd = folder({
      'maestro.config.yaml': 'config: 1\npacks: [pack]\nrules: { misspelt-field: low }\n',
      'maestro.yaml': trader(),
      'pack/misspelt-field.yaml': rule('misspelt-field', { when: 'agent.autonomi == "bounded"' }),
    });
    const { code, report } = await lint(cwd);
    expect({ code, errors: errorsOf(report) }).toEqual({
      code: 2,
      errors: ['pack/misspelt-field.yaml:11 expression-no-such-key'],
    });
    expect(rulesOf(report)).toEqual(['kill-switch-missing']);
  });

  test('a pack that is not there, or holds no rule', async () => {
    const cwd = folder({
      'maestro.config.yaml': 'config: 1\npacks:\n  - nowhere\n',
      'empty.yaml': 'config: 1\npacks: [docs]\n',
      'maestro.yaml': trader(),
      'docs/page.md': '',
    });
    expect(errorsOf((await lint(cwd)).report)).toEqual(['maestro.config.yaml:3 not-there']);
    expect(errorsOf((await lint(cwd, '-c', 'empty.yaml')).report)).toEqual(['docs:0 empty-pack']);
    expect(errorsOf((await lint(cwd, '-c', 'empty.yaml', '--pack', 'gone')).report)).toEqual([
      'docs:0 empty-pack',
      'gone:0 not-there',
    ]);
  });
});

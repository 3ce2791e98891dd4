import { describe, expect, test } from 'vitest';
import { ONE_RULE, trader } from '../support/cli.ts';
import { repository } from '../support/repository.ts';

const safe = trader('desk', 'suggest');
const json = (text: string) => JSON.parse(text);

describe('lint --base', () => {
  const two =
    'maestro: 1\nsystem: { name: desk }\nagents:\n  old: { autonomy: autonomous }\n  trader: { autonomy: autonomous }\n';

  test('only what is new counts, and is shown in full', async () => {
    const { write, maestro } = repository({ 'maestro.yaml': trader().replace('trader', 'old') });
    expect((await maestro(['lint', ...ONE_RULE])).code).toBe(1);
    const same = await maestro(['lint', '--base', 'main', ...ONE_RULE]);
    expect(same).toMatchObject({ code: 0, stderr: '' });
    expect(same.stdout).toBe(
      'nothing new or worse\n0 new findings; 0 fixed; 1 still there\nchecked 1 component in 1 file with 1 rule\n',
    );
    write({ 'maestro.yaml': two });
    const { code, stdout } = await maestro(['lint', '--base', 'main', ...ONE_RULE]);
    expect(code).toBe(1);
    expect(stdout).toContain('high[kill-switch-missing] trader');
    expect(stdout).not.toContain('high[kill-switch-missing] old');
    expect(stdout).toContain('1 finding new or worse: 1 high\n1 new finding; 0 fixed; 1 still there\n');
    expect((await maestro(['lint', '--base', 'main', '--fail-on', 'critical', ...ONE_RULE])).code).toBe(0);
  });

  test('every format has the whole of the head in it', async () => {
    const { write, maestro } = repository({ 'maestro.yaml': trader().replace('trader', 'old') });
    write({ 'maestro.yaml': two });
    const { stdout } = await maestro(['lint', '--base', 'main', '--format', 'json', ...ONE_RULE]);
    expect(json(stdout).findings).toHaveLength(2);
  });

  test('a base that cannot be read in part hides nothing and fails nothing', async () => {
    const { write, maestro } = repository({ 'maestro.yaml': 'maestro: 1\nagents: [' });
    write({ 'maestro.yaml': trader() });
    const { code, stdout } = await maestro(['lint', '--base', 'main', ...ONE_RULE]);
    expect(code).toBe(1);
    expect(stdout).toContain('1 finding new or worse');
    expect(stdout).toContain('main:maestro.yaml');
    write({ 'maestro.yaml': safe });
    expect((await maestro(['lint', '--base', 'main', ...ONE_RULE])).code).toBe(0);
  });

  test('a head that cannot be read fixes nothing', async () => {
    const { write, maestro } = repository({ 'maestro.yaml': trader() });
    write({ 'maestro.yaml': 'maestro: 1\nagents: [' });
    const { code, stdout } = await maestro(['lint', '--base', 'main', ...ONE_RULE]);
    expect(code).toBe(2);
    expect(stdout).toContain('0 fixed');
  });

  test('checks that could not judge before do not fail it', async () => {
    const { write, maestro } = repository({
      'maestro.yaml': 'maestro: 1\nsystem: { name: s }\nagents: { a: {} }\n',
    });
    const argv = ['lint', '--base', 'main', '--fail-on-unknown', ...ONE_RULE];
    expect((await maestro(['lint', '--fail-on-unknown', ...ONE_RULE])).code).toBe(1);
    expect((await maestro(argv)).code).toBe(0);
    write({ 'maestro.yaml': 'maestro: 1\nsystem: { name: s }\nagents: { a: {}, b: {} }\n' });
    expect((await maestro(argv)).code).toBe(1);
  });

  test('the file had another place then; only the named path is linted', async () => {
    const { write, maestro } = repository({ 'a/maestro.yaml': trader(), 'b/maestro.yaml': trader('other') });
    write({ 'a/maestro.yaml': null, 'c/maestro.yaml': trader() });
    const { code, stdout } = await maestro(['lint', 'c', '--base', 'main', ...ONE_RULE]);
    expect(code).toBe(0);
    expect(stdout).toContain('0 new findings; 0 fixed; 1 still there');
  });

  test('an unknown revision', async () => {
    const { maestro } = repository({ 'maestro.yaml': safe });
    const { code, stderr } = await maestro(['lint', '--base', 'origin/main']);
    expect(code).toBe(2);
    expect(stderr).toContain('no revision origin/main');
  });

  test('a waiver that goes makes a finding grow', async () => {
    const waiver =
      '\nwaivers: [{ rule: kill-switch-missing, component: trader, reason: being built, owner: desk }]\n';
    const { write, maestro } = repository({ 'maestro.yaml': trader() + waiver });
    expect((await maestro(['lint', '--base', 'main', ...ONE_RULE])).code).toBe(0);
    write({ 'maestro.yaml': trader() });
    const { code, stdout } = await maestro(['lint', '--base', 'main', ...ONE_RULE]);
    expect(code).toBe(1);
    expect(stdout).toContain('grown: it is no longer waived');
  });
});

describe('lint --policy-from', () => {
  const rule = `rule: 1
id: house-rule
title: No agent is called trader
layer: agent-frameworks
severity: high
confidence: high
profile: essential
since: 1.0.0
threats: [l3-input-validation]
for: agent
when: agent.id == "trader"
at: owner
message: "{agent.id} is a name that was taken before"
why: |
  A name for two things confuses those who answer for them.
fix:
  say: Choose another name
  edit: { description: renamed }
tests:
  - name: a trader
    model: "agents: { trader: {} }"
    finds: [{ subject: trader }]
  - name: another name
    model: "agents: { clerk: {} }"
    finds: []
`;

  test('config and rules are those of the revision', async () => {
    const { write, maestro } = repository({
      'deep/maestro.yaml': trader(),
      'maestro.config.yaml': 'config: 1\npacks: [house]\nrules: { kill-switch-missing: low }\n',
      'house/house-rule.yaml': rule,
    });
    write({
      'maestro.config.yaml': 'config: 1\nrules: { kill-switch-missing: off }\nignore: ["**"]\n',
      'house/house-rule.yaml': null,
      house: null,
    });
    const rules = ['--rule', 'kill-switch-missing', '--rule', 'house-rule'];
    const { stdout, stderr, code } = await maestro(
      ['lint', '--policy-from', 'main', '--format', 'json', ...rules],
      'deep',
    );
    expect(stderr).toBe('');
    const found = json(stdout).findings.map((each: { rule: string; severity: string }) => [
      each.rule,
      each.severity,
    ]);
    expect(found).toEqual([
      ['house-rule', 'high'],
      ['kill-switch-missing', 'low'],
    ]);
    expect(code).toBe(1);
  });

  test('without a config there, none counts; a broken one is named', async () => {
    const { write, commit, maestro } = repository({ 'maestro.yaml': trader() });
    write({ 'maestro.config.yaml': 'config: 1\nrules: { kill-switch-missing: off }\n' });
    expect((await maestro(['lint', ...ONE_RULE])).code).toBe(1);
    expect((await maestro(['lint', '--policy-from', 'main', ...ONE_RULE])).code).toBe(1);
    commit({ 'maestro.config.yaml': 'config: 1\nrulez: {}\n' });
    const { code, stdout } = await maestro(['lint', '--policy-from', 'HEAD']);
    expect(code).toBe(2);
    expect(stdout).toContain('maestro.config.yaml:2:1');
  });
});

describe('lint --staged', () => {
  const many = {
    'a/maestro.yaml': `${trader('a')}\ninclude: [parts/*.yaml]\n`,
    'a/parts/one.yaml': 'data: { kb: { kind: files } }\n',
    'b/maestro.yaml':
      'maestro: 1\nsystem: { name: b }\nagents:\n  x: { autonomy: autonomous, controls: { kill_switch: { evidence: docs/run.md } } }\n',
    'b/docs/run.md': 'stop',
    'c/maestro.yaml': trader('c', 'suggest'),
    'readme.md': 'hello',
  };
  const RULES = ['--rule', 'kill-switch-missing', '--rule', 'evidence-missing'];
  const linted = async (
    { maestro }: ReturnType<typeof repository>,
    ...more: string[]
  ): Promise<{ code: number; stderr: string; names: string[] }> => {
    const { code, stdout, stderr } = await maestro([
      'lint',
      '--staged',
      '--format',
      'json',
      ...RULES,
      ...more,
    ]);
    const files: { path: string; status: string }[] = json(stdout).files;
    return { code, stderr, names: files.filter(({ status }) => status === 'linted').map(({ path }) => path) };
  };

  test('what is staged counts, whatever stands in its place on the disk by now', async () => {
    const repo = repository(many);
    repo.write({ 'd/maestro.yaml': trader('d'), 'e/maestro.yaml': trader('e') });
    repo.git('add', '--all');
    repo.write({ d: null, 'e/maestro.yaml': null });
    repo.write({ d: 'a file where the folder was' });
    expect(await linted(repo)).toMatchObject({ code: 1, names: ['d/maestro.yaml', 'e/maestro.yaml'] });
  });

  test('everything when nothing is staged', async () => {
    const all = ['a/maestro.yaml', 'b/maestro.yaml', 'c/maestro.yaml'];
    expect(await linted(repository(many))).toMatchObject({ code: 1, names: all });
  });

  test.each([
    ['the file itself', { 'c/maestro.yaml': `# c\n${trader('c', 'suggest')}` }, ['c/maestro.yaml'], 0],
    ['what it includes', { 'a/parts/one.yaml': 'data: { kb: { kind: queue } }\n' }, ['a/maestro.yaml'], 1],
    [
      'what a pattern now includes',
      { 'a/parts/two.yaml': 'data: { q: { kind: queue } }\n' },
      ['a/maestro.yaml'],
      1,
    ],
    ['its evidence', { 'b/docs/run.md': 'stop now' }, ['b/maestro.yaml'], 0],
    ['its evidence that goes', { 'b/docs/run.md': null }, ['b/maestro.yaml'], 0],
    ['something else', { 'readme.md': 'new' }, [], 0],
    [
      'the config',
      { 'maestro.config.yaml': 'config: 1\nfail_on: never\n' },
      ['a/maestro.yaml', 'b/maestro.yaml', 'c/maestro.yaml'],
      0,
    ],
  ] as const)('%s', async (_, files, names, code) => {
    const repo = repository(many);
    repo.write(files);
    repo.git('add', '--all');
    const run = await linted(repo);
    expect(run).toMatchObject({ names, code });
    expect(run.stderr).toBe(
      names.length > 0 ? '' : 'maestro: nothing that is staged touches a description\n',
    );
  });

  test('evidence that goes is found missing', async () => {
    const repo = repository(many);
    repo.git('rm', '--quiet', '--cached', 'b/docs/run.md');
    const { stdout } = await repo.maestro(['lint', '--staged', ...RULES]);
    expect(stdout).toContain('medium[evidence-missing] x');
  });

  test('what is committed is what is linted', async () => {
    const repo = repository(many);
    repo.write({ 'c/maestro.yaml': trader('c', 'autonomous') });
    repo.git('add', '--all');
    repo.write({ 'c/maestro.yaml': trader('c', 'suggest') });
    expect((await linted(repo)).code).toBe(1);
    repo.git('add', '--all');
    repo.write({ 'c/maestro.yaml': 'broken: [' });
    repo.write({ 'readme.md': 'x' });
    repo.git('add', 'readme.md');
    expect((await linted(repo)).code).toBe(0);
  });

  test('the first commit, a file whose include went, a repository without descriptions', async () => {
    const repo = repository(many);
    repo.git('update-ref', '-d', 'HEAD');
    expect((await linted(repo)).names).toHaveLength(3);
    const other = repository({ ...many, 'a/maestro.yaml': `${trader('a')}\ninclude: [parts/one.yaml]\n` });
    other.git('rm', '--quiet', 'a/parts/one.yaml');
    expect((await linted(other)).code).toBe(2);
    const empty = repository({ 'readme.md': '' });
    empty.write({ 'readme.md': 'x' });
    empty.git('add', '--all');
    expect((await empty.maestro(['lint', '--staged'])).code).toBe(3);
  });

  test('with a base: only what the commit adds', async () => {
    const repo = repository(many);
    repo.write({ 'a/maestro.yaml': `# a\n${many['a/maestro.yaml']}`, 'c/maestro.yaml': trader('c') });
    repo.git('add', '--all');
    const { stdout, code } = await repo.maestro(['lint', '--staged', '--base', 'HEAD', ...RULES]);
    expect(code).toBe(1);
    expect(stdout).toContain('c/maestro.yaml');
    expect(stdout).not.toContain(
      'high[kill-switch-missing] trader acts on its own (autonomous) and nobody can stop it at once: a hijacked run goes on until it ends by itself\n  a/',
    );
  });
});

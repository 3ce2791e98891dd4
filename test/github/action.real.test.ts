import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maestro } from '../support/cli.ts';
import { git, Hub, pullEvent, REPOSITORY, runAction, type Started } from './checkout.ts';
import { FakeGitHub } from './server.ts';

const BOT = { id: 41898282, login: 'github-actions[bot]' };

/** A desk whose agent reads strangers' mail; it has findings of its own, and no way to run code. */
const DESK = `maestro: 1
system: { name: expense-desk, owner: finance }
boundaries:
  internet: { trust: untrusted }
  office: { trust: internal }
actors:
  staff: { kind: user, boundary: office, auth: oidc }
  inbox: { kind: content, boundary: internet }
agents:
  clerk:
    autonomy: bounded
    serves: staff
    reads: [inbox]
    tools: { search: { actions: [find] } }
tools:
  search: { kind: retrieval, actions: { find: { effect: read } } }
`;

/** The same with one more tool, which opens a path from the mail to a shell. */
const WITH_SHELL = `${DESK.replace('actions: [find] } }', 'actions: [find] }, shell: { actions: [run] } }')}  shell: { kind: shell, actions: { run: { effect: execute } } }
`;
const OLD = /kill-switch-missing|agent-identity-missing|audit-trail-missing/;

let github: FakeGitHub;
let server: Record<string, string>;
let hub: Hub;

beforeEach(async () => {
  github = new FakeGitHub();
  github.accounts.set('workflow', BOT);
  github.accounts.set('fork', { ...BOT, readOnly: true });
  server = { GITHUB_API_URL: await github.listen() };
  hub = new Hub();
});

afterEach(() => {
  github.close();
  expect(github.wrong).toEqual([]);
});

/** What the runner has after a push to pull request 7: the merge, one commit deep. */
function pull(base: string, head: string, more: Partial<Started> = {}): Started {
  github.pulls.set(7, { sha: head, repository: REPOSITORY, open: true });
  return {
    workspace: hub.checkout(hub.merge(base, head)),
    event: 'pull_request',
    payload: pullEvent(base, head),
    env: server,
    ...more,
    inputs: { token: 'workflow', ...more.inputs },
  };
}

const body = (): string => {
  expect(github.comments).toHaveLength(1);
  return github.comments[0]!.body;
};
const sarif = (workspace: string, name = 'maestro.sarif') =>
  JSON.parse(readFileSync(join(workspace, name), 'utf8')).runs[0];

test('a change that opens a path gets one comment about just that, fails, and turns green when it is undone', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const run = pull(base, head);
  const ended = await runAction(run);

  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(1);
  expect(ended.outputs).toEqual({
    'sarif-file': 'maestro.sarif',
    findings: expect.stringMatching(/^\d+$/),
    'new-findings': '2',
    'highest-severity': 'critical',
    outcome: 'findings',
  });
  const [open, folded] = body().split('<details>', 2) as [string, string];
  expect(open).toContain('inbox can make clerk run shell.run');
  expect(open).toContain('```mermaid');
  expect(open).toContain('sandbox');
  expect(open).toContain(`https://github.com/${REPOSITORY}/blob/${head}/maestro.yaml#L`);
  expect(open).not.toMatch(OLD);
  expect(body()).toMatch(OLD);
  expect(folded).toBeDefined();
  expect(ended.summary).toContain('inbox can make clerk run shell.run');
  const annotations = ended.stdout.match(/^::(?:error|warning|notice) .*$/gm)!;
  expect(annotations.join('\n')).toMatch(/^::error file=maestro\.yaml,line=\d+/);
  expect(annotations.join('\n')).not.toMatch(OLD);
  expect(sarif(run.workspace).results.length).toBe(Number(ended.outputs['findings']));

  const undone = hub.commit('topic', { 'maestro.yaml': DESK });
  const green = await runAction(pull(base, undone));
  expect(green.code).toBe(0);
  expect(green.outputs).toMatchObject({ outcome: 'clean', 'new-findings': '0', 'highest-severity': 'none' });
  expect(body()).toMatch(/✅/);
  expect(body()).not.toContain('inbox can make clerk run shell.run');
  expect(github.writes).toHaveLength(2);

  const again = await runAction(pull(base, undone));
  expect(again.code).toBe(0);
  expect(github.writes).toHaveLength(2);
});

test('the change the other way round says what it fixes', async () => {
  const base = hub.commit('main', { 'maestro.yaml': WITH_SHELL });
  const head = hub.commit('topic', { 'maestro.yaml': DESK });
  const ended = await runAction(pull(base, head));
  expect(ended.code).toBe(0);
  expect(body()).toMatch(/Fixed/);
  expect(body()).toContain('untrusted-input-reaches-code');
});

test('a clean first run is silent; `always` and `never` do what they say', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'notes.txt': 'nothing of ours' });
  expect((await runAction(pull(base, head))).code).toBe(0);
  expect(github.comments).toEqual([]);
  await runAction(pull(base, head, { inputs: { comment: 'always' } }));
  expect(github.comments).toHaveLength(1);
  github.log.length = 0;
  await runAction(pull(base, head, { inputs: { comment: 'never' } }));
  expect(github.log).toEqual([]);
});

test('with drift, the comment names the difference a change brings, and not what was there before', async () => {
  const server = (name: string) => `"${name}": { "command": "npx", "args": ["-y", "${name}@1.0.0"] }`;
  const config = (...names: string[]) => `{ "mcpServers": { ${names.map(server).join(', ')} } }\n`;
  const base = hub.commit('main', { 'maestro.yaml': DESK, '.mcp.json': config('archive-of-old') });
  const head = hub.commit('topic', { '.mcp.json': config('archive-of-old', 'courier-of-new') });
  const run = pull(base, head, { inputs: { drift: 'true', profile: 'recommended' } });
  const ended = await runAction(run);

  expect(ended.stderr).toBe('');
  expect(ended.outputs).toMatchObject({ 'new-findings': '1' });
  const [open] = body().split('<details>', 2) as [string];
  expect(open).toContain('courier-of-new');
  expect(open).not.toContain('archive-of-old');
  expect(ended.stdout.match(/^::(?:error|warning|notice) .*$/gm)?.join('\n') ?? '').not.toContain(
    'archive-of-old',
  );
  const ids = (sarif(run.workspace).results as { ruleId: string; message: { text: string } }[])
    .filter(({ ruleId }) => ruleId === 'drift-undeclared-tooling')
    .map(({ message }) => message.text);
  expect(ids).toHaveLength(2);

  const without = await runAction(pull(base, head));
  expect(without.outputs).toMatchObject({ 'new-findings': '0' });
});

test('what others did on the base since is not held against the change', async () => {
  const start = hub.commit('main', { 'maestro.yaml': DESK, 'a.txt': '' });
  const head = hub.commit('topic', { 'a.txt': 'changed' });
  const base = hub.commit('main', { 'maestro.yaml': WITH_SHELL });
  // The event was made before the base moved on; the merge that is checked out was not.
  const run = pull(base, head);
  const ended = await runAction({ ...run, payload: pullEvent(start, head) });
  expect(ended.outputs).toMatchObject({ outcome: 'clean', 'new-findings': '0' });
  const whole = hub.checkout(head, { whole: true });
  const direct = await runAction({ ...run, workspace: whole, payload: pullEvent(base, head) });
  expect(direct.outputs).toMatchObject({ outcome: 'clean', 'new-findings': '0' });
});

test('a base that cannot be fetched makes every finding new, and the comment says so', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const run = pull(base, head);
  git(run.workspace, 'remote', 'set-url', 'origin', 'file:///nowhere/at/all');
  const ended = await runAction(run);
  expect(ended.code).toBe(1);
  expect(Number(ended.outputs['new-findings'])).toBe(Number(ended.outputs['findings']));
  expect(body()).toContain('every finding counts as new');
  expect(body()).toContain('could not be fetched');
});

test('on a fork the token only reads: the summary has it all, and the findings decide', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const fork = { payload: pullEvent(base, head, 2), inputs: { token: 'fork' } };
  const bad = await runAction(pull(base, head, fork));
  expect(bad.code).toBe(1);
  expect(bad.stdout).toMatch(/^::notice title=maestro::There is no comment: .*fork/m);
  expect(bad.summary).toContain('inbox can make clerk run shell.run');
  const fine = await runAction(pull(base, head, { ...fork, inputs: { token: 'fork', 'fail-on': 'never' } }));
  expect(fine.code).toBe(0);
  expect(github.comments).toEqual([]);
});

test.each([
  ['a bad token', () => {}, { token: 'expired' }],
  ['no token', () => {}, { token: '' }],
  ['broken connections', () => github.fail(/./, 'cut', 99), {}],
  [
    'a limit for longer than a run',
    () => github.fail(/./, { status: 429, headers: { 'retry-after': '999' } }),
    {},
  ],
] as const)('with %s there is a notice, and the job ends by its findings', async (_, break_, inputs) => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  break_();
  const ended = await runAction(pull(base, head, { inputs }));
  expect(ended.stdout).toMatch(/^::notice title=maestro::There is no comment/m);
  expect([ended.code, ended.outputs['outcome']]).toEqual([1, 'findings']);
});

test('a push is compared with what was there before; the first push of a branch is judged whole', async () => {
  const before = hub.commit('main', { 'maestro.yaml': DESK });
  const after = hub.commit('main', { 'maestro.yaml': WITH_SHELL });
  const workspace = hub.checkout(after);
  const push = (payload: object): Promise<{ outputs: Readonly<Record<string, string>> }> =>
    runAction({ workspace, event: 'push', payload, env: server, inputs: { token: 'workflow' } });
  const known = await push({ before, after });
  expect(known.outputs).toMatchObject({ 'new-findings': '2', 'highest-severity': 'critical' });
  const first = await push({ before: '0'.repeat(40), after });
  expect(first.outputs['new-findings']).toBe(first.outputs['findings']);
  expect(github.log).toEqual([]);
});

test('schedule and workflow_dispatch judge all there is; base-ref compares them too', async () => {
  hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const workspace = hub.checkout(head);
  for (const event of ['schedule', 'workflow_dispatch']) {
    const { outputs } = await runAction({ workspace, event, payload: {}, env: server });
    expect(Number(outputs['new-findings'])).toBeGreaterThan(2);
  }
  const run = { workspace, event: 'workflow_dispatch', payload: {}, env: server };
  const named = await runAction({ ...run, inputs: { 'base-ref': 'main' } });
  expect(named.outputs).toMatchObject({ 'new-findings': '2' });
  const none = await runAction({ ...run, inputs: { 'base-ref': 'no-such-branch' } });
  expect(none.outputs['new-findings']).toBe(none.outputs['findings']);
  expect(none.summary).toContain('could not be fetched');
  const hostile = await runAction({ ...run, inputs: { 'base-ref': '--upload-pack=touch x' } });
  expect([hostile.code, hostile.outputs['outcome']]).toEqual([2, 'invalid']);
});

test('a merge queue is compared with the commit it merges into', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const ended = await runAction({
    workspace: hub.checkout(hub.merge(base, head)),
    event: 'merge_group',
    payload: { merge_group: { base_sha: base, head_sha: head } },
    env: server,
  });
  expect(ended.outputs).toMatchObject({ 'new-findings': '2', outcome: 'findings' });
});

test('pull_request_target with the base checked out is refused, not green', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const run = pull(base, head, { event: 'pull_request_target' });
  const ended = await runAction({ ...run, workspace: hub.checkout(base) });
  expect(ended.code).toBe(2);
  expect(ended.stdout).toMatch(/^::error .*not the pull request/m);
  expect((await runAction({ ...run, workspace: hub.checkout(head) })).outputs['new-findings']).toBe('2');
});

test('the policy is the base’s: a change cannot loosen what it is judged by, and the comment says that it tries', async () => {
  const config = 'config: 1\nfail_on: high\n';
  const base = hub.commit('main', { 'maestro.yaml': DESK, 'maestro.config.yaml': config });
  const loose = 'config: 1\nfail_on: never\nrules: { untrusted-input-reaches-code: off }\n';
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL, 'maestro.config.yaml': loose });
  const ended = await runAction(pull(base, head));
  expect([ended.code, ended.outputs['new-findings']]).toEqual([1, '2']);
  expect(body()).toContain('maestro.config.yaml');
  expect(body()).toMatch(/policy/);
  const trusting = await runAction(pull(base, head, { inputs: { 'policy-from': 'head' } }));
  expect([trusting.code, trusting.outputs['outcome']]).toEqual([0, 'clean']);
  expect(body()).toContain('The new policy was used');
});

const WAIVER = `waivers:
  - { rule: untrusted-input-reaches-code, component: shell.run, reason: a trial of two weeks, owner: ana }
  - { rule: untrusted-text-steers-tools, component: clerk, reason: a trial of two weeks, owner: ana }
`;

test('waivers of a change count on a branch of the repository, where the comment lists them, and not on a fork', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL + WAIVER });
  const own = await runAction(pull(base, head));
  expect(own.outputs).toMatchObject({ outcome: 'clean', 'new-findings': '0' });
  expect(body()).toContain('This change waives');
  expect(body()).toContain('a trial of two weeks');

  const fork = await runAction(pull(base, head, { payload: pullEvent(base, head, 2) }));
  expect(fork.outputs).toMatchObject({ outcome: 'findings', 'new-findings': '2' });
  expect(body()).toContain('Waivers of this change do not count');
  const deleted = await runAction(pull(base, head, { payload: pullEvent(base, head, null) }));
  expect(deleted.outputs['outcome']).toBe('findings');
  const strict = await runAction(pull(base, head, { inputs: { 'policy-from': 'base' } }));
  expect(strict.outputs['outcome']).toBe('findings');
  expect(body()).not.toMatch(/waives|do not count/);

  const waived = hub.commit('main', { 'maestro.yaml': WITH_SHELL + WAIVER });
  const later = hub.commit('later', { 'notes.txt': 'x' });
  const calm = await runAction(pull(waived, later, { payload: pullEvent(waived, later, 2) }));
  expect(calm.outputs).toMatchObject({ outcome: 'clean', 'new-findings': '0' });
});

test('own assertions that a change takes out or weakens are told, on a fork too', async () => {
  const ASSERT = 'assert: [{ id: no-shell, severity: critical, never: { from: inbox, to: search } }]\n';
  const BESIDE =
    'assertions: 1\nassert: [{ id: agents-9, that: "system.agents.size() < 9" }, { id: few, that: "true" }]\n';
  const base = hub.commit('main', { 'maestro.yaml': DESK + ASSERT, 'maestro.assert.yaml': BESIDE });
  const same = hub.commit('same', {
    'maestro.yaml': DESK + ASSERT,
    'maestro.assert.yaml': BESIDE,
    'a.txt': '',
  });
  expect((await runAction(pull(base, same))).code).not.toBe(2);
  expect(github.comments).toEqual([]);
  const mild = ASSERT.replace('critical', 'low');
  const head = hub.commit('topic', { 'maestro.yaml': DESK + mild, 'maestro.assert.yaml': null });
  for (const fork of [1, 2]) {
    await runAction(pull(base, head, { payload: pullEvent(base, head, fork) }));
    expect(body()).toContain('Own assertions removed or weakened');
    expect(body()).toMatch(/`no-shell` of `expense-desk`: severity lowered from critical to low/);
    expect(body()).toMatch(/`few` of `expense-desk`: removed · .*maestro\.assert\.yaml:2/);
    expect(body()).toMatch(/`agents-9` of `expense-desk`: removed/);
  }
  // Where a description cannot be read, nobody knows whether it still asserts it.
  const broken = hub.commit('broken', { 'maestro.yaml': 'maestro: 1\nagnts: {}\n' });
  await runAction(pull(base, broken));
  expect(body()).not.toContain('Own assertions');
});

test('own assertions beside a description in a folder are told at their place from the root', async () => {
  const BESIDE = 'assertions: 1\nassert: [{ id: few, severity: critical, that: "true" }]\n';
  const base = hub.commit('main', { 'desk/maestro.yaml': DESK, 'desk/maestro.assert.yaml': BESIDE });
  const head = hub.commit('topic', { 'desk/maestro.assert.yaml': BESIDE.replace('critical', 'low') });
  await runAction(pull(base, head, { inputs: { 'working-directory': 'desk' } }));
  expect(body()).toMatch(
    /`few` of `expense-desk`: severity lowered from critical to low · \[desk\/maestro\.assert\.yaml:2\]/,
  );
});

test('the baseline is the base’s: a change cannot hide what it brings', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const made = hub.checkout(hub.commit('topic', { 'maestro.yaml': WITH_SHELL }));
  const { code, stderr } = await maestro(made, ['baseline', 'create']);
  expect(code, stderr).toBe(0);
  const baseline = readFileSync(join(made, 'maestro.baseline.json'), 'utf8');
  const head = hub.commit('topic', { 'maestro.baseline.json': baseline });
  for (const inputs of [{}, { baseline: 'maestro.baseline.json' }]) {
    const ended = await runAction(pull(base, head, { inputs }));
    expect(ended.outputs, ended.stdout).toMatchObject({ outcome: 'findings', 'new-findings': '2' });
    expect(body()).toContain('maestro.baseline.json');
  }
  const accepted = hub.commit('main', { 'maestro.yaml': WITH_SHELL, 'maestro.baseline.json': baseline });
  const later = hub.commit('later', { 'notes.txt': 'x' });
  expect((await runAction(pull(accepted, later))).outputs).toMatchObject({ findings: '0', outcome: 'clean' });
});

test('a folder to work in: every report names files from the root of the checkout', async () => {
  const base = hub.commit('main', { 'agents/desk/maestro.yaml': DESK, 'other/maestro.yaml': 'maestro: 9' });
  const head = hub.commit('topic', { 'agents/desk/maestro.yaml': WITH_SHELL });
  const run = pull(base, head, {
    inputs: { 'working-directory': 'agents/desk', 'sarif-file': 'out/m.sarif' },
  });
  const ended = await runAction(run);
  expect(ended.outputs).toMatchObject({ 'new-findings': '2', 'sarif-file': 'agents/desk/out/m.sarif' });
  expect(ended.stdout).toMatch(/^::error file=agents\/desk\/maestro\.yaml,/m);
  expect(body()).toContain(`/blob/${head}/agents/desk/maestro.yaml#L`);
  const { results } = sarif(run.workspace, 'agents/desk/out/m.sarif');
  expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('agents/desk/maestro.yaml');
  const outside = await runAction({ ...run, inputs: { 'working-directory': '../..' } });
  expect([outside.code, outside.outputs['outcome']]).toEqual([2, 'invalid']);
});

test('a run that fails leaves its reports all the same', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': 'maestro: 1\nagents: [' });
  const run = pull(base, head);
  const broken = await runAction(run);
  expect([broken.code, broken.outputs['outcome']]).toEqual([2, 'invalid']);
  expect(sarif(run.workspace).invocations[0].executionSuccessful).toBe(false);
  expect(broken.summary).toMatch(/maestro\.yaml/);
  const gone = await runAction(pull(base, hub.commit('gone', { 'maestro.yaml': null }, base)));
  expect([gone.code, gone.outputs['outcome']]).toEqual([3, 'nothing']);
});

test.each([
  ['fail-on', 'hihg', /fail-on: hihg is none of .*did you mean high/],
  ['comment', 'sometimes', /comment: sometimes is none of auto, always, never/],
  ['comment-key', 'a -->', /comment-key/],
  ['working-directory', 'nowhere', /is not a folder of the checkout/],
  ['paths', '--output=x', /begins with a dash/],
])('the input %s: %s is a mistake that is told', async (name, value, message) => {
  const workspace = hub.checkout(hub.commit('main', { 'maestro.yaml': DESK }));
  const ended = await runAction({
    workspace,
    event: 'workflow_dispatch',
    payload: {},
    env: server,
    inputs: { [name]: value },
  });
  expect(ended.code).toBe(2);
  expect(ended.stdout).toMatch(message);
});

test('what a description says cannot become a command, an output or a line of the summary', async () => {
  const evil = '"x\\n::error::owned\\nEOF\\noutcome=clean\\n::set-output name=outcome::clean"';
  const description = WITH_SHELL.replace('kind: content,', `kind: content, description: ${evil},`).replace(
    'expense-desk',
    evil,
  );
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': description });
  const ended = await runAction(pull(base, head));
  expect(Object.keys(ended.outputs)).toHaveLength(5);
  expect(ended.outputs['outcome']).not.toBe('clean');
  expect(ended.stdout).not.toMatch(/^::error::owned|^::set-output/m);
});

test('two processes at once end with one comment', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const [one, other] = [pull(base, head), pull(base, head)];
  const waiting: (() => void)[] = [];
  github.beforeCreate = () =>
    new Promise((go) => {
      waiting.push(go);
      if (waiting.length === 2) for (const each of waiting) each();
    });
  const ended = await Promise.all([runAction(one), runAction(other)]);
  expect(ended.map(({ code }) => code)).toEqual([1, 1]);
  expect(waiting).toHaveLength(2);
  expect(body()).toContain('inbox can make clerk run shell.run');
});

test('a process that is killed leaves no half-written file under its name', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const run = pull(base, head, { inputs: { 'comment-data': 'data.json' } });
  const whole = await runAction(run);
  expect(whole.code).toBe(1);
  let killed = 0;
  for (const [i, signal] of (['SIGTERM', 'SIGKILL', 'SIGTERM', 'SIGKILL'] as const).entries()) {
    const workspace = hub.checkout(git(run.workspace, 'rev-parse', 'HEAD'));
    const ended = await runAction({ ...run, workspace }, (kill) => {
      // From the start of the program until after its last file.
      setTimeout(() => kill(signal), 250 + i * 350);
    });
    if (ended.code === null) killed++;
    for (const name of ['maestro.sarif', 'data.json']) {
      const path = join(workspace, name);
      if (existsSync(path)) expect(() => JSON.parse(readFileSync(path, 'utf8'))).not.toThrow();
    }
    for (const name of Object.keys(ended.outputs)) expect(Object.keys(whole.outputs)).toContain(name);
  }
  expect(killed).toBeGreaterThan(0);
});

test('the pair of workflows: the second posts what the first found, and only where it belongs', async () => {
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': WITH_SHELL });
  const fork = {
    payload: pullEvent(base, head, 2),
    inputs: { comment: 'never', 'comment-data': 'data.json' },
  };
  const first = pull(base, head, fork);
  const linted = await runAction(first);
  expect(linted.code).toBe(1);
  expect(github.log).toEqual([]);
  github.pulls.set(7, { sha: head, repository: 'stranger/agents', open: true });

  const written = readFileSync(join(first.workspace, 'data.json'), 'utf8');
  const follow = (data: string, run: object = {}) => {
    const workspace = hub.checkout(base);
    writeFileSync(join(workspace, 'data.json'), data);
    const workflow_run = {
      event: 'pull_request',
      head_sha: head,
      head_repository: { full_name: 'stranger/agents' },
      ...run,
    };
    return runAction({
      workspace,
      event: 'workflow_run',
      payload: { workflow_run },
      env: server,
      inputs: { 'comment-from': 'data.json', token: 'workflow' },
    });
  };
  const changed = (more: object) => JSON.stringify({ ...JSON.parse(written), ...more });
  const verdict = JSON.parse(written).verdict;
  for (const [data, run] of [
    [written, { head_sha: base }],
    [written, { event: 'push' }],
    [written, { head_repository: { full_name: REPOSITORY } }],
    [changed({ headSha: base }), {}],
    [changed({ pull: '7' }), {}],
    [changed({ verdict: { ...verdict, findings: [{}] } }), {}],
    ['{}', {}],
    ['not JSON', {}],
  ] as const) {
    const refused = await follow(data, run);
    expect([refused.code, refused.outputs['outcome']], refused.stdout).toEqual([2, 'invalid']);
  }
  // One that is not there, or that the token does not see.
  expect((await follow(changed({ pull: 8 }))).stdout).toMatch(/^::notice .*404/m);
  expect(github.writes).toEqual([]);

  // What a stranger writes is shown, and leads nowhere else.
  const rules = verdict.rules.map((rule: object) => ({ ...rule, url: 'https://evil.example/rules.md' }));
  await follow(changed({ verdict: { ...verdict, rules } }));
  expect(body()).not.toContain('evil.example');
  const posted = await follow(written);
  expect(posted.stdout).toContain('brought up to date');
  expect(posted.code).toBe(0);
  expect(body()).toContain('inbox can make clerk run shell.run');
  expect(readdirSync(first.workspace)).toContain('maestro.sarif');
});

import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, HOME, maestro, trader } from '../support/cli.ts';

const GOLDEN = join(HOME, 'test/golden/explain');
const DAY = ['--as-of', '2026-01-01'];
const SUPPORT = 'examples/support-rag/as-found.maestro.yaml';
const MCP = 'examples/mcp-host/as-found.maestro.yaml';

const explain = (cwd: string, ...argv: string[]) => maestro(cwd, ['explain', ...argv]);

interface Reported {
  readonly fingerprint: string;
  readonly rule: string;
  readonly subject: readonly string[];
  readonly location: { readonly file: string };
}

async function findings(cwd: string, ...argv: string[]): Promise<Reported[]> {
  const { stdout } = await maestro(cwd, ['lint', '--format', 'json', ...DAY, ...argv]);
  return JSON.parse(stdout).findings;
}

async function fingerprint(cwd: string, rule: string, ...argv: string[]): Promise<string> {
  const found = (await findings(cwd, ...argv)).find((finding) => finding.rule === rule);
  return found!.fingerprint;
}

/** One for each form of rule, over the examples and over a description that has something at every place. */
const FINDINGS: readonly (readonly [
  name: string,
  cwd: string,
  rule: string,
  path: string,
  ...argv: string[],
])[] = [
  ['component', HOME, 'kill-switch-missing', SUPPORT],
  ['component-host', HOME, 'audit-trail-missing', SUPPORT, '--profile', 'strict'],
  ['trifecta', HOME, 'lethal-trifecta', SUPPORT],
  ['grant', HOME, 'tool-grant-unrestricted', MCP],
  ['ended', GOLDEN, 'kill-switch-missing', 'desk.maestro.yaml'],
  ['edge', GOLDEN, 'agent-channel-unauthenticated', 'desk.maestro.yaml'],
  ['group', GOLDEN, 'identity-shared', 'desk.maestro.yaml'],
  ['each', GOLDEN, 'evidence-missing', 'desk.maestro.yaml'],
  ['path', GOLDEN, 'untrusted-input-reaches-code', 'desk.maestro.yaml'],
];

describe('a finding', () => {
  test.each(FINDINGS)('%s', async (name, cwd, rule, path, ...argv) => {
    const whole = await fingerprint(cwd, rule, path, ...argv);
    const { code, stdout, stderr } = await explain(cwd, whole, path, ...DAY, ...argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(`../golden/explain/${name}.txt`);
  });

  test('the page about it shows what is printed', async () => {
    const whole = await fingerprint(HOME, 'kill-switch-missing', SUPPORT);
    const { stdout } = await explain(HOME, whole, SUPPORT, ...DAY);
    expect(readFileSync(join(HOME, 'docs/explain.md'), 'utf8')).toContain(`\`\`\`text\n${stdout}\`\`\``);
  });

  test('in a terminal: wrapped, and a long file name is not repeated', async () => {
    const whole = await fingerprint(HOME, 'lethal-trifecta', SUPPORT);
    const argv = ['explain', whole, SUPPORT, ...DAY];
    const { stdout } = await maestro(HOME, argv, { terminal: 100, env: { NO_COLOR: '1' } });
    expect(stdout.split('\n').filter((line) => line.length > 100 && !line.includes('http'))).toEqual([]);
    await expect(stdout).toMatchFileSnapshot('../golden/explain/trifecta-terminal.txt');
  });

  test('by six digits, in capitals, and found below a folder', async () => {
    const whole = await fingerprint(HOME, 'lethal-trifecta', SUPPORT);
    const { stdout } = await explain(HOME, whole, SUPPORT);
    for (const digits of [whole.slice(0, 6), whole.slice(0, 8), whole.toUpperCase()])
      expect((await explain(HOME, digits, 'examples')).stdout).toBe(stdout);
    expect((await explain(HOME, whole.slice(0, 5), 'examples')).code).toBe(2);
  });

  test('one finding of every rule that fires on the examples can be explained, as text and as JSON', async () => {
    const all = await findings(HOME, 'examples');
    const byRule = new Map(all.map((each) => [each.rule, each]));
    expect(byRule.size).toBeGreaterThan(30);
    for (const { fingerprint: whole, rule, location } of byRule.values()) {
      const text = await explain(HOME, whole, location.file, ...DAY);
      expect({ code: text.code, stderr: text.stderr }, rule).toEqual({ code: 0, stderr: '' });
      expect(text.stdout).toContain(`[${rule}]`);
    }
    for (const { fingerprint: whole, rule, subject, location } of [...byRule.values()].slice(0, 8)) {
      const json = await explain(HOME, whole, location.file, ...DAY, '--format', 'json');
      expect(JSON.parse(json.stdout)).toMatchObject({
        version: 'explain-v1',
        about: 'finding',
        fingerprint: whole,
        rule,
        subject,
      });
    }
  });

  test('of a rule that the profile leaves out says so', async () => {
    const cwd = folder({ 'maestro.yaml': trader() });
    const whole = await fingerprint(cwd, 'kill-switch-missing');
    expect((await explain(cwd, whole)).stdout).not.toContain('does not run here');
    const { code, stdout } = await explain(cwd, whole, '--profile', 'essential');
    expect(code).toBe(0);
    expect(stdout).toContain('The rule does not run here: the profile or the config leaves it out');
  });

  test('has the severity that the config gives it', async () => {
    const cwd = folder({
      'maestro.yaml': trader(),
      'maestro.config.yaml': 'config: 1\nrules: { kill-switch-missing: low }\n',
    });
    const whole = await fingerprint(cwd, 'kill-switch-missing');
    expect((await explain(cwd, whole)).stdout).toMatch(/^low\[kill-switch-missing\]/);
  });

  test('of a pack of somebody is explained like those that come with the program', async () => {
    const rule = `rule: 1
id: our-channel
title: Channel without encryption
layer: cross-layer
severity: high
confidence: high
profile: essential
since: 1.0.0
threats: [l7-impersonation]
for: delegation
when: 'delegation.auth.method != "mtls" && !delegation.enforces("encryption_in_transit")'
at: auth
message: "{agent.id} talks in the clear"
why: Others can listen.
fix: { say: Encrypt it, edit: { auth: mtls } }
tests:
  - name: it does
    model: |
      agents: { a: { delegates_to: b }, b: {} }
    finds: [{ subject: [a, b], at: auth }]
`;
    const cwd = folder({ 'rules/our-channel.yaml': rule });
    copyFileSync(join(GOLDEN, 'desk.maestro.yaml'), join(cwd, 'maestro.yaml'));
    const whole = await fingerprint(cwd, 'our-channel', '--pack', 'rules');
    const { code, stdout } = await explain(cwd, whole, '--pack', 'rules');
    expect(code).toBe(0);
    expect(stdout).toMatch(/reader\.delegates_to\.runner\.auth +api-key +maestro\.yaml:17:50/);
    expect(stdout).toMatch(/encryption_in_transit on reader → runner: not in force/);
    expect(stdout).toMatch(/see: maestro explain our-channel/);
    const page = await explain(cwd, 'our-channel', '--pack', 'rules');
    expect(page.stdout).toMatch(/^our-channel: Channel without encryption/);
    expect(page.stdout).not.toContain('https://');
  });
});

describe('a fact', () => {
  test('that a check waits for', async () => {
    const { code, stdout } = await explain(HOME, 'host.autonomy', MCP, ...DAY);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('../golden/explain/unknown.txt');
  });

  test('of an edge', async () => {
    const { code, stdout } = await explain(GOLDEN, 'triage.delegates_to.reader.protocol', ...DAY);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('../golden/explain/unknown-edge.txt');
  });

  test('that only a zone can tell', async () => {
    const cwd = folder({
      'maestro.yaml': `maestro: 1
system: { name: desk }
boundaries: { dmz: {} }
actors: { mail: { kind: content, boundary: dmz } }
data: { cases: { kind: database, contains: [pii] } }
agents: { clerk: { reads: [mail, cases], tools: [post] } }
tools: { post: { kind: email } }
`,
    });
    const { stdout } = await explain(cwd, 'mail.boundary');
    expect(stdout).toMatch(/^mail\.boundary is not declared, because dmz\.trust is not/);
    expect(stdout).toMatch(/untrusted +anyone +lethal-trifecta fires/);
    expect(stdout).toMatch(/internal +message-recipients-unlimited fires/);
    expect(stdout).toContain('  boundaries:\n    dmz:\n      trust: untrusted');
  });

  test('in each system that has it, or in the one that is named', async () => {
    const files = { 'a.maestro.yaml': trader('a', '""'), 'b.maestro.yaml': trader('b', '""') };
    const named = Object.entries(files).map(([name, text]) => [name, text.replace('{ autonomy: "" }', '{}')]);
    const cwd = folder(Object.fromEntries(named));
    const both = await explain(cwd, 'trader.autonomy');
    expect(both.stdout.match(/trader\.autonomy is not declared \(([ab])\)/g)).toHaveLength(2);
    const one = await explain(cwd, 'trader.autonomy (b)');
    expect(one.stdout).toMatch(/^trader\.autonomy is not declared \(b\)/);
    expect(one.stdout).not.toContain('(a)');
  });

  test('that is declared', async () => {
    const cwd = folder({ 'maestro.yaml': trader() });
    const { code, stdout } = await explain(cwd, 'trader.autonomy');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^trader\.autonomy is autonomous \(desk\)\n {2}maestro\.yaml:4:/);
    expect(stdout).toContain('No check waits for it');
  });

  test('as JSON', async () => {
    const { stdout } = await explain(HOME, 'host.autonomy', MCP, '--format', 'json');
    const { version, about, facts } = JSON.parse(stdout);
    expect({ version, about }).toEqual({ version: 'explain-v1', about: 'fact' });
    expect(facts).toMatchObject([
      {
        name: 'host.autonomy',
        value: null,
        waiting: [{ rule: 'kill-switch-missing', subjects: [['host']] }],
        fix: { path: ['agents', 'host'], yaml: 'agents:\n  host:\n    autonomy: suggest' },
      },
    ]);
    expect(
      facts[0].values.map((each: { value: string; finds: string[] }) => [each.value, each.finds]),
    ).toEqual([
      ['suggest', []],
      ['supervised', []],
      ['bounded', ['kill-switch-missing']],
      ['autonomous', ['kill-switch-missing']],
    ]);
  });
});

describe('a component', () => {
  test('all that was said about it', async () => {
    const { code, stdout } = await explain(GOLDEN, 'runner', ...DAY);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('../golden/explain/component-listing.txt');
  });

  test('what could not be judged', async () => {
    const { stdout } = await explain(GOLDEN, 'triage', ...DAY);
    await expect(stdout).toMatchFileSnapshot('../golden/explain/component-unknown.txt');
  });

  test('an action, and as JSON', async () => {
    const { stdout } = await explain(GOLDEN, 'python.run', ...DAY, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      about: 'component',
      components: [
        { id: 'python.run', kind: 'action', findings: [{ rule: 'untrusted-input-reaches-code' }] },
      ],
    });
  });

  test('without findings', async () => {
    const cwd = folder({ 'maestro.yaml': trader('desk', 'suggest') });
    expect((await explain(cwd, 'trader')).stdout).toContain(
      'No findings, and nothing that could not be judged.',
    );
  });
});

describe('a rule', () => {
  test('whatever is wrong with the files', async () => {
    const cwd = folder({ 'maestro.yaml': 'maestro: 1\nagnts: {}\n', 'maestro.config.yaml': 'config: 2\n' });
    const { code, stdout } = await explain(cwd, 'kill-switch-missing');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kill-switch-missing: Agent without a kill switch\n\nhigh, confidence high/);
  });

  test('as JSON', async () => {
    const { stdout } = await explain('/', 'kill-switch-missing', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      about: 'rule',
      rule: { id: 'kill-switch-missing', severity: 'high' },
    });
  });
});

describe('what leads nowhere is a mistake of the user', () => {
  // Fingerprints of these two begin with the same six digits.
  const twins = `maestro: 1
system: { name: desk }
agents:
  agent_969: { autonomy: autonomous }
  agent_5203: { autonomy: autonomous }
`;

  test('a prefix of several fingerprints', async () => {
    const cwd = folder({ 'maestro.yaml': twins });
    const { code, stdout, stderr } = await explain(cwd, '8a1152');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    await expect(stderr).toMatchFileSnapshot('../golden/explain/ambiguous.txt');
    const [digits] = /8a1152[0-9a-f]+/.exec(stderr)!;
    expect((await explain(cwd, digits)).code).toBe(0);
  });

  test.each([
    ['kill-switch-mising', 'Did you mean kill-switch-missing?'],
    ['trder', 'Did you mean trader?'],
    ['trader.autonmy', 'Did you mean trader.autonomy?'],
    ['zzzzzzzz', 'the first six digits of a fingerprint or more'],
    ['deadbeef', 'no rule, finding, fact or component is called deadbeef; searched 1 system'],
  ])('%s', async (what, says) => {
    const cwd = folder({ 'maestro.yaml': trader().replace('{ autonomy: autonomous }', '{}') });
    const { code, stdout, stderr } = await explain(cwd, what);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^maestro: /);
    expect(stderr).toContain(says);
  });

  test('one wrong digit', async () => {
    const cwd = folder({ 'maestro.yaml': trader() });
    const whole = await fingerprint(cwd, 'kill-switch-missing');
    const wrong = `${whole.slice(0, 7)}${whole[7] === '0' ? '1' : '0'}`;
    expect((await explain(cwd, wrong)).stderr).toContain(`Did you mean ${whole}?`);
  });

  test('because a file is not valid, not there, or none is', async () => {
    const cwd = folder({ 'good.maestro.yaml': trader(), 'bad.maestro.yaml': 'maestro: 1\nagnts: {}\n' });
    const { code, stderr } = await explain(cwd, 'deadbeef');
    expect(code).toBe(2);
    await expect(stderr).toMatchFileSnapshot('../golden/explain/invalid-file.txt');
    expect((await explain(cwd, 'deadbeef', 'nowhere')).stderr).toContain('There is no `nowhere`');
    const nothing = await explain(folder({}), 'deadbeef');
    expect(nothing).toMatchObject({ code: 2, stdout: '' });
    expect(nothing.stderr).toContain('there is no description here that could be read');
  });

  test('a config that is not valid', async () => {
    const cwd = folder({ 'maestro.yaml': trader(), 'maestro.config.yaml': 'config: 2\n' });
    const { code, stdout, stderr } = await explain(cwd, 'trader');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('maestro.config.yaml:1:');
  });
});

describe('what a stranger wrote', () => {
  test('is shown as it is and not acted on', async () => {
    const attack = '\\n::error::x \\e[31m ##[error]y --> pay\\u202eer';
    const cwd = folder({
      'maestro.yaml': `maestro: 1
system: { name: "${attack}" }
boundaries: { internet: { trust: untrusted } }
actors: { posts: { kind: content, boundary: internet } }
agents:
  clerk: { autonomy: autonomous, identity: { principal: "${attack}" }, reads: posts }
  payer: { autonomy: autonomous, identity: { principal: "${attack}" }, protocol: "${attack}", tools: shell }
  third: { protocol: "${attack}", delegates_to: { clerk: { auth: none } } }
tools: { shell: { kind: shell } }
`,
    });
    const pages = [await explain(cwd, 'clerk'), await explain(cwd, 'payer.protocol')];
    const all = await findings(cwd);
    // Its path leads over the identity that both share.
    expect(all.map(({ rule }) => rule)).toContain('untrusted-input-reaches-code');
    for (const { fingerprint: whole } of all) pages.push(await explain(cwd, whole));
    expect(pages.length).toBeGreaterThan(5);
    for (const { code, stdout } of pages) {
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
      expect(stdout).not.toMatch(/^\s*::[a-z-]+|-->|##\[/im);
    }
  });

  test('is not shown when it looks like a secret', async () => {
    const secret = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
    const cwd = folder({
      'maestro.yaml': `maestro: 1
system: { name: desk }
agents:
  clerk: { autonomy: autonomous, description: "${secret}", identity: { principal: "${secret}" } }
  payer: { autonomy: autonomous, identity: { principal: "${secret}" } }
`,
    });
    const all = await findings(cwd);
    expect(all.map(({ rule }) => rule)).toContain('literal-secret');
    for (const what of [...all.map((each) => each.fingerprint), 'clerk', 'clerk.description']) {
      for (const format of ['text', 'json']) {
        const { code, stdout } = await explain(cwd, what, '--format', format);
        expect({ code, isSafe: !stdout.includes(secret) }, what).toEqual({ code: 0, isSafe: true });
      }
    }
  });
});

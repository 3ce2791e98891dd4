import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { discoverFiles } from '../../src/cli/discover-files.ts';
import { draftOf } from '../../src/discover/draft.ts';
import { DRIFT_RULES } from '../../src/discover/drift/rules.ts';
import { joinFacts } from '../../src/discover/join.ts';
import { READERS } from '../../src/discover/readers.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { folder, maestro } from '../support/cli.ts';

const FILES = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.mcp.json': `{
  "mcpServers": {
    "github": { "command": "npx", "args": ["-y", "@x/github@1.2.3"], "autoApprove": ["get_issue"] }
  }
}
`,
  'compose.yaml': `services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: \${PW}
`,
  'src/agents.py': `from agents import Agent, function_tool


@function_tool(needs_approval=True)
def refund(amount: int) -> str:
    return "ok"


@function_tool(needs_approval=True)
def pay(amount: int) -> str:
    return "ok"


@function_tool
def look_up(name: str) -> str:
    return "ok"


triage = Agent(name="triage", model="gpt-4o-2024-08-06", tools=[refund, pay])
clerk = Agent(name="clerk", model="gpt-4o-2024-08-06", tools=[look_up])
`,
} as const;

/** A repository with the description that is drafted from its files. */
async function drafted(files: Readonly<Record<string, string>> = FILES): Promise<string> {
  const root = folder(files);
  const { facts } = await discoverFiles(root, READERS);
  const { vocabulary } = builtInPack();
  const { text } = draftOf({
    joined: joinFacts(facts),
    name: 'desk',
    answers: { untrusted: [], sensitive: [] },
    schema: 'maestro-1.schema.json',
    mayStand: (control, kind) => vocabulary.get(control)?.for.includes(kind as never) ?? false,
    lineAt: (file, line) => readFileSync(join(root, file), 'utf8').split(/\r?\n/)[line - 1] ?? null,
  });
  writeFileSync(join(root, 'maestro.yaml'), text);
  return root;
}

interface Reported {
  readonly rule: string;
  readonly subject: string[];
  readonly at: string;
  readonly message: string;
  readonly severity: string;
  readonly fingerprint: string;
  readonly location: { file: string; line: number; column: number };
  readonly fix: { say: string };
  readonly related?: { message: string; location: { file: string; line: number } };
}

async function drift(root: string, args: readonly string[] = []): Promise<Reported[]> {
  const { stdout, stderr } = await maestro(root, ['drift', '--format', 'json', ...args]);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as { errors: unknown[]; findings: Reported[] };
  expect(report.errors).toEqual([]);
  return report.findings;
}

function edit(root: string, file: string, from: string, to: string): void {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

const named = (found: readonly Reported[]): string[] =>
  found.map(({ rule, subject, location: { file, line } }) => `${rule} ${subject.join(' ')} ${file}:${line}`);

describe('a server that the repository writes', () => {
  const SERVER = `from fastmcp import FastMCP
mcp = FastMCP("tickets")

@mcp.tool
def read_ticket(): ...

@mcp.tool(name="close")
def close_ticket(): ...
`;
  const MORE = `${SERVER}
@mcp.tool
def delete_ticket(): ...
`;
  const LIST = 'actions: [close, read_ticket]';
  const MAP = 'actions:\n      close: {}\n      read_ticket: {}  # its name says read';

  test.each([
    ['a map', MAP, '        actions: { delete_ticket: {} }'],
    ['a list', LIST, '        actions: [close, read_ticket, delete_ticket]'],
  ])('a tool that it did not offer before, beside %s', async (_, actions, yaml) => {
    const root = await drafted({ 'server.py': SERVER });
    edit(root, 'maestro.yaml', MAP, actions);
    expect(named(await drift(root))).toEqual([]);
    writeFileSync(join(root, 'server.py'), MORE);
    expect(named(await drift(root))).toEqual(['drift-undeclared-action tickets server.py:11']);
    const { stdout } = await maestro(root, ['drift']);
    expect(stdout).toContain(
      'tickets offers delete_ticket in the repository, and the description does not list it',
    );
    expect(stdout).toContain(yaml);
  });

  test('nothing is said where the description lists none', async () => {
    const root = await drafted({ 'server.py': SERVER });
    edit(root, 'maestro.yaml', MAP, '');
    writeFileSync(join(root, 'server.py'), MORE);
    expect(named(await drift(root))).toEqual([]);
  });
});

describe('after a draft', () => {
  test('nothing differs', async () => {
    const root = await drafted();
    expect(named(await drift(root))).toEqual([]);
    expect((await maestro(root, ['drift'])).code).toBe(0);
  });

  test.each([
    [
      'a server in .mcp.json',
      '.mcp.json',
      '["get_issue"] }',
      '["get_issue"] },\n    "mail": { "command": "npx", "args": ["-y", "@x/mail@2.0.0"] }',
      'drift-undeclared-tooling mail .mcp.json:4',
    ],
    [
      'a tool that is described, in the list of another agent',
      'src/agents.py',
      'tools=[look_up]',
      'tools=[look_up, refund]',
      'drift-undeclared-link clerk refund src/agents.py:20',
    ],
    [
      'a tool that is not described, in the list of an agent',
      'src/agents.py',
      'triage = Agent(name="triage", model="gpt-4o-2024-08-06", tools=[refund, pay])',
      '@function_tool\ndef wipe() -> str:\n    return "ok"\n\n\ntriage = Agent(name="triage", model="gpt-4o-2024-08-06", tools=[refund, pay, wipe])',
      'drift-undeclared-component wipe src/agents.py:20',
    ],
    [
      'an entry of an auto-approve list',
      '.mcp.json',
      '["get_issue"]',
      '["get_issue", "push_files"]',
      'drift-auto-approve github .mcp.json:3',
    ],
    [
      'an approval that is removed',
      'src/agents.py',
      '@function_tool(needs_approval=True)\ndef pay',
      '@function_tool\ndef pay',
      'drift-approval-unseen pay src/agents.py:10',
    ],
    [
      'a published port',
      'compose.yaml',
      'image: postgres:16',
      'image: postgres:16\n    ports: ["5432:5432"]',
      'drift-contradiction db compose.yaml:4',
    ],
    ['another version', '.mcp.json', '@1.2.3', '@1.3.0', 'drift-value github .mcp.json:3'],
    [
      'an agent that is gone',
      'src/agents.py',
      'clerk = Agent(name="clerk", model="gpt-4o-2024-08-06", tools=[look_up])\n',
      '',
      'drift-source-gone clerk maestro.yaml',
    ],
  ])('%s is the only difference', async (_, file, from, to, expected) => {
    const root = await drafted();
    edit(root, file, from, to);
    const found = await drift(root);
    expect(found).toHaveLength(1);
    expect(named(found)[0]).toContain(expected);
  });

  test('a port that only a second compose file publishes', async () => {
    const second = 'services:\n  db:\n    image: postgres:16\n    restart: always\n';
    const root = await drafted({
      ...FILES,
      'docker/compose.yaml': second.replace('    restart: always\n', ''),
      'docker/compose-dev.yaml': second,
    });
    expect(named(await drift(root))).toEqual([]);
    edit(root, 'docker/compose-dev.yaml', 'restart: always', 'ports: ["15432:5432"]');
    const found = await drift(root);
    expect(found).toHaveLength(1);
    expect(named(found)[0]).toMatch(/^drift-contradiction db\S* docker\/compose-dev\.yaml:4/);
  });
});

test('what clients approve by themselves is drafted, so that only more of it is a difference', async () => {
  const root = await drafted({
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.mcp.json':
      '{ "mcpServers": { "mail": { "command": "a", "trust": true }, "wiki": { "command": "b" } } }',
    '.claude/settings.json': '{ "permissions": { "allow": ["mcp__wiki__read page", "mcp__wiki__edit"] } }',
  });
  expect(named(await drift(root))).toEqual([]);
  edit(root, '.claude/settings.json', '"mcp__wiki__edit"', '"mcp__wiki__edit", "mcp__wiki__wipe"');
  expect(await drift(root)).toMatchObject([{ rule: 'drift-auto-approve', at: 'wipe', subject: ['wiki'] }]);
});

/** A description by hand beside files. */
const described = (model: string, files: Readonly<Record<string, string>>): string =>
  folder({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'maestro.yaml': `maestro: 1\nsystem: { name: desk }\n${model}`,
    ...files,
  });

describe('a description by hand', () => {
  const compose = 'services:\n  app:\n    image: shop/app:2\n    user: root\n    ports: ["8080:80"]\n';

  test.each([
    ['exposure: private', 'drift-contradiction', 'exposure'],
    ['egress: allow-list', 'drift-contradiction', 'egress'],
    ['privileges: []', 'drift-contradiction', 'privileges'],
    ['controls: { hardened_runtime: true }', 'drift-contradiction', 'controls.hardened_runtime'],
    ['image: "shop/app:1"', 'drift-value', 'image'],
  ])('%s is what the repository says otherwise', async (fact, rule, at) => {
    const root = described(`infrastructure:\n  app: { kind: container, ${fact} }\n`, {
      'compose.yaml': compose,
    });
    const found = await drift(root);
    expect(found).toMatchObject([{ rule, at, subject: ['app'], location: { file: 'compose.yaml' } }]);
    expect(found[0]!.related).toMatchObject({ location: { file: 'maestro.yaml', line: 4 } });
  });

  test('a published port says how to close it, and closed like that it is none', async () => {
    const root = described(
      'infrastructure:\n  app: { kind: container, exposure: private, privileges: [root] }\n',
      {
        'compose.yaml': compose,
      },
    );
    expect((await drift(root))[0]!.fix.say).toMatch(
      /^Publish the port on an address of your network or on 127/,
    );
    edit(root, 'compose.yaml', '"8080:80"', '"10.0.0.5:8080:80"');
    expect(await drift(root)).toEqual([]);
  });

  test('what it leaves open is no contradiction', async () => {
    const root = described('infrastructure:\n  app: { kind: container }\n', { 'compose.yaml': compose });
    expect(await drift(root)).toEqual([]);
  });

  test('a store that lets anybody in', async () => {
    const files = {
      'compose.yaml':
        'services:\n  db:\n    image: postgres:16\n    environment: { POSTGRES_HOST_AUTH_METHOD: trust }\n',
    };
    const root = described('data:\n  db: { kind: database, auth: basic }\n', files);
    expect(await drift(root)).toMatchObject([
      { rule: 'drift-contradiction', at: 'auth', location: { line: 4 } },
    ]);
  });

  test('an approval that a client gives by itself', async () => {
    const server =
      '{ "mcpServers": { "mail": { "command": "npx", "args": ["mail@1.0.0"], "autoApprove": ["send"] } } }';
    const model = (approval: string) =>
      `tools:\n  mail: { kind: mcp-server, plane: development, actions: { send: { effect: send${approval} } } }\n`;
    const files = { '.mcp.json': server };
    expect(await drift(described(model(', approval: human'), files))).toMatchObject([
      { rule: 'drift-contradiction', at: 'approval.send' },
    ]);
    expect(await drift(described(model(''), files))).toMatchObject([
      { rule: 'drift-auto-approve', at: 'send' },
    ]);
    expect(await drift(described(model(', approval: none'), files))).toEqual([]);
  });

  test('a policy of the developers counts as such a client', async () => {
    const files = {
      '.mcp.json': '{ "mcpServers": { "mail": { "command": "npx", "args": ["mail@1.0.0"] } } }',
      '.claude/settings.json': '{\n  "permissions": {\n    "allow": ["mcp__mail__send"]\n  }\n}\n',
    };
    const root = described('tools:\n  mail: { kind: mcp-server, plane: development }\n', files);
    expect(named(await drift(root))).toEqual(['drift-auto-approve mail .claude/settings.json:3']);
  });

  test('a grant that lists less than a policy allows', async () => {
    const root = described(
      'agents:\n  helper: { tools: { mail: { actions: [read] } }, source: src/a.py#helper }\ntools:\n  mail: { kind: function, actions: { read: { effect: read }, send: { effect: send } } }\n',
      { 'src/a.py': 'helper = 1\n' },
    );
    expect(await drift(root)).toEqual([]);
  });

  test('a source that is not there, a line that is not, a key that is not', async () => {
    const root = described(
      `agents:
  a: { source: src/gone.py#a }
  b: { source: src/a.py#b }
  c: { source: src/a.py#L9 }
  d: { source: conf.json#/agents/d }
  e: { source: [src/a.py#here, src/gone.py] }
  f: { source: "conf.json#/agents/f" }
  g: { source: "https://wiki.example/g" }
`,
      { 'src/a.py': 'here = 1\nprint(b)\n', 'conf.json': '{ // settings\n"agents": { "f": {} } }' },
    );
    expect((await drift(root)).map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      'drift-source-gone a',
      'drift-source-gone b',
      'drift-source-gone c',
      'drift-source-gone d',
    ]);
  });

  test('evidence that is gone is said here too, once', async () => {
    const root = described('agents:\n  a: { controls: { kill_switch: { evidence: runbook.md } } }\n', {});
    expect((await drift(root)).map(({ rule }) => rule)).toEqual(['evidence-missing']);
  });
});

test('a file that is renamed leaves everything where it was but the sources', async () => {
  const root = await drafted();
  renameSync(join(root, 'compose.yaml'), join(root, 'docker-compose.yml'));
  expect(named(await drift(root))).toEqual(['drift-source-moved db docker-compose.yml:2']);
});

test('a credential is a finding, and its value is nowhere', async () => {
  const secret = 'hunter2hunter2hunter2';
  const files = {
    '.mcp.json': `{ "mcpServers": { "mail": { "command": "npx", "args": ["mail@1.0.0"],\n  "env": { "MAIL_PASSWORD": "${secret}" },\n  "autoApprove": ["send"] } } }`,
  };
  const root = described('tools:\n  mail: { kind: mcp-server, plane: development }\n', files);
  expect(await drift(root)).toMatchObject([
    {
      rule: 'drift-secret',
      severity: 'critical',
      subject: ['mail'],
      location: { file: '.mcp.json', line: 2 },
    },
    { rule: 'drift-auto-approve' },
  ]);
  for (const format of ['text', 'json', 'sarif', 'github', 'markdown', 'gitlab', 'junit']) {
    const { stdout, stderr, code } = await maestro(root, ['drift', '--format', format]);
    expect(code).toBe(1);
    expect(stdout).toContain('drift-secret');
    expect(stdout + stderr).not.toContain(secret);
  }
});

describe('findings like any other', () => {
  const extra = { '.mcp.json': '{ "mcpServers": { "mail": { "command": "npx", "args": ["mail@1.0.0"] } } }' };
  const model = 'agents:\n  helper: { autonomy: bounded }\n';

  test('the same whatever line they stand on', async () => {
    const root = described(model, extra);
    const [before] = await drift(root);
    writeFileSync(join(root, '.mcp.json'), `\n\n${extra['.mcp.json']}`);
    const [after] = await drift(root);
    expect(after!.location.line).toBe(before!.location.line + 2);
    expect(after!.fingerprint).toBe(before!.fingerprint);
  });

  test('severity gates, and the config sets it', async () => {
    const root = described(model, extra);
    expect((await maestro(root, ['drift'])).code).toBe(0);
    expect((await maestro(root, ['drift', '--fail-on', 'low'])).code).toBe(1);
    writeFileSync(
      join(root, 'maestro.config.yaml'),
      'config: 1\nrules: { drift-undeclared-tooling: high }\n',
    );
    expect((await maestro(root, ['drift'])).code).toBe(1);
    writeFileSync(join(root, 'maestro.config.yaml'), 'config: 1\nrules: { drift-undeclared-tooling: off }\n');
    expect(await drift(root)).toEqual([]);
    writeFileSync(join(root, 'maestro.config.yaml'), 'config: 1\nrules: { drift-undeclared-toolin: off }\n');
    expect((await maestro(root, ['drift'])).code).toBe(2);
  });

  test('waived by the id, and no plain lint says that the waiver fits nothing', async () => {
    const waiver =
      'waivers:\n  - { rule: drift-undeclared-tooling, component: mail, reason: Tried out this week, owner: desk, expires: 2999-01-01 }\n';
    const root = described(model + waiver, extra);
    expect(await drift(root)).toEqual([]);
    const { stdout } = await maestro(root, ['lint', '--rule', 'kill-switch-missing', '--format', 'json']);
    expect(JSON.parse(stdout).warnings).toEqual([]);
  });

  test('held by a baseline, so that only more of it counts', async () => {
    const root = described(model, extra);
    const [{ fingerprint } = { fingerprint: '' }] = await drift(root);
    const entry = {
      fingerprint,
      rule: 'drift-undeclared-tooling',
      system: 'desk',
      subject: ['mail'],
      severity: 'low',
    };
    writeFileSync(join(root, 'maestro.baseline.json'), JSON.stringify({ baseline: 1, findings: [entry] }));
    const report = JSON.parse((await maestro(root, ['drift', '--format', 'json'])).stdout);
    expect(report.errors).toEqual([]);
    expect(report.known).toHaveLength(1);
    expect(report.findings).toEqual([]);
  });

  test('`lint --drift` says both', async () => {
    const root = described(model, extra);
    const { stdout } = await maestro(root, ['lint', '--drift', '--format', 'json']);
    const rules = (JSON.parse(stdout).findings as Reported[]).map(({ rule }) => rule);
    expect(rules).toContain('drift-undeclared-tooling');
    expect(rules).toContain('owner-missing');
  });

  test('parts of a lint see too little for it', async () => {
    const { code, stderr } = await maestro(described(model, extra), ['lint', '--drift', '--shard', '1/2']);
    expect(code).toBe(2);
    expect(stderr).toContain('--shard and --drift do not go together');
  });

  test('without a description there is nothing to compare', async () => {
    const { code, stderr } = await maestro(folder(extra), ['drift']);
    expect(code).toBe(3);
    expect(stderr).toContain('nothing to lint');
  });

  test('another folder than this one', async () => {
    const root = folder({
      'services/desk/maestro.yaml': `maestro: 1\nsystem: { name: desk }\n${model}`,
      'services/desk/.mcp.json': extra['.mcp.json'],
      'services/other/.mcp.json': '{ "mcpServers": { "x": { "command": "x" } } }',
    });
    expect(named(await drift(root, ['services/desk']))).toEqual([
      'drift-undeclared-tooling mail services/desk/.mcp.json:1',
    ]);
    expect((await maestro(root, ['drift', 'services/none'])).code).toBe(2);
  });

  test('against a revision, what was there before does not count', async () => {
    const root = described(model, extra);
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        stdio: 'pipe',
      });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'first');
    const two =
      '{ "mcpServers": { "mail": { "command": "npx", "args": ["mail@1.0.0"] }, "more": { "command": "x" } } }';
    writeFileSync(join(root, '.mcp.json'), two);
    const { stdout } = await maestro(root, ['drift', '--base', 'HEAD', '--format', 'json']);
    const changes = (JSON.parse(stdout).findings as (Reported & { change: string })[]).map(
      ({ subject, change }) => `${subject} ${change}`,
    );
    expect(changes.sort()).toEqual(['mail unchanged', 'more new']);
  });

  test('a baseline takes in what differs, and only what is new counts', async () => {
    const root = described(model, extra);
    const lint = async () => {
      const { stdout } = await maestro(root, ['lint', '--drift', '--fail-on', 'never', '--format', 'json']);
      return (JSON.parse(stdout).findings as Reported[]).map(({ subject }) => subject.join());
    };
    expect(await lint()).toContain('mail');
    await maestro(root, ['baseline', 'create']);
    expect(await lint()).toEqual(['mail']);
    expect((await maestro(root, ['baseline', 'create', '--drift'])).code).toBe(0);
    expect(await lint()).toEqual([]);
    // A run that does not look for differences knows nothing of those that are written down.
    expect((await maestro(root, ['baseline', 'prune'])).stdout).toMatch(/: 0 taken out/);
    writeFileSync(join(root, '.mcp.json'), '{ "mcpServers": { "more": { "command": "x" } } }');
    expect(await lint()).toEqual(['more']);
    expect((await maestro(root, ['baseline', 'prune', '--drift'])).stdout).toMatch(/: 1 taken out/);
  });
});

test('each difference has a risk, by what the description says of its ends', async () => {
  const root = folder({
    '.git/HEAD': '',
    'maestro.yaml': `maestro: 1
system: { name: desk, criticality: low }
boundaries: { internet: { trust: untrusted } }
actors: { visitor: { kind: user, boundary: internet } }
agents:
  clerk: { source: src/agents.py#clerk, serves: visitor }
  other: { source: src/agents.py#other }
tools:
  pay: { kind: function, source: src/agents.py#pay, actions: { call: { effect: pay } } }
`,
    '.mcp.json': '{ "mcpServers": { "mail": { "command": "npx", "args": ["mail@1.0.0"] } } }',
    'src/agents.py': `from agents import Agent, function_tool


@function_tool
def pay(amount: int) -> str:
    return "ok"


clerk = Agent(name="clerk", tools=[pay])
other = Agent(name="other", tools=[pay])
`,
  });
  const found = (await drift(root)) as (Reported & { risk: { score: number; why: string[] } })[];
  const risks = Object.fromEntries(found.map(({ subject, risk }) => [subject.join(' '), risk]));
  expect(risks).toMatchObject({
    'clerk pay': {
      probability: 3,
      impact: 2,
      exploitability: 3,
      score: 18,
      why: [
        'what an attacker writes gets to clerk with no other agent in between',
        'pay.call can pay, in a system of low importance',
        'no control that answers the threat is in force on the way',
      ],
    },
    'other pay': { probability: 1, score: 6 },
    mail: {
      probability: 2,
      impact: 1,
      score: 6,
      why: [
        'nobody described mail, so nobody knows how far it is from an attacker',
        'the system is of low importance',
        'no control that answers the threat is in force on the system',
      ],
    },
  });
  const { stdout } = await maestro(root, ['drift', '--format', 'sarif']);
  const ranks = JSON.parse(stdout).runs[0].results.map(({ rank }: { rank: number }) => rank);
  expect(ranks.sort()).toEqual([22.2, 22.2, 66.7]);
});

test.each([...DRIFT_RULES.map(({ id }) => id), 'control-unproven'])('explain %s', async (id) => {
  const { code, stdout, stderr } = await maestro(folder({}), ['explain', id]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')[0]).toMatch(new RegExp(`^${id}: \\S`));
  expect(stdout).toContain('What closes it\n  ');
  expect(stdout).toMatch(new RegExp(`/docs/drift\\.md#${id}\n$`));
  const page = readFileSync(join(import.meta.dirname, '../../docs/drift.md'), 'utf8');
  expect(page).toContain(`\n## ${id}\n`);
  const json = await maestro(folder({}), ['explain', id, '--format', 'json']);
  expect(JSON.parse(json.stdout).rule).toMatchObject({ id, url: expect.stringContaining(`#${id}`) });
});

test('a description that agrees says what it was held against, and what was not looked at', async () => {
  const root = await drafted();
  writeFileSync(join(root, 'main.go'), 'package main\n');
  mkdirSync(join(root, 'vendor'));
  writeFileSync(join(root, 'vendor/.mcp.json'), FILES['.mcp.json']);
  const { code, stdout, stderr } = await maestro(root, ['drift']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('no findings') });
  expect(stderr).toBe(
    [
      'Held against 4 files of the repository.',
      'Not looked at:',
      '  1 vendored folder: vendor/',
      '  Code that no reader knows: Go (1 file)',
      '',
    ].join('\n'),
  );
  const beside = await maestro(root, ['lint', '--drift', '--rule', 'drift-value']);
  expect(beside.stderr).toBe(stderr);
});

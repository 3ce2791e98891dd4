import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { folder, HOME, maestro } from '../support/cli.ts';

const MCP = `{ "mcpServers": { "github": { "command": "npx", "args": ["-y", "@x/github"] } } }`;
const CREW = `writer:
  role: Writer
  goal: write
  llm: openai/gpt-4o
reviewer:
  role: Reviewer
  goal: review
`;
const FILES = {
  '.git/config': '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@host.example:team/press-desk.git\n',
  '.mcp.json': MCP,
  'compose.yaml': `services:
  db: { image: postgres:16 }
  gateway:
    image: docker/mcp-gateway:latest
    use_api_socket: true
    command: [--servers=duckduckgo]
`,
  'crew/config/agents.yaml': CREW,
};

const draftIn = (cwd: string, name = 'maestro.yaml') => readFileSync(join(cwd, name), 'utf8');

test('writes a draft that lints, and says what it found and what is next', async () => {
  const cwd = folder(FILES);
  const { code, stdout, stderr } = await maestro(cwd, ['init']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^maestro\.yaml written: \d+ components from \d+ files\.$/m);
  expect(stdout).toMatch(/^ {2}agents +2 {2}reviewer, writer$/m);
  expect(stdout).toMatch(/^ {2}tools \(developers\) +1 {2}github$/m);
  expect(stdout).toContain('  autonomy of reviewer, writer\n');
  expect(stdout).toMatch(/Next: read maestro\.yaml once, then npx maestro-lint lint\n$/);
  expect(draftIn(cwd)).toContain('system:\n  name: press-desk\n');
  expect(draftIn(cwd).split('\n')[0]).toMatch(
    /^# yaml-language-server: \$schema=https:\/\/\S+\/maestro-1\.schema\.json$/,
  );
  const lint = await maestro(cwd, ['lint']);
  // From a repository without a description to the first true finding: two commands.
  expect(lint.code).toBe(1);
  expect(lint.stdout).toContain('high[host-privileged] gateway');
});

test('the same repository gives the same bytes', async () => {
  const drafts = await Promise.all(
    [0, 1].map(async () => (await maestro(folder(FILES), ['init', '--stdout', '--name', 'x'])).stdout),
  );
  expect(drafts[0]).toBe(drafts[1]);
});

test('what is there stays as it is, until somebody says otherwise', async () => {
  for (const name of ['maestro.yaml', 'maestro.yml']) {
    const cwd = folder({ ...FILES, [name]: 'mine\n' });
    const { code, stderr } = await maestro(cwd, ['init']);
    expect(code).toBe(2);
    expect(stderr).toContain(`there is a ${name} already`);
    expect(stderr).toContain('--force');
    expect(draftIn(cwd, name)).toBe('mine\n');
  }
  const cwd = folder({ ...FILES, 'maestro.yaml': 'mine\n' });
  expect((await maestro(cwd, ['init', '--force'])).code).toBe(0);
  expect(draftIn(cwd)).toContain('maestro: 1\n');
});

test('a link is never written through', async () => {
  const outside = folder({ 'secret.txt': 'mine\n', x: '' });
  const cwd = folder(FILES);
  symlinkSync(join(outside, 'secret.txt'), join(cwd, 'maestro.yaml'));
  symlinkSync(outside, join(cwd, '.github'));
  const { code, stderr } = await maestro(cwd, ['init', '--force']);
  expect(code).toBe(2);
  expect(stderr).toContain('maestro.yaml is a link');
  expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('mine\n');
  expect(lstatSync(join(cwd, 'maestro.yaml')).isSymbolicLink()).toBe(true);
  expect((await maestro(cwd, ['init', '--force', '--workflow'])).code).toBe(2);
  expect(existsSync(join(outside, 'workflows'))).toBe(false);
});

test('--stdout prints the draft alone, also beside a file that is there', async () => {
  const cwd = folder({ ...FILES, 'maestro.yaml': 'mine\n' });
  const { code, stdout, stderr } = await maestro(cwd, ['init', '--stdout']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^# yaml-language-server/);
  expect(stderr).toMatch(/^Drafted: /);
  expect(draftIn(cwd)).toBe('mine\n');
  expect((await maestro(cwd, ['init', '--stdout', '--workflow'])).code).toBe(2);
});

test('a folder of a repository is described with its own name and paths', async () => {
  const cwd = folder({ '.git/config': '', 'svc/press/.mcp.json': MCP, 'svc/press/agents.yaml': CREW });
  const { code, stdout } = await maestro(cwd, ['init', 'svc/press']);
  expect(code).toBe(0);
  expect(stdout).toContain('svc/press/maestro.yaml written');
  expect(stdout).toContain('npx maestro-lint lint svc/press\n');
  expect(draftIn(cwd, 'svc/press/maestro.yaml')).toMatch(
    /name: press\n[\s\S]*source: agents\.yaml#\/writer\n/,
  );
});

test('a repository with developer tooling alone gets a sentence and no product findings', async () => {
  const cwd = folder({
    '.mcp.json': MCP,
    '.claude/agents/reviewer.md': '---\nname: reviewer\ndescription: reads\n---\nText\n',
    '.claude/settings.json': '{ "permissions": { "allow": ["Bash"] } }',
    'main.go': 'package main\n',
  });
  const { code, stdout } = await maestro(cwd, ['init']);
  expect(code).toBe(0);
  expect(stdout).toContain('All of it is what developers build with (`plane: development`), not a product');
  expect(stdout).toContain('Code that no reader knows: Go (1 file)');
  expect(draftIn(cwd)).not.toContain('# unknown: autonomy');
  const lint = await maestro(cwd, ['lint', '--profile', 'strict', '--format', 'json']);
  const report = JSON.parse(lint.stdout);
  expect(report.errors).toEqual([]);
  expect(report.findings.map(({ rule }: { rule: string }) => rule)).toEqual([]);
  expect(lint.code).toBe(0);
});

test('nothing found is nothing written, and no success', async () => {
  const cwd = folder({ 'readme.md': '# x\n', 'a.go': 'package a\n', 'node_modules/x/.mcp.json': MCP });
  const { code, stderr } = await maestro(cwd, ['init']);
  expect(code).toBe(3);
  expect(stderr).toContain('nothing of an agent was found');
  expect(stderr).toContain('1 vendored folder: node_modules/');
  expect(stderr).toContain('Go (1 file)');
  expect(existsSync(join(cwd, 'maestro.yaml'))).toBe(false);
});

test('where the agents are built on what no reader knows, that is said', async () => {
  const manifest = '{ "dependencies": { "openai": "^5" } }';
  const { code, stderr } = await maestro(folder({ 'package.json': manifest, 'a.ts': 'x()\n' }), ['init']);
  expect(code).toBe(3);
  expect(stderr).toContain('  Use of libraries that no reader knows: openai (package.json)\n');
  const two = { ...FILES, 'a/package.json': manifest, 'b/package.json': manifest };
  expect((await maestro(folder(two), ['init'])).stdout).toContain('knows: openai (2 manifests)\n');
});

test('what was not looked at, not read, and looks like a credential is said, never its value', async () => {
  const key = `sk-ant-api03-${'a1B2'.repeat(10)}`;
  const cwd = folder({
    ...FILES,
    'tests/.mcp.json': MCP,
    'ignored/.mcp.json': MCP,
    'third_party/x/.mcp.json': MCP,
    'dist/agent.js':
      "import { Agent } from '@openai/agents';\nexport const a = new Agent({ name: 'built' });\n",
    'maestro.config.yaml': 'config: 1\nignore: [ignored]\n',
    '.cursor/mcp.json': `{ "mcpServers": { "a": { "command": "x", "env": { "KEY": "${key}" } }, "b": 5 } }`,
  });
  const { stdout, stderr } = await maestro(cwd, ['init']);
  expect(stdout).toContain('  1 test folder: tests/\n');
  expect(stdout).toContain('  1 ignored folder: ignored/\n');
  expect(stdout).toContain('  1 vendored folder: third_party/\n');
  expect(stdout).toContain('  1 generated folder: dist/\n');
  expect(draftIn(cwd)).not.toMatch(/third_party|dist\/agent/);
  expect(stdout).toMatch(/Not read:\n {2}\.cursor\/mcp\.json:1: /);
  expect(stdout).toMatch(/1 value that looks like a live credential: \.cursor\/mcp\.json:1/);
  expect(stdout + stderr + draftIn(cwd)).not.toContain(key);
});

test('flags answer what no file says', async () => {
  const cwd = folder(FILES);
  const flags = ['--owner', 'press', '--untrusted', 'inbox=writer', '--sensitive', 'db=pii'];
  expect((await maestro(cwd, ['init', ...flags])).code).toBe(0);
  const text = draftIn(cwd);
  expect(text).toContain('  owner: press\n');
  expect(text).toContain('boundaries:\n  internet: { trust: untrusted }\n');
  expect(text).toContain('    classification: confidential\n    contains: [pii]\n');
  expect(text).toContain('    reads: inbox\n');
  expect((await maestro(cwd, ['lint', '--fail-on', 'never'])).code).toBe(0);
});

test('mistakes in answers', async () => {
  const cwd = folder(FILES);
  const wrong = async (...flags: string[]) => {
    const { code, stderr } = await maestro(cwd, ['init', ...flags]);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await wrong('--untrusted', 'inbox=writter')).toContain('There is reviewer, writer');
  expect(await wrong('--sensitive', 'db=secret')).toContain('no kind of data is called secret');
  expect(await wrong('--untrusted', '***')).toContain('*** names nothing');
  expect(await wrong('--name', ' ')).toContain('a system needs a name');
  expect(await wrong('nowhere')).toContain('there is no folder called nowhere');
  expect(await wrong('compose.yaml')).toContain('compose.yaml is no folder');
  expect(existsSync(join(cwd, 'maestro.yaml'))).toBe(false);
});

/** Runs the program as if somebody sat there and gave these answers, then no more. */
async function typed(cwd: string, argv: readonly string[], lines: readonly string[]) {
  const left = [...lines];
  const questions: string[] = [];
  let stderr = '';
  let stdout = '';
  const code = await main({
    argv,
    cwd,
    env: {},
    home: HOME,
    stdout: { isTTY: true, write: (text) => (stdout += text) },
    stderr: { isTTY: true, write: (text) => (stderr += text) },
    ask: async (question) => {
      questions.push(question);
      return left.shift() ?? null;
    },
  });
  return { code, questions, stdout, stderr };
}

test('on a terminal it asks what matters most, and what a flag answered no more', async () => {
  const cwd = folder(FILES);
  const { code, questions, stderr } = await typed(
    cwd,
    ['init', '--owner', 'press'],
    ['inbox=writer, web pages', 'db=pii', 'y', 'y'],
  );
  expect(code).toBe(0);
  expect(stderr).toContain('What do your agents read that strangers can write?');
  expect(stderr).toContain('Found here: db.');
  expect(stderr).not.toContain('Which team');
  expect(questions).toHaveLength(4);
  expect(draftIn(cwd)).toMatch(
    / {2}inbox:\n[\s\S]*read by writer[\s\S]* {2}web-pages:\n[\s\S]*which agents read it/,
  );
  expect(draftIn(cwd, '.github/workflows/maestro.yml')).toContain('uses: maestro-lint/maestro-lint@');
  expect(draftIn(cwd, '.pre-commit-config.yaml')).toContain('- id: maestro');
});

test('the end of the input skips the questions, --yes asks none, and without a terminal nothing waits', async () => {
  const cwd = folder(FILES);
  expect((await typed(cwd, ['init'], [])).code).toBe(0);
  expect((await typed(cwd, ['init', '--yes', '--force'], ['x'])).questions).toEqual([]);
  const tooling = folder({ '.mcp.json': MCP });
  expect((await typed(tooling, ['init', '--workflow', '--pre-commit'], [])).questions).toEqual([]);
});

test('workflow and hook are added on request, at the root of the repository, and never replaced by chance', async () => {
  const cwd = folder({ ...FILES, 'svc/.mcp.json': MCP });
  const { stdout } = await maestro(cwd, ['init', 'svc', '--workflow', '--pre-commit']);
  expect(stdout).toContain('.github/workflows/maestro.yml lints every pull request');
  expect(draftIn(cwd, '.github/workflows/maestro.yml')).toBe(
    readFileSync(join(HOME, 'examples/workflows/pull-request.yml'), 'utf8'),
  );
  const again = await maestro(cwd, ['init', '--workflow', '--pre-commit']);
  expect(again.stdout).toContain('.github/workflows/maestro.yml is there already');
  expect(again.stdout).toContain('.pre-commit-config.yaml has the hook already');
  const other = folder({ ...FILES, '.pre-commit-config.yaml': 'repos: []\n' });
  const hook = await maestro(other, ['init', '--pre-commit', '--force']);
  expect(hook.code).toBe(0);
  expect(hook.stdout).toContain('is there already. Add below its `repos:`');
  expect(draftIn(other, '.pre-commit-config.yaml')).toBe('repos: []\n');
});

test('a broken config is said before anything is written', async () => {
  const cwd = folder({ ...FILES, 'maestro.config.yaml': 'config: 1\nignored: x\n' });
  const { code, stderr } = await maestro(cwd, ['init']);
  expect(code).toBe(2);
  expect(stderr).toContain('maestro.config.yaml');
  expect(existsSync(join(cwd, 'maestro.yaml'))).toBe(false);
});

test('help has examples', async () => {
  const { code, stdout } = await maestro(folder({}), ['init', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('maestro init --stdout');
  expect(stdout).toContain('--untrusted <source>');
});

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { git, Hub, pullEvent, REPOSITORY, runAction, type Started, temporary } from './checkout.ts';
import { gitServer } from './git-server.ts';
import { FakeGitHub } from './server.ts';

const DESK = 'maestro: 1\nsystem: { name: desk }\nagents:\n  trader: { autonomy: suggest }\n';
const BAD = DESK.replace('suggest', 'autonomous');

function server(secrets?: { key: string; cert: string }): FakeGitHub {
  const github = new FakeGitHub(secrets);
  github.accounts.set('workflow', { id: 41898282, login: 'github-actions[bot]' });
  onTestFinished(() => github.close());
  return github;
}

/** A pull request that has something to say. */
function run(github: FakeGitHub, env: Record<string, string>): Started {
  const hub = new Hub();
  const base = hub.commit('main', { 'maestro.yaml': DESK });
  const head = hub.commit('topic', { 'maestro.yaml': BAD });
  github.pulls.set(7, { sha: head, repository: REPOSITORY, open: true });
  const workspace = hub.checkout(hub.merge(base, head));
  const inputs = { token: 'workflow' };
  return { workspace, event: 'pull_request', payload: pullEvent(base, head), env, inputs };
}

/** A proxy on the loopback that leads every name to one port, and remembers which names it was asked for. */
async function proxy(to: string): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const through: Server = createServer((_, response) => response.writeHead(501).end());
  through.on('connect', (request, socket) => {
    asked.push(request.url!);
    const target = connect(Number(new URL(to).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    for (const each of [target, socket]) each.on('error', () => each.destroy());
  });
  await new Promise<void>((ready) => through.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    through.closeAllConnections();
    through.close();
  });
  return { address: `http://127.0.0.1:${(through.address() as AddressInfo).port}`, asked };
}

test('an enterprise server: its own addresses for the interface and for links', async () => {
  const github = server();
  const address = await github.listen();
  const env = { GITHUB_API_URL: `${address}/api/v3`, GITHUB_SERVER_URL: 'https://git.example.test' };
  const ended = await runAction(run(github, env));
  expect(ended.stdout).toContain('the pull request has a comment');
  expect(github.comments[0]!.body).toContain(`https://git.example.test/${REPOSITORY}/blob/`);
  expect(github.wrong).toEqual([]);
});

test('HTTP_PROXY is used, and NO_PROXY goes around it', async () => {
  const github = server();
  const address = await github.listen();
  const { port } = new URL(address);
  const { address: through, asked } = await proxy(address);
  const named = { GITHUB_API_URL: `http://github.example.test:${port}`, http_proxy: through };
  const ended = await runAction(run(github, named));
  expect(ended.stdout).toContain('the pull request has a comment');
  expect(new Set(asked)).toEqual(new Set([`github.example.test:${port}`]));
  expect(ended.stderr).toBe('');
  asked.length = 0;
  const direct = { GITHUB_API_URL: address, HTTP_PROXY: through, NO_PROXY: '127.0.0.1' };
  expect((await runAction(run(github, direct))).stdout).toMatch(/the comment on|the pull request has/);
  expect(asked).toEqual([]);
});

test('a certificate authority of one’s own is trusted when NODE_EXTRA_CA_CERTS names it, through HTTPS_PROXY too', async () => {
  const folder = temporary();
  const at = (name: string) => join(folder, name);
  writeFileSync(
    at('names'),
    'subjectAltName=IP:127.0.0.1,DNS:github.example.test\nbasicConstraints=CA:TRUE\n',
  );
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key', '-out', 'csr', '-subj', '/CN=test');
  openssl('x509', '-req', '-in', 'csr', '-signkey', 'key', '-out', 'cert', '-days', '2', '-extfile', 'names');
  const github = server({ key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('cert'), 'utf8') });
  const address = await github.listen();
  const { port } = new URL(address);
  const { address: through, asked } = await proxy(address);
  const named = { GITHUB_API_URL: `https://github.example.test:${port}`, HTTPS_PROXY: through };
  const untrusted = await runAction(run(github, { ...named, GITHUB_API_URL: address, NO_PROXY: '*' }));
  expect(untrusted.stdout).toMatch(/^::notice .*could not be reached \(.*certificate/m);
  expect(github.log).toEqual([]);
  const ended = await runAction(run(github, { ...named, NODE_EXTRA_CA_CERTS: at('cert') }));
  expect(ended.stdout).toContain('the pull request has a comment');
  expect(asked.length).toBeGreaterThan(0);
});

test('a checkout that kept no credentials: the base of a private repository is fetched with the token', async () => {
  const hub = new Hub();
  const base = hub.commit('main', { 'maestro.yaml': BAD });
  const head = hub.commit('topic', { 'notes.txt': 'x' });
  const workspace = hub.checkout(hub.merge(base, head));
  const refused: string[] = [];
  const address = await gitServer(`${hub.origin}/.git`, 'workflow', refused);
  git(workspace, 'remote', 'set-url', 'origin', `${address}/octo/agents`);
  const judge = (token: string) =>
    runAction({
      workspace,
      event: 'pull_request',
      payload: pullEvent(base, head),
      env: { GITHUB_SERVER_URL: address },
      inputs: { token, comment: 'never' },
    });
  const wrong = await judge('another');
  expect(wrong.outputs).toMatchObject({ outcome: 'findings', 'new-findings': wrong.outputs['findings'] });
  expect(wrong.summary).toContain('could not be fetched');
  expect(wrong.stdout + wrong.stderr + wrong.summary).not.toContain(
    Buffer.from('x-access-token:another').toString('base64'),
  );
  expect(refused).toContain('nothing');
  const fetched = await judge('workflow');
  expect(fetched.outputs, fetched.stdout).toMatchObject({ outcome: 'clean', 'new-findings': '0' });
});

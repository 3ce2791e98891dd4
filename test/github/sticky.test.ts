import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClientOptions, client } from '../../src/github/client.ts';
import { pauseBefore } from '../../src/github/patience.ts';
import { type Sticky, stick } from '../../src/github/sticky.ts';
import { troubleOf } from '../../src/github/trouble.ts';
import { violations } from './contract.ts';
import { FakeGitHub } from './server.ts';

const HEAD = 'a'.repeat(40);
const MARKER = '<!-- maestro-lint default -->';
const BOT = { id: 41898282, login: 'github-actions[bot]' };

let github: FakeGitHub;
let apiUrl: string;
/** Every request as it left Octokit, checked against GitHub's description. */
let sent: string[];
let unlawful: string[];
let waited: number[];

beforeEach(async () => {
  github = new FakeGitHub();
  github.accounts.set('workflow', BOT);
  github.accounts.set('fork', { ...BOT, readOnly: true });
  github.pulls.set(7, { sha: HEAD, repository: 'octo/agents', open: true });
  apiUrl = await github.listen();
  [sent, unlawful, waited] = [[], [], []];
});

afterEach(() => {
  github.close();
  expect(unlawful).toEqual([]);
  expect(github.wrong).toEqual([]);
});

const api = (more: Partial<ClientOptions> = {}) =>
  client({
    owner: 'octo',
    repo: 'agents',
    apiUrl,
    token: 'workflow',
    requestTime: 20_000,
    wait: async (milliseconds) => {
      waited.push(milliseconds);
    },
    fetch: checkedFetch,
    ...more,
  });

async function checkedFetch(address: string, init: object): Promise<Response> {
  const { method = 'GET', headers, body } = init as RequestInit & { headers: Record<string, string> };
  const { pathname, search } = new URL(address);
  const path = pathname.replace(/^\/api\/v3/, '') + search;
  sent.push(`${method} ${path}`);
  if (!path.includes('graphql')) {
    const asked = { method, path, headers, body: body ? JSON.parse(String(body)) : undefined };
    unlawful.push(...violations(asked));
  }
  return fetch(address, init as RequestInit);
}

const sticky = (body: string, more: Partial<Sticky> = {}): Sticky => ({
  pull: 7,
  headSha: HEAD,
  marker: MARKER,
  body: `${MARKER}\n${body}`,
  worthOne: true,
  ...more,
});
const bodies = (): string[] => github.comments.map(({ body }) => body);
const trouble = async (run: Promise<unknown>, fork = false): Promise<string> => {
  try {
    await run;
  } catch (error) {
    return troubleOf(error, fork);
  }
  throw new Error('nothing went wrong');
};

test('the first comment is created, a changed one edited, an equal one left alone', async () => {
  expect(await stick(api(), sticky('one'))).toBe('created');
  expect(await stick(api(), sticky('one'))).toBe('unchanged');
  expect(github.writes).toHaveLength(1);
  expect(await stick(api(), sticky('two'))).toBe('updated');
  expect(bodies()).toEqual([`${MARKER}\ntwo`]);
  expect(github.writes.at(-1)).toMatch(/^PATCH /);
});

test('nothing to say makes no comment, and turns a standing one', async () => {
  expect(await stick(api(), sticky('all is well', { worthOne: false }))).toBe('not needed');
  expect(github.writes).toEqual([]);
  await stick(api(), sticky('bad'));
  expect(await stick(api(), sticky('all is well', { worthOne: false }))).toBe('updated');
  expect(bodies()).toEqual([`${MARKER}\nall is well`]);
});

test('line ends as GitHub stores them are no change', async () => {
  github.add(7, BOT, `${MARKER}\r\none\r\ntwo\r\n`);
  expect(await stick(api(), sticky('one\ntwo'))).toBe('unchanged');
});

test('only a comment of the same account that begins with the marker is ours', async () => {
  const stranger = { id: 5, login: 'stranger' };
  github.add(7, stranger, `${MARKER}\nforged`);
  github.add(7, BOT, `somebody quotes ${MARKER}`);
  github.add(7, BOT, '<!-- maestro-lint other -->\nanother run');
  github.add(8, BOT, `${MARKER}\nanother pull request`);
  expect(await stick(api(), sticky('ours'))).toBe('created');
  expect(github.comments).toHaveLength(5);
  expect(github.writes).toHaveLength(1);
});

test('our comment is found on the third page', async () => {
  for (let i = 0; i < 250; i++) github.add(7, { id: 5, login: 'talker' }, `remark ${i}`);
  github.add(7, BOT, `${MARKER}\nold`);
  expect(await stick(api(), sticky('new'))).toBe('updated');
  expect(sent.filter((line) => line.includes('/comments?'))).toHaveLength(3);
  expect(github.comments).toHaveLength(251);
});

test('two at once end with one comment, the oldest', async () => {
  let waiting: (() => void)[] = [];
  github.beforeCreate = () =>
    new Promise((go) => {
      waiting.push(go);
      if (waiting.length === 2) for (const each of waiting) each();
    });
  await Promise.all([stick(api(), sticky('same')), stick(api(), sticky('same'))]);
  expect(waiting).toHaveLength(2);
  waiting = [];
  expect(bodies()).toEqual([`${MARKER}\nsame`]);
});

test('duplicates of an earlier accident are removed', async () => {
  for (const body of ['a', 'b', 'c']) github.add(7, BOT, `${MARKER}\n${body}`);
  await stick(api(), sticky('one'));
  expect(bodies()).toEqual([`${MARKER}\none`]);
});

test('a run about a commit that is no longer the head keeps quiet', async () => {
  github.pulls.get(7)!.sha = 'b'.repeat(40);
  expect(await stick(api(), sticky('late'))).toBe('outdated');
  expect(github.writes).toEqual([]);
});

test.each([
  ['429', { status: 429, headers: { 'retry-after': '3' } }, 3000],
  ['a secondary limit', { status: 403, headers: { 'retry-after': '7' } }, 7000],
  [
    'a secondary limit without a time',
    { status: 403, message: 'You have exceeded a secondary rate limit' },
    60_000,
  ],
  ['502', { status: 502 }, 500],
  ['503 that names a time', { status: 503, headers: { 'retry-after': '2' } }, 2000],
  ['a broken connection', 'cut', 500],
  ['a request that is never answered', 'silence', 500],
] as const)('after %s the request is made again', async (_, fault, pause) => {
  github.fail(/^POST .*comments/, fault);
  // Long enough for a busy machine: a second request that is too slow would be one more wait.
  const asked = fault === 'silence' ? api({ requestTime: 2000 }) : api();
  expect(await stick(asked, sticky('one'))).toBe('created');
  expect(waited).toEqual([pause]);
  expect(bodies()).toEqual([`${MARKER}\none`]);
});

test('a list that is cut off is asked for again, and is not taken for an empty one', async () => {
  github.add(7, BOT, `${MARKER}\nold`);
  github.fail(/^GET .*comments/, 'cut the body');
  expect(await stick(api(), sticky('new'))).toBe('updated');
  expect(bodies()).toEqual([`${MARKER}\nnew`]);
});

test('a comment that was written and whose answer got lost is not there twice', async () => {
  github.fail(/^POST .*comments/, 'done, then cut');
  await stick(api(), sticky('one'));
  expect(bodies()).toEqual([`${MARKER}\none`]);
});

test('patience ends: with the tries, and before the time of the run', async () => {
  github.fail(/graphql/, { status: 502 }, 100);
  expect(await trouble(stick(api(), sticky('one')))).toBe('GitHub answered with an error (502)');
  expect(waited).toEqual([500, 1000, 2000, 4000]);
  waited = [];
  github.fail(/GET .*pulls/, { status: 429, headers: { 'retry-after': '3600' } });
  expect(await trouble(stick(api(), sticky('one')))).toMatch(/rate limit/);
  expect(waited).toEqual([]);
});

test('what cannot be helped is explained, and asked for once', async () => {
  const tell = async (more: Partial<ClientOptions>, fork = false) =>
    trouble(stick(api(more), sticky('one')), fork);
  expect(await tell({ token: 'expired' })).toMatch(/does not accept the token \(401\)/);
  expect(await tell({ token: 'fork' }, true)).toMatch(/from a fork may not write comments/);
  expect(await tell({ token: 'fork' })).toMatch(/pull-requests: write/);
  expect(await tell({ repo: 'elsewhere' })).toMatch(/no such pull request .*\(404\)/);
  expect(await trouble(stick(api(), sticky('x'.repeat(70_000))))).toMatch(/422: .*Body is too long/);
  expect(await tell({ apiUrl: 'http://127.0.0.1:9' })).toMatch(/could not be reached/);
  github.fail(/graphql/, { status: 200, message: 'no data' });
  expect(await tell({})).toMatch(/unexpected/);
  expect(github.comments).toEqual([]);
});

test('an enterprise server is asked below its own path', async () => {
  expect(await stick(api({ apiUrl: `${apiUrl}/api/v3` }), sticky('one'))).toBe('created');
  expect(sent).toContain('POST /api/graphql');
});

test('a limit waits for its reset; other refusals do not wait', () => {
  const refused = (status: number, headers: Record<string, string>, message = '') =>
    pauseBefore({ status, message, response: { headers } }, 1, 1_000_000);
  const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1030' };
  expect(refused(403, reset)).toBe(30_000);
  expect(refused(403, { ...reset, 'x-ratelimit-remaining': '9' })).toBeNull();
  expect(refused(403, {}, 'Resource not accessible by integration')).toBeNull();
  expect(refused(404, {})).toBeNull();
  expect(refused(429, {})).toBe(60_000);
});

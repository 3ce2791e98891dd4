import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Asked, answerViolations, operationOf, violations } from './contract.ts';

/** An account by its token. */
export interface Account {
  readonly id: number;
  readonly login: string;
  /** What a workflow of a fork gets: reading only. */
  readonly readOnly?: boolean;
}

export interface Comment {
  readonly id: number;
  readonly pull: number;
  readonly user: Account;
  body: string;
  readonly created: string;
}

export interface PullState {
  sha: string;
  repository: string | null;
  open: boolean;
}

/** What happens to a request instead of an answer. */
export type Fault =
  | 'cut'
  | 'cut the body'
  | 'silence'
  /** The work is done, and the answer gets lost. */
  | 'done, then cut'
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly message?: string;
    };

/** GitHub's limit for the body of a comment, in characters. */
const MAX_BODY = 65_536;

/** As much of GitHub as the Action talks to, on the loopback, with a memory and with bad days. */
export class FakeGitHub {
  readonly accounts = new Map<string, Account>();
  readonly pulls = new Map<number, PullState>();
  comments: Comment[] = [];
  /** `METHOD /path?query` of every request, in order. */
  readonly log: string[] = [];
  /** What GitHub's own description does not allow, in requests or in our answers. */
  readonly wrong: string[] = [];
  private readonly faults: { readonly match: RegExp; readonly fault: Fault; times: number }[] = [];
  /** Waits here before a new comment is stored, so that a test can let two processes meet. */
  beforeCreate: () => Promise<void> = async () => {};
  private ids = 1000;
  private readonly server;
  private readonly scheme: 'http' | 'https';

  /** With a key and a certificate it speaks TLS. */
  constructor(secrets?: { readonly key: string; readonly cert: string }) {
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      this.serve(request, response).catch((error) => {
        this.wrong.push(`the server failed: ${error.stack}`);
        response.destroy();
      });
    };
    this.scheme = secrets ? 'https' : 'http';
    this.server = secrets ? createSecureServer(secrets, listener) : createServer(listener);
  }

  /** Its address, when it is up. */
  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    return this.base;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** The next `times` requests whose log line matches go wrong. */
  fail(match: RegExp, fault: Fault, times = 1): void {
    this.faults.push({ match, fault, times });
  }

  add(pull: number, user: Account, body: string): Comment {
    this.ids++;
    const created = new Date(Date.UTC(2026, 0, 1, 0, 0, this.ids)).toISOString().replace('.000', '');
    const comment = { id: this.ids, pull, user, body, created };
    this.comments.push(comment);
    return comment;
  }

  /** Requests that change something. */
  get writes(): string[] {
    return this.log.filter((line) => !/^GET |graphql$/.test(line));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url!.replace(/^\/api\/v3(?=\/)/, '').replace(/^\/api\/graphql$/, '/graphql');
    const line = `${request.method} ${path}`;
    this.log.push(line);
    const text = await textOf(request);
    const body = text === '' ? undefined : JSON.parse(text);
    const headers = request.headers as Record<string, string | undefined>;
    const asked: Asked = { method: request.method!, path, headers, body };
    if (path !== '/graphql') this.wrong.push(...violations(asked).map((each) => `${line}: ${each}`));
    const bad = this.faults.find((each) => each.times > 0 && each.match.test(line));
    if (bad) bad.times--;
    const fault = bad?.fault;
    if (fault === 'silence') return;
    if (fault === 'cut') {
      response.destroy();
      return;
    }
    if (typeof fault === 'object') {
      this.send(response, fault.status, { message: fault.message ?? 'it went wrong' }, fault.headers);
      return;
    }
    const [status, answer, extra] = await this.answer(asked);
    if (fault === 'done, then cut') {
      response.destroy();
      return;
    }
    const operation = operationOf(asked);
    if (operation && status < 300) this.wrong.push(...answerViolations(operation, status, answer));
    this.send(response, status, answer, extra, fault === 'cut the body');
  }

  private send(
    response: ServerResponse,
    status: number,
    answer: unknown,
    headers: Readonly<Record<string, string>> = {},
    cut = false,
  ): void {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    if (status === 204) response.end();
    else if (!cut) response.end(JSON.stringify(answer));
    else {
      const text = JSON.stringify(answer);
      response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy());
    }
  }

  private async answer(asked: Asked): Promise<[number, unknown, Record<string, string>?]> {
    const token = /^(?:token|bearer) (.+)$/i.exec(asked.headers['authorization'] ?? '')?.[1] ?? '';
    const account = this.accounts.get(token);
    if (!account) return [401, { message: 'Bad credentials' }];
    if (asked.path === '/graphql') return [200, graphql(asked.body, account)];
    const url = new URL(asked.path, 'http://api');
    const [, , owner, repo] = url.pathname.split('/');
    if (`${owner}/${repo}` !== 'octo/agents') return [404, { message: 'Not Found' }];
    if (asked.method !== 'GET' && account.readOnly) {
      return [403, { message: 'Resource not accessible by integration' }];
    }
    switch (operationOf(asked)) {
      case 'pulls/get':
        return this.pullAnswer(lastNumber(url));
      case 'issues/list-comments':
        return this.list(url);
      case 'issues/create-comment':
        return this.create(url, account, asked.body as { body: string });
      case 'issues/update-comment':
      case 'issues/delete-comment':
        return this.change(asked, lastNumber(url), account);
      default:
        return [404, { message: 'Not Found' }];
    }
  }

  private pullAnswer(number: number): [number, unknown] {
    const pull = this.pulls.get(number);
    return pull ? [200, fullPull(number, pull)] : [404, { message: 'Not Found' }];
  }

  private list(url: URL): [number, unknown, Record<string, string>] {
    const number = Number(url.pathname.split('/')[5]);
    const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
    const page = Number(url.searchParams.get('page') ?? 1);
    const all = this.comments.filter(({ pull }) => pull === number);
    const shown = all.slice((page - 1) * size, page * size).map(fullComment);
    if (page * size >= all.length) return [200, shown, {}];
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    return [200, shown, { link: `<${this.base}${next.pathname}${next.search}>; rel="next"` }];
  }

  private get base(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async create(url: URL, account: Account, { body }: { body: string }): Promise<[number, unknown]> {
    if (body.length > MAX_BODY) return [422, tooLong()];
    await this.beforeCreate();
    return [201, fullComment(this.add(Number(url.pathname.split('/')[5]), account, body))];
  }

  private change({ method, body }: Asked, id: number, account: Account): [number, unknown] {
    const comment = this.comments.find((each) => each.id === id);
    if (!comment) return [404, { message: 'Not Found' }];
    if (comment.user.id !== account.id) return [403, { message: 'Resource not accessible by integration' }];
    if (method === 'DELETE') {
      this.comments = this.comments.filter((each) => each !== comment);
      return [204, null];
    }
    const { body: text } = body as { body: string };
    if (text.length > MAX_BODY) return [422, tooLong()];
    comment.body = text;
    return [200, fullComment(comment)];
  }
}

/** What GitHub says of a body that is too long. */
const tooLong = () => ({
  message: 'Validation Failed',
  errors: [
    {
      resource: 'IssueComment',
      code: 'unprocessable',
      field: 'data',
      message: 'Body is too long (maximum is 65536 characters)',
    },
  ],
});

function graphql(body: unknown, { id }: Account): unknown {
  const { query } = body as { query: string };
  return /^\s*(?:query\s*)?\{\s*viewer\s*\{\s*databaseId\s*\}\s*\}\s*$/.test(query)
    ? { data: { viewer: { databaseId: id } } }
    : { errors: [{ message: `this server does not know the query ${query}` }] };
}

const lastNumber = (url: URL): number => Number(url.pathname.split('/').at(-1));

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

const AT = 'https://api.github.com';

function fullUser({ id, login }: Account): object {
  const urls = ['followers_url', 'following_url', 'gists_url', 'starred_url', 'subscriptions_url'];
  const more = ['organizations_url', 'repos_url', 'events_url', 'received_events_url', 'url', 'html_url'];
  return {
    id,
    login,
    node_id: `U_${id}`,
    avatar_url: `${AT}/avatar`,
    gravatar_id: '',
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
    ...Object.fromEntries([...urls, ...more].map((name) => [name, `${AT}/users/${login}`])),
  };
}

const fullComment = ({ id, pull, user, body, created }: Comment): object => ({
  id,
  node_id: `IC_${id}`,
  url: `${AT}/repos/octo/agents/issues/comments/${id}`,
  html_url: `https://github.com/octo/agents/pull/${pull}#issuecomment-${id}`,
  issue_url: `${AT}/repos/octo/agents/issues/${pull}`,
  body,
  user: fullUser(user),
  created_at: created,
  updated_at: created,
  author_association: 'NONE',
});

/** The part of a pull request that is read, with what the description requires of it filled in. */
function fullPull(number: number, { sha, repository, open }: PullState): object {
  return {
    number,
    state: open ? 'open' : 'closed',
    head: {
      sha,
      ref: 'topic',
      label: 'octo:topic',
      repo: repository === null ? null : { full_name: repository },
    },
    base: { sha: '0'.repeat(40), ref: 'main', label: 'octo:main', repo: { full_name: 'octo/agents' } },
  };
}

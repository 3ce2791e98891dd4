import { Octokit } from '@octokit/rest';
import { EnvHttpProxyAgent, fetch as fetchThroughProxy } from 'undici';
import { pauseBefore } from './patience.ts';

/** A comment on a pull request. */
export interface Remark {
  readonly id: number;
  readonly author: number | null;
  readonly body: string;
  /** As the server orders them: the oldest first. */
  readonly created: string;
}

/** Where the head of a pull request is now. */
export interface PullHead {
  readonly sha: string;
  /** `owner/name`; null when the fork is gone. */
  readonly repository: string | null;
  readonly open: boolean;
}

/** The few things that are asked of GitHub. Each throws what `troubleOf` explains. */
export interface Api {
  /** Number of the account whose token this is. */
  viewer(): Promise<number>;
  pull(number: number): Promise<PullHead>;
  remarks(number: number): Promise<Remark[]>;
  create(number: number, body: string): Promise<void>;
  update(id: number, body: string): Promise<void>;
  remove(id: number): Promise<void>;
}

export interface ClientOptions {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  readonly token: string;
  readonly fetch?: (url: string, init: object) => Promise<unknown>;
  /** Milliseconds for one request, and for all together. */
  readonly requestTime?: number;
  readonly wholeTime?: number;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** An answer that is not what the documentation promises, such as one that was cut off. */
export class StrangeAnswer extends Error {}

const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** A client that is patient for a bounded time: it tries again after limits, server errors and broken connections. */
export function client(options: ClientOptions): Api {
  const { owner, repo } = options;
  const octokit = new Octokit({
    auth: options.token,
    baseUrl: options.apiUrl,
    userAgent: 'maestro-lint',
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    request: { fetch: options.fetch ?? proxied() },
  });
  beOnTime(octokit, options);
  const { issues, pulls } = octokit.rest;
  return {
    async viewer() {
      const answer = await octokit.graphql<{ viewer?: { databaseId?: unknown } }>(
        '{ viewer { databaseId } }',
      );
      return number(answer?.viewer?.databaseId);
    },
    async pull(pull_number) {
      const { data } = await pulls.get({ owner, repo, pull_number });
      const sha = data.head?.sha;
      if (typeof sha !== 'string') throw new StrangeAnswer('a pull request without a head');
      return { sha, repository: data.head.repo?.full_name ?? null, open: data.state === 'open' };
    },
    async remarks(issue_number) {
      const found = await octokit.paginate(issues.listComments, { owner, repo, issue_number, per_page: 100 });
      return found.map((each) => {
        if (typeof each !== 'object' || each === null)
          throw new StrangeAnswer('a list of comments cut short');
        return {
          id: number(each.id),
          author: each.user?.id ?? null,
          body: each.body ?? '',
          created: each.created_at,
        };
      });
    },
    async create(issue_number, body) {
      await issues.createComment({ owner, repo, issue_number, body });
    },
    async update(comment_id, body) {
      await issues.updateComment({ owner, repo, comment_id, body });
    },
    async remove(comment_id) {
      await issues.deleteComment({ owner, repo, comment_id });
    },
  };
}

/** Each try gets a time of its own, and all of them together do not outlast the run. */
function beOnTime(octokit: Octokit, options: ClientOptions): void {
  const { requestTime = 20_000, wholeTime = 150_000, wait = sleep } = options;
  const end = Date.now() + wholeTime;
  octokit.hook.wrap('request', async (request, asked) => {
    for (let tries = 1; ; tries++) {
      // Octokit's hooks all see one object; what is passed on instead of it is lost.
      asked.request.signal = AbortSignal.timeout(Math.max(1, Math.min(requestTime, end - Date.now())));
      try {
        const answer = await request(asked);
        // Octokit gives text that is no whole JSON as it came.
        if (typeof answer.data === 'string' && answer.status !== 204)
          throw new StrangeAnswer('no whole JSON');
        return answer;
      } catch (error) {
        const pause = pauseBefore(error, tries, Date.now());
        if (pause === null || Date.now() + pause >= end) throw error;
        await wait(pause);
      }
    }
  });
}

/** Node's own fetch does not know HTTP_PROXY, HTTPS_PROXY and NO_PROXY on every version we run on. */
function proxied() {
  const dispatcher = new EnvHttpProxyAgent();
  return (url: string, init: object) => fetchThroughProxy(url, { ...init, dispatcher });
}

function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw new StrangeAnswer('an id that is none');
  return value;
}

import { UserError } from '../cli/errors.ts';

/** The pull request that a run is about. */
export interface Pull {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  /** Its commits come from another repository, or nobody can tell any more. */
  readonly fork: boolean;
}

/** What the runner says of the run: where, why, and what to compare with. */
export interface Situation {
  readonly event: string;
  readonly owner: string;
  readonly repo: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** The commit that reports link to. */
  readonly headSha: string;
  readonly pull: Pull | null;
  /** The commit to compare with; null when the event has none. */
  readonly baseSha: string | null;
  /** For a run that follows another: which commit that one was about. */
  readonly followed: Followed | null;
}

export interface Followed {
  readonly headSha: string;
  /** `owner/name` the commit came from. */
  readonly headRepository: string;
  readonly event: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the event as the runner wrote it. Throws a UserError that says what is missing. */
export function readSituation(env: Env, payload: unknown): Situation {
  const event = needed(env, 'GITHUB_EVENT_NAME');
  const [owner, repo, ...more] = needed(env, 'GITHUB_REPOSITORY').split('/');
  if (!owner || !repo || more.length > 0) throw new UserError('GITHUB_REPOSITORY is not owner/name');
  const pull = pullOf(payload);
  return {
    event,
    owner,
    repo,
    serverUrl: (env['GITHUB_SERVER_URL'] || 'https://github.com').replace(/\/+$/, ''),
    apiUrl: (env['GITHUB_API_URL'] || 'https://api.github.com').replace(/\/+$/, ''),
    headSha: pull?.headSha ?? sha(payload, 'merge_group', 'head_sha') ?? needed(env, 'GITHUB_SHA'),
    pull,
    baseSha: baseOf(event, payload, pull),
    followed: event === 'workflow_run' ? followedOf(payload) : null,
  };
}

function baseOf(event: string, payload: unknown, pull: Pull | null): string | null {
  if (pull) return pull.baseSha;
  if (event === 'merge_group') return sha(payload, 'merge_group', 'base_sha');
  const before = event === 'push' ? sha(payload, 'before') : null;
  // The first push of a branch comes from nowhere.
  return before === null || /^0+$/.test(before) ? null : before;
}

function pullOf(payload: unknown): Pull | null {
  const pull = at(payload, 'pull_request');
  const number = at(pull, 'number');
  if (pull === undefined || !isNumber(number)) return null;
  const headSha = sha(pull, 'head', 'sha');
  const baseSha = sha(pull, 'base', 'sha');
  if (headSha === null || baseSha === null)
    throw new UserError('the event names no commits of the pull request');
  const head = at(pull, 'head', 'repo', 'id');
  // A fork that was deleted leaves null: then nothing says that the head is ours.
  const fork = head === undefined || head === null || head !== at(pull, 'base', 'repo', 'id');
  return { number, headSha, baseSha, fork };
}

function followedOf(payload: unknown): Followed | null {
  const headSha = sha(payload, 'workflow_run', 'head_sha');
  const headRepository = at(payload, 'workflow_run', 'head_repository', 'full_name');
  const event = at(payload, 'workflow_run', 'event');
  return headSha !== null && typeof headRepository === 'string' && typeof event === 'string'
    ? { headSha, headRepository, event }
    : null;
}

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

/** What a commit id looks like, SHA-1 or SHA-256. */
export const isSha = (value: unknown): value is string =>
  typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);

function sha(from: unknown, ...keys: string[]): string | null {
  const value = at(from, ...keys);
  return isSha(value) ? value : null;
}

function at(from: unknown, ...keys: string[]): unknown {
  let value = from;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function needed(env: Env, name: string): string {
  const value = env[name];
  if (!value) throw new UserError(`${name} is not set: this program is started by a GitHub workflow`);
  return value;
}

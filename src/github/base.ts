import { spawnSync } from 'node:child_process';
import { git, type Repository } from '../cli/git.ts';
import { isSha, type Situation } from './event.ts';

/** What a run is compared with: a commit, nothing because none was asked for, or nothing although one was. */
export type Base =
  | { readonly is: 'commit'; readonly commit: string }
  | { readonly is: 'none' }
  | { readonly is: 'missing'; readonly why: string };

/** Finds the base of an event, or of the input `base-ref`, and fetches it where the clone lacks it. */
export function findBase(
  repository: Repository,
  situation: Situation,
  baseRef: string | null,
  token: string,
): Base {
  const fetch = fetcher(repository, situation, token);
  if (baseRef !== null) return named(repository, baseRef, fetch);
  const wanted = situation.pull ? pullBase(repository, situation.pull) : situation.baseSha;
  if (wanted === null) return { is: 'none' };
  if (has(repository, wanted)) return { is: 'commit', commit: wanted };
  const trouble = fetch(wanted);
  return has(repository, wanted)
    ? { is: 'commit', commit: wanted }
    : { is: 'missing', why: `The base ${wanted.slice(0, 12)} could not be fetched: ${trouble}` };
}

/** The commits that a commit names as its parents; also those that a shallow clone cut off. */
export function parentsOf(repository: Repository, commit: string): string[] {
  const { code, stdout } = git(repository, ['cat-file', 'commit', commit]);
  if (code !== 0) return [];
  const [head = ''] = stdout.toString('utf8').split('\n\n', 1);
  return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent!);
}

export const headOf = (repository: Repository): string | null => {
  const { code, stdout } = git(repository, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  const commit = stdout.toString('utf8').trim();
  return code === 0 && isSha(commit) ? commit : null;
};

/**
 * The event's base may lag behind: what is checked out is a merge of the head into the base as it was then, and its
 * first parent is that base. Where the head itself is checked out, what others did on the base since is not compared.
 */
function pullBase(
  repository: Repository,
  { headSha, baseSha }: { headSha: string; baseSha: string },
): string {
  const head = headOf(repository);
  if (head === null) return baseSha;
  const [first, second] = parentsOf(repository, head);
  if (first !== undefined && second === headSha) return first;
  const merged = git(repository, ['merge-base', baseSha, head]);
  const fork = merged.stdout.toString('utf8').trim();
  return merged.code === 0 && isSha(fork) ? fork : baseSha;
}

function named(repository: Repository, ref: string, fetch: (what: string) => string): Base {
  for (const name of [ref, `refs/remotes/origin/${ref}`]) {
    const commit = resolve(repository, name);
    if (commit !== null) return { is: 'commit', commit };
  }
  // What git would read as more than a name: a refspec, a pattern, an exclusion.
  if (/[:*?[\\^~\s]|^[-+]|\.\./.test(ref))
    return { is: 'missing', why: `base-ref is no name of git's: ${ref}` };
  const trouble = fetch(ref);
  const commit = trouble === '' ? resolve(repository, isSha(ref) ? ref : 'FETCH_HEAD') : null;
  return commit === null
    ? { is: 'missing', why: `The base ${ref} could not be fetched: ${trouble}` }
    : { is: 'commit', commit };
}

function resolve(repository: Repository, name: string): string | null {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const commit = git(repository, args).stdout.toString('utf8').trim();
  return isSha(commit) && has(repository, commit) ? commit : null;
}

const has = (repository: Repository, commit: string): boolean =>
  git(repository, ['cat-file', '-e', `${commit}^{tree}`]).code === 0;

/** Gives what went wrong, in a line; empty when nothing did. */
function fetcher(repository: Repository, { serverUrl }: Situation, token: string) {
  const shallow = git(repository, ['rev-parse', '--is-shallow-repository']).stdout.toString('utf8').trim();
  // A whole clone would become a shallow one.
  const depth = shallow === 'true' ? ['--depth=1'] : [];
  const args = ['fetch', '--quiet', ...depth, '--no-tags', '--no-recurse-submodules', '--end-of-options'];
  return (what: string): string => {
    const plain = run(repository, [...args, 'origin', what], {});
    if (plain === '' || token === '') return plain;
    // The checkout kept no credentials. By the environment: an argument could be seen by other processes.
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    return run(repository, [...args, 'origin', what], {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraheader`,
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
    });
  };
}

const FETCH_TIME = 120_000;

function run({ root, env }: Repository, args: readonly string[], more: Record<string, string>): string {
  const { status, stderr, error } = spawnSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: FETCH_TIME,
    env: { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...more },
  });
  if (status === 0) return '';
  return error
    ? error.message
    : (stderr.trim().split('\n').at(-1) ?? '').slice(0, 300) || `git ended with ${status}`;
}

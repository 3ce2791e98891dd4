import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { similar } from '../finding/similar.ts';
import { UserError } from './errors.ts';
import { nameOf } from './files.ts';
import { repositoryOf } from './repository.ts';

/** A repository as the program reads it: its root, and how far below the working directory is. */
export interface Repository {
  /** Absolute, links resolved. */
  readonly root: string;
  /** From the root to the working directory, with forward slashes; empty at the root. */
  readonly prefix: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The repository that a folder is in. */
export function repositoryAt(cwd: string, env: Repository['env']): Repository {
  const here = realpathSync(cwd);
  const root = repositoryOf(here);
  if (root === null) {
    throw new UserError(
      'this folder is in no git repository, so there is no revision to compare with',
      'Name two files or folders instead: `maestro diff before.maestro.yaml after.maestro.yaml`',
    );
  }
  const prefix = nameOf(root, here);
  return { root, prefix: prefix === '.' ? '' : prefix, env };
}

/**
 * Nothing that a repository configures may run: no hook, no monitor of files, no pager, no command of a transport. No
 * network either: a partial clone would fetch what it lacks.
 */
const HARMLESS = [
  'core.fsmonitor=',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.untrackedCache=false',
  'core.quotePath=false',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);

/** Variables that make git run something, or write where nobody asked. Which index it reads is the caller's to say. */
const UNWANTED =
  /^GIT_(?:EXTERNAL_DIFF|PAGER|EDITOR|ASKPASS|SSH|SSH_COMMAND|PROXY_COMMAND|TRACE\w*|EXEC_PATH)$/;

const MAX_BYTES = 1 << 30;
/** Letters of a name that nobody knows, in the message that says so. */
const MAX_NAME = 200;

export interface Ran {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git without a shell, in the root of the repository. Throws only when there is no git. */
export function git({ root, env }: Repository, args: readonly string[], input = ''): Ran {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !UNWANTED.test(name)));
  const { status, stdout, stderr, error } = spawnSync('git', ['--no-pager', ...HARMLESS, ...args], {
    cwd: root,
    input,
    maxBuffer: MAX_BYTES,
    windowsHide: true,
    env: {
      ...clean,
      PATH: env['PATH'] ?? process.env['PATH'],
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_LITERAL_PATHSPECS: '1',
    },
  });
  if (error && (error as NodeJS.ErrnoException).code === 'ENOENT')
    throw new UserError('git is not installed, or not on the path', 'Install git, or compare two files');
  if (error) throw error;
  return { code: status ?? 1, stdout, stderr: stderr.toString('utf8') };
}

/** The same for what has to succeed. */
export function gitOutput(repository: Repository, args: readonly string[], input = ''): Buffer {
  const { code, stdout, stderr } = git(repository, args, input);
  if (code !== 0) throw refused(stderr);
  return stdout;
}

/** Git's own refusals, with what to do about them. */
function refused(stderr: string): UserError {
  const [line = ''] = stderr.trim().split('\n');
  if (/dubious ownership/.test(stderr))
    return new UserError(
      'git does not trust this repository: it belongs to somebody else',
      'Run `git config --global --add safe.directory` with its folder, then try again',
    );
  if (/lazy fetch|promisor|could not fetch|not our ref/i.test(stderr)) return incomplete(stderr);
  return new UserError(`git refused: ${line.slice(0, 300)}`);
}

/** A clone without some of the objects it speaks of. */
export const incomplete = (stderr: string): UserError =>
  new UserError(
    'this clone does not have all files of that revision, and nothing is fetched here',
    `Clone without \`--filter\`, or check the revision out once${stderr === '' ? '' : `; git says: ${stderr.trim().split('\n')[0]?.slice(0, 200)}`}`,
  );

/** The commit that a revision names. What it is called never reaches git as an option. */
export function commitOf(repository: Repository, revision: string): string {
  const found = git(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  const commit = found.stdout.toString('utf8').trim();
  const isNamed = found.code === 0 && /^[0-9a-f]{40,64}$/.test(commit);
  if (isNamed && hasTree(repository, commit)) return commit;
  if (/dubious ownership/.test(found.stderr)) throw refused(found.stderr);
  throw unknownRevision(repository, revision.slice(0, MAX_NAME), isNamed);
}

const hasTree = (repository: Repository, commit: string): boolean =>
  git(repository, ['cat-file', '-e', `${commit}^{tree}`]).code === 0;

function unknownRevision(repository: Repository, revision: string, isNamed: boolean): UserError {
  // Any of its commands would have said so: an unreadable repository is not a wrong name.
  const refs = gitOutput(repository, ['for-each-ref', '--format=%(refname:short)', 'refs'])
    .toString('utf8')
    .split('\n')
    .filter((name) => name !== '');
  const shallow =
    git(repository, ['rev-parse', '--is-shallow-repository']).stdout.toString('utf8').trim() === 'true';
  if (shallow || isNamed)
    return new UserError(
      `this clone has no commit ${revision}: it is ${shallow ? 'shallow' : 'not whole'}`,
      'Fetch it first, for example by `git fetch --depth=1 origin <branch or commit>` and then name FETCH_HEAD, or in a workflow by `fetch-depth: 0`',
    );
  const range = /^(.*?)\.{2,3}(.*)$/.exec(revision);
  if (range)
    return new UserError(
      `${revision} is a range of revisions, and one is needed`,
      `Write the two apart: \`maestro diff ${range[1] || 'HEAD'} ${range[2] || 'HEAD'}\``,
    );
  const near = similar(revision, [...refs, 'HEAD']);
  const remote = refs.find((name) => name.endsWith(`/${revision}`));
  const meant = remote ?? near;
  return new UserError(
    `there is no file, no folder and no revision ${revision}`,
    meant === undefined ? '`git branch --all` and `git tag` list what there is' : `Did you mean ${meant}?`,
  );
}

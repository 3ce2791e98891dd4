import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { HOME } from '../support/cli.ts';

export type Files = Readonly<Record<string, string | null>>;

const PERSON = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
export const GIT_ENV = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', [...PERSON, ...args], {
    cwd,
    env: { ...process.env, ...GIT_ENV },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

export function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'maestro-action-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A repository as GitHub holds it, with the ways in which the runner checks it out. */
export class Hub {
  readonly origin = temporary();

  constructor() {
    git(this.origin, 'init', '--quiet', '--initial-branch=main');
    // GitHub gives any commit it has to whoever may read.
    git(this.origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  }

  /** A commit with these changes (null removes) on a branch, begun at `from` when it is new. */
  commit(branch: string, changes: Files, from = 'main'): string {
    const known = git(this.origin, 'branch', '--list', branch) !== '';
    const first = git(this.origin, 'rev-list', '--all', '--max-count=1') === '';
    if (known) git(this.origin, 'checkout', '--quiet', branch);
    else if (!first) git(this.origin, 'checkout', '--quiet', '-b', branch, from);
    for (const [name, content] of Object.entries(changes)) {
      const path = join(this.origin, name);
      mkdirSync(dirname(path), { recursive: true });
      if (content === null) rmSync(path);
      else writeFileSync(path, content);
    }
    git(this.origin, 'add', '--all');
    git(this.origin, 'commit', '--quiet', '--allow-empty', `--message=${branch}`);
    return git(this.origin, 'rev-parse', 'HEAD');
  }

  /** The commit that GitHub makes of a pull request: its head merged into the base. */
  merge(base: string, head: string): string {
    git(this.origin, 'checkout', '--quiet', '--detach', base);
    git(this.origin, 'merge', '--quiet', '--no-ff', '--message=merge', head);
    const commit = git(this.origin, 'rev-parse', 'HEAD');
    git(this.origin, 'update-ref', 'refs/pull/7/merge', commit);
    return commit;
  }

  /** As actions/checkout does by default: one commit, nothing else. */
  checkout(commit: string, { whole = false } = {}): string {
    const path = temporary();
    git(path, 'init', '--quiet', '--initial-branch=main');
    git(path, 'remote', 'add', 'origin', `file://${this.origin}`);
    git(path, 'fetch', '--quiet', '--no-tags', ...(whole ? [] : ['--depth=1']), 'origin', commit);
    if (whole) git(path, 'fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    git(path, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
    return path;
  }
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The page of the job. */
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Started {
  readonly workspace: string;
  readonly event: string;
  readonly payload: object;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
}

/** What the tests' server and the events call the repository. */
export const REPOSITORY = 'octo/agents';

/** Runs the Action as the runner does. `stop` gets the way to end the process early. */
export async function runAction(
  { workspace, event, payload, inputs = {}, env = {}, node = process.execPath }: Started,
  stop?: (kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  const temp = temporary();
  const at = (name: string, text: string): string => {
    writeFileSync(join(temp, name), text);
    return join(temp, name);
  };
  const [output, page] = [at('output', ''), at('summary', '')];
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const child = spawn(node, [join(HOME, 'dist/action.js')], {
    cwd: workspace,
    env: {
      PATH: process.env['PATH'],
      HOME: temp,
      ...GIT_ENV,
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: at('event.json', JSON.stringify(payload)),
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_SHA: git(workspace, 'rev-parse', 'HEAD'),
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: page,
      GITHUB_SERVER_URL: 'https://github.com',
      ...Object.fromEntries(given),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    written.stderr += text;
  });
  stop?.((signal) => child.kill(signal));
  const code = await new Promise<number | null>((ended) => child.on('close', ended));
  const outputs = outputsOf(readFileSync(output, 'utf8'));
  return { code, ...written, summary: readFileSync(page, 'utf8'), outputs };
}

/** Reads the file as the runner does: `name<<delimiter`, lines, `delimiter`. */
function outputsOf(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let i = 0; i < lines.length - 1; i++) {
    const [, name, delimiter] = /^([^<]+)<<(.+)$/.exec(lines[i]!) ?? [];
    if (name === undefined) throw new Error(`no output: ${lines[i]}`);
    const end = lines.indexOf(delimiter!, i + 1);
    outputs[name] = lines.slice(i + 1, end).join('\n');
    i = end;
  }
  return outputs;
}

/** The event of a pull request, with what the Action reads of it. */
export const pullEvent = (base: string, head: string, headRepository: number | null = 1): object => ({
  action: 'synchronize',
  number: 7,
  pull_request: {
    number: 7,
    head: { sha: head, ref: 'topic', repo: headRepository === null ? null : { id: headRepository } },
    base: { sha: base, ref: 'main', repo: { id: 1, full_name: REPOSITORY } },
  },
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folder, maestro, type Result } from './cli.ts';

/** Git as on a machine that nobody set up. */
export const GIT_ENV = {
  PATH: process.env['PATH'],
  HOME: '/nowhere',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.org',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.org',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** A real repository in a folder of its own. */
export interface TestRepository {
  readonly path: string;
  readonly git: (...args: string[]) => string;
  /** Writes files; null deletes one. */
  readonly write: (files: Files) => void;
  /** Writes files and commits everything there is. */
  readonly commit: (files?: Files) => void;
  /** Runs the program there, or in a folder below. */
  readonly maestro: (argv: readonly string[], below?: string) => Promise<Result>;
}

/** `main` with one commit that holds these files. */
export function repository(files: Readonly<Record<string, string | Uint8Array>>): TestRepository {
  const path = folder({});
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: path,
      env: GIT_ENV,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const write = (some: Files) => {
    for (const [name, content] of Object.entries(some)) {
      const to = join(path, name);
      if (content === null) {
        rmSync(to, { recursive: true });
        continue;
      }
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, content);
    }
  };
  const commit = (some: Files = {}) => {
    write(some);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'change');
  };
  git('init', '--quiet', '--initial-branch', 'main');
  commit(files);
  return {
    path,
    git,
    write,
    commit,
    maestro: (argv, below = '.') => maestro(join(path, below), argv, { env: GIT_ENV }),
  };
}

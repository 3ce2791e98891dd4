import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ABOUT } from '../build/about.ts';
import { HOME } from './support/cli.ts';

const read = (path: string): string => readFileSync(join(HOME, path), 'utf8');

test('what is built and committed is what a build makes', async () => {
  // By a variable: the build scripts are JavaScript without types.
  const script = join(HOME, 'scripts/build/committed.mjs');
  const made: [path: string, content: string][] = await (await import(script)).committed();
  expect(made.length).toBeGreaterThan(0);
  const stale = made
    .filter(([path, content]) => !existsSync(join(HOME, path)) || read(path) !== content)
    .map(([path]) => path);
  expect(stale, 'not fresh: run `npm run build` and commit what it writes').toEqual([]);
});

test('schemas live under the address of the repository', () => {
  for (const name of readdirSync(join(HOME, 'schemas'))) {
    const { $id } = JSON.parse(read(`schemas/${name}`)) as { $id: string };
    expect($id.startsWith(`${ABOUT.repository}/`), `${name}: ${$id}`).toBe(true);
    expect($id.endsWith(`/schemas/${name}`), `${name}: ${$id}`).toBe(true);
  }
});

test('the address of the repository comes from package.json', () => {
  expect(`git+${ABOUT.repository}.git`).toBe(JSON.parse(read('package.json')).repository.url);
});

test('no lock file says where packages were fetched from', () => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: HOME, encoding: 'utf8' });
  const locks = git('ls-files', '--', '*package-lock.json', '*npm-shrinkwrap.json', '*yarn.lock')
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(HOME, path)));
  expect(locks).toContain('package-lock.json');
  expect(locks.filter((path) => /"?resolved"?:? "/.test(read(path)))).toEqual([]);
});

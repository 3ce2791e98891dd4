import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, ROOT } from '../support.mjs';

/** Tests that try fewer random cases in `npm test`. */
const scaled = () =>
  readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('tools'))
    .map((path) => join('test', path))
    .filter((path) => readFileSync(join(ROOT, path), 'utf8').includes('support/runs.ts'));

export const checks = [
  {
    name: 'what holds for random cases holds for all of them',
    run() {
      const files = scaled();
      ensure(files.length > 3, `only ${files.length} files`);
      const env = { ...process.env, REAL: '1' };
      const { status, stdout, stderr } = spawnSync('npx', ['vitest', 'run', ...files], {
        cwd: ROOT,
        env,
        encoding: 'utf8',
      });
      // What failed and how stands behind the list of all tests.
      const told = stdout.slice(Math.max(0, stdout.indexOf('Failed Tests')));
      ensure(status === 0 && /^\d+ passed, 0 failed$/m.test(stdout), `${told}\n${stderr}`);
    },
  },
];

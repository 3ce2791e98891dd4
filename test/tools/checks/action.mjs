import { spawnSync } from 'node:child_process';
import { ensure, ROOT } from '../support.mjs';

export const checks = [
  {
    name: 'the Action, started as a runner starts it, on real git repositories and for every trigger',
    run: () => {
      const { status, stdout, stderr } = spawnSync(
        'npx',
        ['vitest', 'run', 'test/github/action.real.test.ts', 'test/github/network.real.test.ts'],
        {
          cwd: ROOT,
          env: { ...process.env, REAL: '1' },
          encoding: 'utf8',
        },
      );
      const [, passed = '0'] = /^(\d+) passed, 0 failed$/m.exec(stdout) ?? [];
      ensure(status === 0 && Number(passed) > 20, `${stdout}\n${stderr}`);
    },
  },
];

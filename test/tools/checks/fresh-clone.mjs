import { join } from 'node:path';
import { ensure, folder, ROOT, succeed } from '../support.mjs';

export const checks = [
  {
    name: "a fresh clone with an empty npm cache lints its examples with the README's commands",
    run() {
      const place = folder();
      const clone = join(place, 'clone');
      succeed('git', ['clone', '--quiet', ROOT, clone]);
      const env = { npm_config_cache: join(place, 'cache') };
      const { stdout } = succeed(
        'bash',
        ['-c', 'npm ci --loglevel=error && npx maestro lint examples --fail-on never'],
        {
          cwd: clone,
          env,
          minutes: 10,
        },
      );
      ensure(
        /^checked \d+ components in [1-9]\d* files? with/m.test(stdout),
        `standard output is no report:\n${stdout}`,
      );
      const { stdout: changed } = succeed('git', ['status', '--porcelain'], { cwd: clone });
      ensure(changed === '', `the commands changed the clone:\n${changed}`);
    },
  },
];

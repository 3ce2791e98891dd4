import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { DESCRIPTIONS } from '../descriptions.mjs';
import { node24 } from '../install.mjs';
import { ensure, ensureSame, maestro, ROOT, run, succeed } from '../support.mjs';

export const checks = [
  {
    name: 'the whole test suite passes on Node 24',
    run() {
      succeed(process.execPath, ['scripts/generate.mjs']);
      const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
      const { code, stdout, stderr } = run(node24(), [vitest, 'run'], { minutes: 10 });
      const [, passed, failed] = /^(\d+) passed, (\d+) failed/m.exec(stdout) ?? [];
      ensure(
        code === 0 && passed > 0 && failed === '0',
        `ended with ${code}\n${whatFailed(stderr) || stderr.slice(-3000)}\n${stdout.slice(-1500)}`,
      );
    },
  },
  {
    name: 'Node 20 and Node 24 print the same bytes',
    run() {
      ensure(
        process.version.startsWith('v20.'),
        `the checks have to be started on Node 20, not ${process.version}`,
      );
      for (const [name, make] of DESCRIPTIONS) {
        const cwd = make();
        for (const format of ['text', 'json', 'sarif']) {
          const args = ['lint', '.', '--fail-on', 'never', '--format', format];
          const [one, other] = [process.execPath, node24()].map((node) => maestro(args, { node, cwd }));
          ensure(one.code === other.code && one.stdout !== '', `${name}: exit ${one.code} and ${other.code}`);
          ensureSame(`${format} of ${name}`, one.stdout, other.stdout);
          ensureSame(`standard error for ${name}`, one.stderr, other.stderr);
        }
      }
    },
  },
];

/** The runner's own account of what failed, which it prints after everything that passed. */
function whatFailed(stderr) {
  const plain = stripVTControlCharacters(stderr);
  const at = plain.search(/^.*(?:Failed Suites|Failed Tests|Unhandled Errors)/m);
  return at === -1 ? '' : plain.slice(at, at + 6000);
}

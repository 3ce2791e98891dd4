import { defineConfig } from 'vitest/config';

/** With real git, bundles and many processes: `npm run test:real` runs them. */
const REAL = ['test/**/*.real.test.ts'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/tools/**', ...(process.env['REAL'] ? [] : REAL)],
    // No test leaves anything behind in a module, and loading every module anew for each file takes longer than most tests.
    isolate: false,
    // A test that hangs ends, and a slow machine is given time; how fast anything is, `npm run bench` says.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    // As in src/cli/compiler.ts: a fifth of the time on two cores.
    execArgv: process.versions.v8.startsWith('11.') ? ['--interrupt-budget=600000'] : [],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
  },
});

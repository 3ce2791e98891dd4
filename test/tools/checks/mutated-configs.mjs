import { join } from 'node:path';
import { bundledMutation } from '../mutation.mjs';
import { ensure, ROOT, succeed } from '../support.mjs';

const MUTANTS = 10_000;

export const checks = [
  {
    name: '10,000 mutated configurations: no crash, no hang, no credential told',
    run: async () => {
      const worker = join(ROOT, 'test/tools/config-worker.mjs');
      const args = [worker, await bundledMutation(), '1', String(MUTANTS)];
      const { stdout } = succeed(process.execPath, args, { minutes: 15 });
      const { wrong, slowest, tried } = JSON.parse(stdout);
      console.log(`     slowest ${Math.round(slowest)} ms`);
      ensure(wrong.length === 0, `${wrong.length} of ${MUTANTS}:\n${wrong.slice(0, 10).join('\n')}`);
      ensure(tried === MUTANTS, `${tried} were tried`);
    },
  },
];

import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DESCRIPTIONS } from '../descriptions.mjs';
import { ensure, ensureSame, folder, maestro } from '../support.mjs';

/** Two machines as different as can be arranged; a Turkish locale has its own upper and lower case, a Swedish one its own order. */
const HERE = { TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'C', HOME: '/', USER: 'one' };
const THERE = { TZ: 'America/St_Johns', LANG: 'sv_SE.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'other' };

export const checks = [
  {
    name: 'folder, time zone and locale change no byte of a report',
    run() {
      for (const [name, make] of DESCRIPTIONS) {
        const original = make();
        const copy = join(folder(), 'other place', 'deeper');
        copyBackwards(original, copy);
        for (const format of ['text', 'json', 'sarif']) {
          const args = ['lint', '.', '--fail-on', 'never', '--format', format];
          const here = maestro(args, { cwd: original, env: HERE });
          const there = maestro(args, { cwd: copy, env: THERE });
          ensure(here.stdout !== '', `${format} of ${name} is empty\n${here.stderr}`);
          ensureSame(`${format} of ${name}`, here.stdout, there.stdout);
          ensureSame(`standard error for ${name}`, here.stderr, there.stderr);
        }
      }
    },
  },
];

/** Files come to be in another order, so that a report which follows the order of a folder shows. */
function copyBackwards(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).reverse())
    cpSync(join(from, name), join(to, name), { recursive: true });
}

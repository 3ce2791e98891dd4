import { dirname, resolve } from 'node:path';
import { processIo } from '../cli/process.ts';
import { action } from './main.ts';

// `node dist/action.js`, as the runner starts it.
const home = resolve(dirname(process.argv[1] ?? ''), '..');
action(processIo(home)).then((code) => {
  process.exitCode = code;
});

// Tries mutants one after the other on the built program, in one process: a process each would take an hour.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './support.mjs';

const [bundle, folder, kind, first, last] = process.argv.slice(2);
const { MUTATED, mutantsOf, tryDescription, tryRule, WHOLE } = await import(pathToFileURL(bundle));
const require = createRequire(import.meta.url);
const { runQuick } = require(join(ROOT, 'dist/quick.js'));
const whole = require(join(ROOT, 'dist/maestro.js'));

/** What the program has written since it was started, by descriptor. */
let written = { 1: [], 2: [] };
fs.writeSync = (descriptor, bytes, at = 0) => {
  written[descriptor].push(Buffer.from(bytes.subarray(at)));
  return bytes.length - at;
};
process.chdir(folder);
fs.copyFileSync(join(ROOT, 'test/golden', WHOLE), WHOLE);
const node = process.argv[0];

/** As bin/maestro.js does: the quick program first. */
async function run(argv) {
  written = { 1: [], 2: [] };
  process.argv = [node, 'maestro', ...argv];
  const code = (await runQuick(ROOT)) ?? (await whole.run(ROOT));
  const text = (descriptor) => Buffer.concat(written[descriptor]).toString('utf8');
  return { code, stdout: text(1), stderr: text(2) };
}

const mutants = mutantsOf(ROOT);
const kinds = {
  description: { name: 'maestro.yaml', attempt: tryDescription },
  rule: { name: `${MUTATED}.yaml`, attempt: tryRule },
};
const { name, attempt } = kinds[kind];
for (let seed = Number(first); seed <= Number(last); seed++) {
  fs.writeFileSync(name, mutants[kind](seed));
  const before = process.cpuUsage();
  const trial = await attempt(run, seed);
  // Time of the processor, not of the clock: other programs on the machine do not make a mutant slow.
  const { user, system } = process.cpuUsage(before);
  process.send({ seed, ms: (user + system) / 1000, ...trial });
}
process.disconnect();

// Reads mutated configurations one after the other: node config-worker.mjs <bundle> <first> <last>. Prints what went wrong.
import { pathToFileURL } from 'node:url';

const [bundle, first, last] = process.argv.slice(2);
const { CONFIGS, mutatedConfig, wrongWith } = await import(pathToFileURL(bundle));
/** The most that one file may take, in milliseconds of the processor. */
const MOST = 1000;

const wrong = [];
let slowest = 0;
for (let seed = Number(first); seed <= Number(last); seed++) {
  const file = mutatedConfig(CONFIGS, seed);
  const before = process.cpuUsage();
  const clause = wrongWith(file);
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  slowest = Math.max(slowest, ms);
  if (clause) wrong.push(`seed ${seed} (${file.path}) ${clause}`);
  if (ms > MOST) wrong.push(`seed ${seed} (${file.path}) takes ${Math.round(ms)} ms`);
}
process.stdout.write(JSON.stringify({ wrong, slowest, tried: Number(last) - Number(first) + 1 }));

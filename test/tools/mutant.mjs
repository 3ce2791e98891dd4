// node test/tools/mutant.mjs rule 4711 > kill-switch-missing.yaml: one mutant of checks/mutations.mjs, to look at.
import { pathToFileURL } from 'node:url';
import { bundledMutation } from './mutation.mjs';
import { ROOT, removeFolders } from './support.mjs';

const [kind, seed] = process.argv.slice(2);
const { mutantsOf } = await import(pathToFileURL(await bundledMutation()));
const mutants = mutantsOf(ROOT);
if (kind === 'rule') {
  const { name, text } = mutants.rule(Number(seed));
  console.error(name);
  process.stdout.write(text);
} else process.stdout.write(mutants.description(Number(seed)));
removeFolders();

// node test/tools/mutant.mjs rule 4711 > mutated-rule.yaml: one mutant of checks/mutations.mjs, to look at.
import { pathToFileURL } from 'node:url';
import { bundledMutation } from './mutation.mjs';
import { ROOT, removeFolders } from './support.mjs';

const [kind, seed] = process.argv.slice(2);
const { mutantsOf } = await import(pathToFileURL(await bundledMutation()));
process.stdout.write(mutantsOf(ROOT)[kind](Number(seed)));
removeFolders();

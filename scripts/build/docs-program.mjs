import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { root } from './root.mjs';

/** The program as docs-entry.ts gives it, bundled, because Node 20 does not run TypeScript. */
export async function program() {
  const outfile = `${root}build/tmp/docs-entry.mjs`;
  await esbuild.build({
    entryPoints: [`${root}scripts/build/docs-entry.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
    },
  });
  return import(`${pathToFileURL(outfile)}?${Date.now()}`);
}

/** Everything the pages are about: the built-in pack, and its files as they are written. */
export function catalogue({ builtInPack, frameworks, LAYERS, loadRule, readYaml, threats }) {
  const pack = builtInPack();
  const rules = ruleFiles().map((path) => {
    const { loaded, problems } = loadRule(path, read(path), pack);
    if (!loaded) throw new Error(problems.map(({ message }) => `${path}: ${message}`).join('\n'));
    const rule = pack.rules.find(({ id }) => id === loaded.rule.id);
    return { path, rule, tests: loaded.tests, data: loaded.file.data };
  });
  return {
    layers: LAYERS,
    rules: rules.sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1)),
    vocabulary: pack.vocabulary,
    controls: [...pack.vocabulary.values()],
    /** The vocabulary as it is written, for the text of its expressions. */
    written: readYaml('rules/controls.yaml', read('rules/controls.yaml')).data.controls,
    threats: new Map(threats.map((threat) => [threat.id, threat])),
    frameworks,
  };
}

const read = (path) => readFileSync(root + path, 'utf8');

/** Rule files lie in a folder of their layer; what lies beside those folders is data. */
const ruleFiles = () =>
  readdirSync(`${root}rules`, { recursive: true, encoding: 'utf8' })
    .map((name) => `rules/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.yaml') && path.split('/').length > 2);

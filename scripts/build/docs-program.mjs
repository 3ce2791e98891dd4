import { readdirSync, readFileSync } from 'node:fs';
import { root } from './root.mjs';
import { fromSource } from './source.mjs';

/** The program as docs-entry.ts gives it. */
export const program = () => fromSource('docs-entry');

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

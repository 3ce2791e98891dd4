import { readFileSync } from 'node:fs';
import { root } from './root.mjs';

/** Pages written by hand whose blocks of YAML have to be what the program reads. */
const PAGES = ['README.md', 'docs/language.md', 'docs/writing-rules.md', 'CONTRIBUTING.md'];

/** Throws when a whole description or rule in a page is not valid, or a rule's own tests fail. */
export function checkExamples(program, { vocabulary, threats }) {
  const known = { vocabulary, threats: new Set(threats.keys()) };
  const wrong = PAGES.flatMap((page) =>
    blocks(readFileSync(root + page, 'utf8'))
      .flatMap((text) => {
        if (text.startsWith('maestro:')) return ofDescription(program, vocabulary, text);
        return text.startsWith('rule:') ? ofRule(program, known, text) : [];
      })
      .map((message) => `${page}: ${message}`),
  );
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

const blocks = (markdown) => [...markdown.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text]) => text);

function ofDescription(program, vocabulary, text) {
  const loaded = program.loadText('example', text);
  if (loaded.is === 'system')
    return program.checkControls(loaded.system, vocabulary).map(({ message }) => message);
  return loaded.is === 'invalid'
    ? loaded.problems.map(({ message }) => message)
    : ['an example is no description'];
}

function ofRule(program, known, text) {
  const name = /^id: (\S+)/m.exec(text)?.[1];
  const layer = /^layer: (\S+)/m.exec(text)?.[1];
  const { loaded, problems } = program.loadRule(`rules/${layer}/${name}.yaml`, text, known);
  if (!loaded) return problems.map(({ message }) => message);
  const rule = program.mapExpressions(loaded.rule, ({ run }) => run);
  return program
    .runRuleTests(rule, loaded.tests, known.vocabulary)
    .filter(({ passed }) => !passed)
    .map(({ test, expected, actual }) => `${name}: ${test}: wanted ${expected}, got ${actual}`);
}

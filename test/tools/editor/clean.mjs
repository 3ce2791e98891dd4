import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parse, parseDocument } from 'yaml';
import { ensure, ROOT } from '../support.mjs';
import { inEditor } from './server.mjs';
import { BEGINNING, ensureLines, marked, modeline } from './text.mjs';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** Paths, from the root, of the YAML files below a folder. */
const below = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => `${folder}/${path}`)
    .sort();

const EXAMPLES = below('examples').filter((path) => /^maestro: 1$/m.test(read(path)));
const WHOLE = 'test/golden/whole.maestro.yaml';
const RULES = below('rules').filter((path) => /^rule: 1$/m.test(read(path)));

/** Everything that may be written in more than one form, in each of them. */
const FORMS = [
  'agents: { a: { models: llm }, b: { models: [llm] }, c: { models: { llm: {} } }, d: { models: { llm: } } }',
  'agents: { a: { auth: mtls }, b: { auth: { method: mtls, ttl: 15m } } }',
  'agents: { a: { tools: t }, b: { tools: [t] }, c: { tools: { t: { actions: [x], approval: human } } } }',
  'agents: { a: { tools: { t: { actions: { x: { approval: { by: human, above: 100 USD } }, y: } } } } }',
  'tools: { a: { actions: [x] }, b: { actions: { x: {}, y: { effect: pay, targets: d } } } }',
  'controls: { a: true, b: false, c: planned, d: 60/min, e: 3, f: { status: planned, last: 2026-09-01, every: 90d } }',
  'controls: { a: { evidence: x.md }, b: { evidence: [x.md, { file: y.tf, contains: z }] }, c: { evidence: { url: u } } }',
  'data: { a: { retention: 365d }, b: { retention: forever }, c: { source: x.py }, d: { source: [x.py, y.py#z] } }',
  'data: { a: { links: [https://x.example, { title: t, url: u }] }, b: { version: 2.10 }, c: { version: 2 } }',
  'agents: { a: { tools: { t: { limits: { per_day: 250, per_call: 100, rate: 5/s } } } } }',
  'waivers: [{ rule: r, component: a, reason: x, owner: y }, { rule: r, component: [a, b], reason: x, owner: y }]',
  'assert: [{ id: a, never: { from: b, to: [c, d.e], unless: f } }, { id: g, that: "true", tests: [{ name: n, model: m, finds: [{ subject: [h, i] }] }] }]',
  'x-own: 1\nagents: { a: { x-own: [1] }, エージェント_1: {} }',
  'x-base: &base { autonomy: bounded }\nagents:\n  a:\n    <<: *base\n    learns: false',
];

async function findsNothingWrong(editor) {
  const files = [
    ...[...EXAMPLES, WHOLE].map((path) => [path, modeline('maestro-1') + read(path)]),
    ...RULES.map((path) => [path, modeline('rule-1') + read(path)]),
    ...RULES.flatMap((path) => models(path)),
    ['rules/controls.yaml', modeline('vocabulary-1') + read('rules/controls.yaml')],
    [
      'docs/config.md',
      modeline('config-1') + /^```yaml\n(config: 1\n[\s\S]*?)^```/m.exec(read('docs/config.md'))[1],
    ],
    ...FORMS.map((text) => [text, BEGINNING + text]),
    ...EXAMPLES.map((path) => [`${path} as a part`, modeline('maestro-part-1') + asPart(read(path))]),
  ];
  ensure(EXAMPLES.length > 3 && RULES.length > 10, `${EXAMPLES.length} examples, ${RULES.length} rules`);
  await Promise.all(
    files.map(async ([name, text], i) => ensureLines(name, await marked(editor, `${i}.yaml`, text), [])),
  );
  console.log(`     ${files.length} texts`);
}

/** The small descriptions in the tests of a rule, with the beginning that they leave out. */
const models = (path) =>
  parse(read(path)).tests.map(({ name, model }) => [
    `${path}: ${name}`,
    /^system:/m.test(model)
      ? `${modeline('maestro-1')}maestro: 1\n${model.replace(/^system:\s*\{/m, 'system: { name: desk, ')}`
      : BEGINNING + model,
  ]);

const asPart = (text) => text.replace(/^maestro: 1\n/m, '').replace(/^system:.*\n(?:[ \n].*\n|\n)*/m, '');

/** Over every key of the description that writes all of them, the editor says what it is. */
async function explainsEveryKey({ open }) {
  const text = modeline('maestro-1') + read(WHOLE);
  const document = await open('maestro.yaml', text);
  const lines = new LineCounter();
  const keys = keysOf(parseDocument(text, { lineCounter: lines }).contents);
  ensure(keys.length > 400, `${WHOLE} has ${keys.length} keys`);
  for (const key of keys) {
    const { line, col } = lines.linePos(key.range[0]);
    const shown = await document.hover({ line: line - 1, character: col - 1 });
    // Without its title, its words, its examples and the file it is from, something has to be left: the description.
    const said = shown.replace(/^####.*|Allowed Values:[\s\S]*|Example:[\s\S]*|Source: .*/gm, '').trim();
    ensure(said.length > 10, `over ${key.value} in line ${line - 1} of ${WHOLE} stands\n${shown}`);
  }
  await document.close();
}

/** At the beginning of every line, nothing is offered twice and everything comes with a word about it. */
async function repeatsNothing({ open }) {
  const path = 'examples/support-rag/hardened.maestro.yaml';
  const text = modeline('maestro-1') + read(path);
  const document = await open('maestro.yaml', text);
  let offers = 0;
  for (const [line, content] of text.split('\n').entries()) {
    if (content.trim() === '' || content.startsWith('#')) continue;
    const items = await document.completion({ line, character: content.search(/\S/) });
    const labels = items.map(({ label }) => label);
    const twice = labels.filter((label, i) => labels.indexOf(label) !== i);
    ensure(twice.length === 0, `line ${line} of ${path} offers ${twice.join(', ')} twice`);
    const silent = items.filter(({ documentation }) => !documentation).map(({ label }) => label);
    ensure(silent.length === 0, `line ${line} of ${path} says nothing about ${silent.join(', ')}`);
    offers += items.length;
  }
  ensure(offers > 1000, `only ${offers} offers`);
  await document.close();
}

/**
 * The keys of all maps below a node of YAML. What stands below an extension means nothing to us, and where a map is
 * merged in, the server looks at that one only.
 */
function keysOf(node) {
  if (isSeq(node)) return node.items.flatMap(keysOf);
  if (!isMap(node) || node.has('<<')) return [];
  return node.items.flatMap(({ key, value }) => [
    ...(isScalar(key) ? [key] : []),
    ...(String(key).startsWith('x-') ? [] : keysOf(value)),
  ]);
}

export const checks = [
  { name: 'the editor marks nothing in what is right', run: () => inEditor(findsNothingWrong) },
  { name: 'the editor explains every key of a whole description', run: () => inEditor(explainsEveryKey) },
  { name: 'the editor offers nothing twice and nothing without a word', run: () => inEditor(repeatsNothing) },
];

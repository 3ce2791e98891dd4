import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, ensureSame, maestro, ROOT } from '../support.mjs';
import { inEditor } from './server.mjs';
import { ensureLines, labels, marked, offered } from './text.mjs';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const PAGE = read('docs/editors.md');
const block = (language) => new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'm').exec(PAGE)[1];
const address = (schema) => JSON.parse(read(`schemas/${schema}.schema.json`)).$id;

/** By the name that `maestro schema` takes: the schema of each sort of file that people write. */
const SCHEMAS = {
  model: 'maestro-1',
  part: 'maestro-part-1',
  assert: 'assert-1',
  config: 'config-1',
  rule: 'rule-1',
  vocabulary: 'vocabulary-1',
};

/** The line that the page gives for the top of a file is all that is needed. */
async function knowsTheAddress(editor) {
  const text = block('yaml');
  ensureLines('the example of the page', await marked(editor, 'maestro.yaml', text), []);
  const wrong = text.replace('name:', 'nam:');
  ensureLines('the same with a mistake', await marked(editor, 'maestro.yaml', wrong), [
    '3:1-7 Missing property "name".',
    '3:11-14 Property nam is not allowed.',
  ]);
  const items = await offered(editor, 'maestro.yaml', `${text}agents:\n  a:\n    autonomy: ▮\n`);
  ensureLines('it offers', [labels(items)], ['suggest supervised bounded autonomous']);
  ensureLines('the editor was asked for', [...new Set(editor.fetched)], [address('maestro-1')]);
}

/** A file without such a line, and what is offered in it with the settings of the page. */
const BY_PATTERN = [
  ['maestro.yaml', 'maestro: 1\n▮', /^system include boundaries/],
  ['desk/maestro.yml', 'maestro: 1\n▮', /^system include boundaries/],
  ['desk/buying.maestro.yaml', 'maestro: 1\n▮', /^system include boundaries/],
  ['maestro.config.yaml', 'config: 1\n▮', /^paths ignore fail_on/],
  ['security/rules/agents/own.yaml', 'rule: 1\n▮', /^id title layer/],
  ['compose.yaml', 'services: {}\n▮', /^$/],
  ['desk/agents/buyer.yaml', 'agents: {}\n▮', /^$/],
];

async function knowsTheFiles(editor) {
  for (const [file, text, expected] of BY_PATTERN) {
    const found = labels(await offered(editor, file, text));
    ensure(expected.test(found), `in ${file} is offered: ${found}`);
  }
  const asked = [...new Set(editor.fetched)].sort();
  ensureLines('the editor was asked for', asked, ['config-1', 'maestro-1', 'rule-1'].map(address));
}

function namesEverySchema() {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const command = name === 'model' ? 'maestro schema' : `maestro schema ${name}`;
    ensure(PAGE.includes(`| \`${address(schema)}\` | \`${command}\` |`), `the page lacks ${address(schema)}`);
    const { code, stdout, stderr } = maestro(['schema', name]);
    ensure(code === 0, `maestro schema ${name} ended with ${code}\n${stderr}`);
    ensureSame(command, stdout, read(`schemas/${schema}.schema.json`));
  }
  ensureSame('maestro schema', maestro(['schema']).stdout, read('schemas/maestro-1.schema.json'));
}

export const checks = [
  { name: 'the editor finds the schema at its address', run: () => inEditor(knowsTheAddress) },
  {
    name: 'the editor knows our files by the settings of docs/editors.md',
    run: () => inEditor(knowsTheFiles, { schemas: JSON.parse(block('json'))['yaml.schemas'] }),
  },
  { name: 'docs/editors.md names every schema, and the program prints it', run: namesEverySchema },
];

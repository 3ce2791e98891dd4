import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

const AGENTS = [
  [/^@mastra\/core/, ['Agent']],
  [
    /^ai$/,
    [
      'Agent',
      'Experimental_Agent',
      'ToolLoopAgent',
      'generateText',
      'streamText',
      'generateObject',
      'streamObject',
    ],
  ],
  [/^@openai\/agents/, ['Agent', 'RealtimeAgent']],
  [/^(@langchain\/|langchain)/, ['createReactAgent', 'createAgent', 'createSupervisor']],
];

/** Agents and entries of lists of tools by parsers that are not the readers': CPython's and oxc. */
export function truthOf(folder, paths) {
  const python = spawnSync('python3', [join(import.meta.dirname, 'truth.py'), folder], {
    input: paths.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (python.status !== 0) throw new Error(python.stderr);
  const { agents, tools } = JSON.parse(python.stdout);
  for (const path of paths.filter((one) => !one.endsWith('.py'))) script(folder, path, agents, tools);
  return { agents, tools };
}

function script(folder, path, agents, tools) {
  const text = readFileSync(join(folder, path), 'utf8');
  let program;
  try {
    program = parseAst(text, { lang: /x$/.test(path) ? 'tsx' : /\.[mc]?ts$/.test(path) ? 'ts' : 'jsx' });
  } catch (error) {
    console.error(`${path}: ${String(error).split('\n')[0]}`);
    return;
  }
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const place = (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { file: path, line: line + 1, column: offset - starts[line] + 1 };
  };
  const imported = new Map();
  for (const node of program.body) {
    if (node.type !== 'ImportDeclaration') continue;
    for (const one of node.specifiers) {
      imported.set(one.local.name, [node.source.value, one.imported?.name ?? '*']);
    }
  }
  const objects = new Map();
  walk(program, (node) => {
    const value = node.type === 'VariableDeclarator' ? bare(node.init) : null;
    if (value && /^(?:Object|Array)Expression$/.test(value.type)) objects.set(node.id.name, value);
  });
  walk(program, (node) => {
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return;
    const name = node.callee.type === 'Identifier' ? node.callee.name : null;
    const [module, own] = imported.get(name) ?? [];
    if (!module || !AGENTS.some(([known, names]) => known.test(module) && names.includes(own))) return;
    agents.push(place(node.start));
    const options = node.arguments.find((one) => one.type === 'ObjectExpression');
    const given = options?.properties.find((one) => one.key?.name === 'tools');
    let value = given ? bare(given.value) : null;
    if (value?.type === 'Identifier') value = objects.get(value.name) ?? null;
    for (const property of value?.properties ?? []) {
      const names = property.key ? [property.key.name ?? property.key.value] : null;
      tools.push({ ...place((property.value ?? property).start), names });
    }
    for (const item of value?.elements ?? []) {
      tools.push({ ...place(item.start), names: item.type === 'Identifier' ? [item.name] : null });
    }
  });
}

/** Without what is for the compiler only. */
const bare = (node) => (node && /^TS(?:As|Satisfies|NonNull)/.test(node.type) ? bare(node.expression) : node);

function walk(node, visit) {
  if (Array.isArray(node)) for (const one of node) walk(one, visit);
  else if (node && typeof node === 'object') {
    if (typeof node.type === 'string') visit(node);
    for (const value of Object.values(node)) if (value && typeof value === 'object') walk(value, visit);
  }
}

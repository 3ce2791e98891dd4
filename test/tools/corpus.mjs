// node test/tools/corpus.mjs <folder>: reads a folder of real files (named owner__repository__path, one folder a kind)
// and compares every MCP server in them with what a person read off them. Needs the files; they are not part of the project.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledMutation } from './mutation.mjs';
import { removeFolders } from './support.mjs';

/** By file, each server: transport, package and pin, whether a credential is written there, what is auto-approved. */
const BY_HAND = {
  'anthropics__claude-code-action__base-action__test__mcp-test__.mcp.json': {
    'test-server': { transport: 'stdio' },
  },
  'microsoft__agent-governance-toolkit__agent-governance-claude-code__.mcp.json': {
    agt_governance: { transport: 'stdio' },
  },
  'Azure-Samples__azure-ai-travel-agents__.vscode__mcp.json': {
    'mcp-echo-ping': { transport: 'streamable-http', auth: 'bearer', exposure: 'loopback', from: 'prompt' },
    'mcp-itinerary-planning': { transport: 'streamable-http', auth: null, exposure: 'loopback' },
    'mcp-destination-recommendation': { transport: 'streamable-http', auth: null, exposure: 'loopback' },
    'mcp-customer-query': { transport: 'streamable-http', auth: null, exposure: 'loopback' },
  },
};

const KEYS = {
  transport: 'transport',
  package: 'package',
  pin: 'pin',
  secret: 'secret',
  auto: 'auto_approve',
  auth: 'auth',
  exposure: 'exposure',
  from: 'credentials_from',
};

const { mcpConfig } = await import(pathToFileURL(await bundledMutation()));
const folder = process.argv[2];
if (!folder) throw new Error('Name the folder of the files');
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => ({ kind: name, file })));
let servers = 0;
const wrong = [];
for (const { kind, file } of files) {
  const path = file.split('__').slice(2).join('/');
  const text = readFileSync(join(folder, kind, file), 'utf8');
  const facts = mcpConfig.wants(path) ? (mcpConfig.read(path, text, () => null)?.facts ?? []) : [];
  const found = Object.fromEntries(facts.map(({ name, attributes }) => [name, inWords(attributes)]));
  const expected = BY_HAND[file] ?? {};
  servers += Object.keys(expected).length;
  for (const name of new Set([...Object.keys(found), ...Object.keys(expected)])) {
    const [one, other] = [found[name], expected[name]].map((each) => JSON.stringify(sorted(each)));
    if (one !== other) wrong.push(`${file} ${name}\n  found    ${one}\n  by hand  ${other}`);
  }
}
const missing = Object.keys(BY_HAND).filter((file) => !files.some((each) => each.file === file));
for (const file of missing) wrong.push(`${file} is not there`);
console.log(`${files.length} files, ${servers} servers, ${wrong.length} wrong`);
for (const line of wrong) console.log(line);
removeFolders();
process.exitCode = wrong.length === 0 ? 0 : 1;

function inWords(attributes) {
  const there = Object.entries(KEYS).filter(([, key]) => key in attributes);
  return Object.fromEntries(there.map(([word, key]) => [word, plain(attributes[key].value)]));
}

function plain(value) {
  return Array.isArray(value) ? value.join(' ') : value;
}

function sorted(record) {
  return record && Object.fromEntries(Object.entries(record).sort());
}

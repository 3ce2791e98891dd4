import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { node24 } from '../install.mjs';
import { ensure, folder, ROOT } from '../support.mjs';

const PROGRAM = fileURLToPath(
  new URL('../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);
const NO_NETWORK = new URL('../block-network.mjs', import.meta.url).href;

/** How long the server may take for an answer, in milliseconds. */
const PATIENCE = 30_000;

/** What an editor with the usual abilities says about itself. */
const ABILITIES = {
  textDocument: {
    completion: { completionItem: { documentationFormat: ['markdown', 'plaintext'], snippetSupport: true } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    publishDiagnostics: {},
  },
  workspace: { configuration: true, workspaceFolders: true },
};

/**
 * Runs `use` with the real `yaml-language-server`: on Node 24, over stdio, with the repository as its folder, without
 * its catalogues of schemas, and without a network. A schema that lies at its published address is asked of the editor,
 * as VS Code has it, and comes from `schemas/`. `schemas` is the setting `yaml.schemas` of the editor.
 * Throws when `use` does, when the server reports an error of its own, or when it asks for the network.
 */
export async function inEditor(use, { schemas = {} } = {}) {
  const record = join(folder(), 'asked');
  writeFileSync(record, '');
  const server = start(record);
  try {
    await server.initialize(schemas);
    await use({ open: server.open, fetched: server.fetched });
    await server.stop();
  } finally {
    server.end();
  }
  ensure(server.said.length === 0, `the language server reports\n${server.said.join('\n')}`);
  const asked = readFileSync(record, 'utf8');
  ensure(asked === '', `the language server asked for the network: ${asked}`);
}

function start(record) {
  const child = spawn(node24(), ['--import', NO_NETWORK, PROGRAM, '--stdio'], {
    cwd: ROOT,
    env: { ...process.env, MAESTRO_NETWORK_RECORD: record },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const reader = new StreamMessageReader(child.stdout);
  // Else it keeps looking, for ever, after the rest of a message that a killed server had begun.
  reader.partialMessageTimeout = 0;
  const connection = createMessageConnection(reader, new StreamMessageWriter(child.stdin));
  const said = [];
  const fetched = [];
  const diagnosed = new Map();
  const settings = new Map();
  let opened = 0;
  child.stderr.on('data', (text) => said.push(String(text)));
  connection.onNotification('window/logMessage', ({ message }) => said.push(message));
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) =>
    diagnosed.get(uri)?.(diagnostics),
  );
  connection.onRequest('client/registerCapability', () => null);
  const configured = new Promise((resolve) => {
    connection.onRequest('workspace/configuration', ({ items }) => {
      resolve();
      return items.map(({ section }) => settings.get(section) ?? null);
    });
  });
  connection.onRequest('vscode/content', (address) => {
    fetched.push(address);
    return published(address);
  });
  connection.listen();

  const ended = new Promise((resolve) => child.once('exit', resolve));
  const gone = ended.then((code) => Promise.reject(new Error(`the language server ended with ${code}`)));
  gone.catch(() => {});
  const soon = (what, answer) => {
    let timer;
    const late = new Promise((_, reject) => {
      const message = `the language server does not answer: ${what}`;
      timer = setTimeout(() => reject(new Error(message)), PATIENCE);
    });
    return Promise.race([answer, gone, late]).finally(() => clearTimeout(timer));
  };
  const ask = (method, params) => soon(method, connection.sendRequest(method, params));
  const tell = (method, params) => connection.sendNotification(method, params);

  async function initialize(schemas) {
    settings.set('yaml', {
      schemas,
      schemaStore: { enable: false },
      kubernetesCRDStore: { enable: false },
    });
    const root = pathToFileURL(ROOT).href;
    await ask('initialize', {
      processId: process.pid,
      rootUri: root,
      workspaceFolders: [{ uri: root, name: 'repository' }],
      capabilities: ABILITIES,
    });
    await tell('initialized', {});
    await tell('yaml/registerContentRequest');
    await soon('settings', configured);
    // An answer to this comes after the settings were taken in.
    await ask('textDocument/hover', {
      textDocument: { uri: 'untitled:x' },
      position: { line: 0, character: 0 },
    });
  }

  /** Opens a text as a file that is not on the disk, in a folder of its own: the server confuses what it saw twice. */
  async function open(path, text) {
    const uri = pathToFileURL(join(ROOT, `${++opened}`, path)).href;
    const textDocument = { uri };
    const result = new Promise((resolve) => diagnosed.set(uri, resolve));
    await tell('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    return {
      diagnostics: () => soon(`diagnostics of ${path}`, result),
      completion: async (position) =>
        (await ask('textDocument/completion', { textDocument, position })).items,
      hover: async (position) =>
        (await ask('textDocument/hover', { textDocument, position }))?.contents.value ?? '',
      close: () => tell('textDocument/didClose', { textDocument }),
    };
  }

  async function stop() {
    await ask('shutdown');
    await tell('exit');
    await soon('exit', ended);
  }

  function end() {
    connection.dispose();
    child.kill();
  }

  return { said, fetched, initialize, open, stop, end };
}

/** The schema that is published under an address: its `$id`. */
function published(address) {
  const files = readdirSync(join(ROOT, 'schemas')).map((name) =>
    readFileSync(join(ROOT, 'schemas', name), 'utf8'),
  );
  const found = files.find((text) => JSON.parse(text).$id === address);
  if (found === undefined) throw new Error(`no schema is published under ${address}`);
  return found;
}

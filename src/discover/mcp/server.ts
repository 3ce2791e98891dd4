import { addressOf } from '../address.ts';
import type { Fact, FactValue, Plane, Unread } from '../fact.ts';
import { at, entriesOf, entryOf, type TreeEntry, type TreeNode, textOf } from '../read/tree.ts';
import { attributesOf, known, unknown } from '../values.ts';
import { approvalOf } from './approval.ts';
import { authOf } from './auth.ts';
import { commandOf } from './command.ts';
import { credentialsIn, credentialsInAddress, credentialsOf } from './credentials.ts';
import { type Launch, launchOf } from './launch.ts';
import { machinePlace } from './machine-path.ts';
import { scriptOf } from './script.ts';
import { secretFacts } from './secret-facts.ts';
import { remoteTransport, transportOf } from './transport.ts';
import { unwrap } from './unwrap.ts';
import { programOf, type Word } from './words.ts';

/** A server as a client's configuration names it. */
export interface Named {
  readonly file: string;
  readonly pointer: string;
  readonly client: string;
  readonly plane: Plane;
  readonly entry: TreeEntry;
}

export const READER = 'mcp-config';
const ADDRESS_KEYS = ['url', 'httpUrl', 'serverUrl', 'server_url', 'uri', 'endpoint', 'baseUrl'];
const ENV_KEYS = ['env', 'environment', 'envs'];
const HEADER_KEYS = ['headers', 'http_headers', 'requestInit'];
/** Packages that speak stdio to the client, and to a remote server whose address they are given. */
const BRIDGES = ['mcp-remote', 'mcp-proxy', 'fastmcp', 'supergateway', 'mcp-remote-client'];
/** To these clients a bare `url` means server-sent events. */
const SSE_CLIENTS = ['gemini', 'qwen'];
/** Headers and keys whose values are only names of environment variables. */
const ENV_HEADERS = ['env_http_headers', 'bearer_token_env_var'];

/** Whether something looks like the entry of a server: it has a command or an address. */
export const isServer = (node: TreeNode): boolean => commandOf(node).length > 0 || addressNode(node) !== null;

/** The facts of one server, and of the credentials that are written in it; what is wrong with it otherwise. */
export function readServer(named: Named): readonly Fact[] | Unread {
  const { file, entry } = named;
  // A bare address is what some clients take in place of an entry.
  const url = addressNode(entry.node) ?? (addressOf(textOf(entry.node) ?? '') ? entry.node : null);
  const words = commandOf(entry.node);
  const extension = isExtension(entry.node);
  if (url === null && words.length === 0 && !extension)
    return { file, line: entry.line, why: `\`${entry.key}\` has neither a command nor an address` };
  const word =
    textOf(at(entry.node, 'type')) ??
    textOf(at(entry.node, 'transport')) ??
    textOf(at(entry.node, 'transport', 'type'));
  const isLocal = words.length > 0 && (url === null || word === null || transportOf(word) === 'stdio');
  const shown = isLocal ? local(words, entry.node) : url ? remote(url, word, named) : byExtension(entry);
  const { attributes, credentials } = shown;
  const literal = credentials.find(({ origin }) => origin === 'literal');
  const origins = [...new Set(credentials.map(({ origin }) => origin))].sort();
  const fact: Fact = {
    kind: 'tool',
    name: entry.key,
    attributes: attributesOf({
      kind: known('mcp-server', entry),
      ...attributes,
      client: known(named.client, entry),
      secret: literal ? known(true, literal) : null,
      credentials_from: origins.length > 0 ? known(origins, credentials[0]!) : null,
      ...approvalOf(entry.node),
      disabled: disabledOf(entry.node),
    }),
    controls: {},
    links: [],
    source: { file, line: entry.line, column: entry.column, pointer: named.pointer },
    plane: named.plane,
    confidence: word === null && !isLocal ? 'parsed' : 'declared',
    reader: READER,
  };
  return [fact, ...secretFacts(named, credentials)];
}

interface Shown {
  readonly attributes: Readonly<Record<string, FactValue | null>>;
  readonly credentials: ReturnType<typeof credentialsOf>;
}

function local(words: readonly Word[], node: TreeNode): Shown {
  const launch = launchOf(unwrap(words));
  const values = ['cwd', ...ENV_KEYS].flatMap((key) => [
    at(node, key),
    ...entriesOf(at(node, key)).map((each) => each.node),
  ]);
  const script = launch?.package ? null : scriptOf(launch?.own ?? []);
  const machine = machinePlace(words[0]!, launch?.own ?? [], values);
  const bridged = BRIDGES.includes(launch?.package?.name ?? '')
    ? words.find(({ text }) => addressOf(text))
    : null;
  return {
    attributes: {
      transport: known('stdio', entryOf(node, 'command') ?? node),
      command: known(programOf(words[0]!.text), words[0]!),
      ...packageOf(launch),
      starts: script ? known(script.text, script) : null,
      machine_path: machine ? known(true, machine) : null,
      bridges_to: bridged ? known(addressOf(bridged.text)!.plain, bridged) : null,
    },
    credentials: [...ENV_KEYS.flatMap((key) => credentialsIn(at(node, key), 'env')), ...credentialsOf(words)],
  };
}

function packageOf(launch: Launch | null): Readonly<Record<string, FactValue | null>> {
  const found = launch?.package;
  if (!found || !launch?.word) return {};
  const { word } = launch;
  const pinned = found.pin === 'exact' || (found.pin === 'tag' && found.registry === 'oci');
  return {
    runner: known(launch.runner, word),
    registry: known(found.registry, word),
    package: known(found.name.replace(/\/\/[^/@]*@(?=[^/]*[/:])/, '//'), word),
    pin: found.pin === null ? unknown('the version comes from a variable', word) : known(found.pin, word),
    version:
      pinned && found.version !== null ? known(found.version.replace(/^(?:=+|v(?=\d))/, ''), word) : null,
  };
}

function remote(url: TreeNode, word: string | null, { client, entry: { node } }: Named): Shown {
  const text = textOf(url)!;
  const address = addressOf(text);
  const isSse = SSE_CLIENTS.includes(client) && at(node, 'httpUrl') === null;
  const headers = HEADER_KEYS.flatMap((key) => [at(node, key), at(node, key, 'headers')]).filter(
    (each) => each !== null,
  );
  const credentials = [
    ...headers.flatMap((each) => credentialsIn(each, 'header')),
    ...ENV_KEYS.flatMap((key) => credentialsIn(at(node, key), 'env')),
    ...credentialsInAddress(text, url),
    ...ENV_HEADERS.flatMap((key) => namesOf(at(node, key))),
  ];
  return {
    attributes: {
      transport: known(
        remoteTransport(word, address, isSse),
        at(node, 'type') ?? at(node, 'transport') ?? url,
      ),
      url: address ? known(address.plain, url) : unknown('the address comes from a variable', url),
      // A name on the internet may still be closed to strangers: only what cannot be reached from there is known.
      exposure: address?.exposure && address.exposure !== 'public' ? known(address.exposure, url) : null,
      auth: authOf(node, headers, credentials, url),
    },
    credentials,
  };
}

/** Keys of Codex whose values name environment variables: nothing is on disk. */
const namesOf = (node: TreeNode | null): Shown['credentials'] =>
  [...(node?.entries ?? []).map((entry) => entry.node), ...(textOf(node) === null ? [] : [node!])].map(
    ({ line, column }) => ({
      name: 'token',
      origin: 'environment' as const,
      in: 'header' as const,
      line,
      column,
    }),
  );

/** Zed starts servers that its extensions bring; only their settings are in the file. */
const isExtension = (node: TreeNode): boolean => at(node, 'settings')?.entries != null;

const byExtension = (entry: TreeEntry): Shown => ({
  attributes: { transport: unknown('an extension of the editor starts it', entry) },
  credentials: credentialsIn(at(entry.node, 'settings'), 'env'),
});

function addressNode(node: TreeNode): TreeNode | null {
  const nested = at(node, 'transport');
  for (const key of ADDRESS_KEYS) {
    const found = at(node, key) ?? at(nested, key);
    if (textOf(found)) return found;
  }
  return null;
}

function disabledOf(node: TreeNode): FactValue | null {
  const off = at(node, 'disabled');
  if (typeof off?.scalar === 'boolean') return off.scalar ? known(true, off) : null;
  const on = at(node, 'enabled');
  return on?.scalar === false ? known(true, on) : null;
}

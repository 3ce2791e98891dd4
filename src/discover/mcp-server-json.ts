import { addressOf } from './address.ts';
import type { Fact, FactValue, Reader } from './fact.ts';
import { transportOf } from './mcp/transport.ts';
import { readJson } from './read/json.ts';
import { at, type TreeNode, textOf } from './read/tree.ts';
import { attributesOf, known, unknown } from './values.ts';
import { isSecretName } from './written-secret.ts';

const NAME = /^[A-Za-z0-9.<>-]+\/[A-Za-z0-9._<>-]+$/;

/**
 * The file with which a repository publishes itself as an MCP server, in the spelling of 2025-07 and in those since.
 * Attributes beside those of the language: `registry`, `package`, `registries`, `transports`, `credentials` (names of
 * what it asks for).
 */
export const mcpServerJson: Reader = {
  name: 'mcp-server-json',
  wants: (path) => /(?:^|\/)server\.json$/.test(path),
  read: (path, text) => {
    const { root } = readJson(text);
    const name = at(root, 'name');
    const schema = textOf(at(root, '$schema')) ?? '';
    const packages = at(root, 'packages')?.items ?? [];
    const remotes = at(root, 'remotes')?.items ?? [];
    // Many other files are called so: mocks of servers, and configurations of web servers.
    const isOne =
      schema.includes('modelcontextprotocol') ||
      (NAME.test(textOf(name) ?? '') && packages.length + remotes.length > 0);
    if (!root || !isOne || !textOf(name)) return null;
    const version = at(root, 'version') ?? at(root, 'version_detail', 'version');
    const [first] = packages;
    const registry = at(first, 'registryType') ?? at(first, 'registry_type') ?? at(first, 'registry_name');
    const found = at(first, 'identifier') ?? at(first, 'name');
    const transports = [...packages.map(ofPackage), ...remotes.map(ofRemote)].filter((each) => each !== null);
    const secrets = [...packages, ...remotes].flatMap(secretsOf);
    const [remote] = remotes;
    const url = addressOf(textOf(at(remote, 'url')) ?? '');
    const distinct = [...new Set(transports.map(({ value }) => String(value)))];
    const fact: Fact = {
      kind: 'tool',
      name: textOf(name)!,
      attributes: attributesOf({
        kind: known('mcp-server', root),
        transport: transports[0] ?? unknown('the file names neither a package nor a remote address', root),
        transports: distinct.length > 1 ? known(distinct, transports[0]!) : null,
        version: textOf(version) ? known(textOf(version)!, version!) : null,
        registry: textOf(registry) ? known(registryWord(textOf(registry)!), registry!) : null,
        package: textOf(found) ? known(textOf(found)!, found!) : null,
        url: url ? known(url.plain, at(remote, 'url')!) : null,
        exposure: url?.exposure ? known(url.exposure, at(remote, 'url')!) : null,
        auth: remote ? authOf(remote) : null,
        credentials: secrets[0]
          ? known([...new Set(secrets.map((node) => textOf(node)!))], secrets[0])
          : null,
        publisher: known('first-party', name!),
      }),
      controls: {},
      links: [],
      source: { file: path, line: name!.line, column: name!.column, pointer: '' },
      plane: 'runtime',
      confidence: 'declared',
      reader: 'mcp-server-json',
    };
    return { facts: [fact], unread: [] };
  },
};

const registryWord = (word: string): string => (/^docker/.test(word) ? 'oci' : word);

/** Packages without a word about it speak over stdio: the first generation knew nothing else. */
function ofPackage(node: TreeNode): FactValue | null {
  const type = at(node, 'transport', 'type') ?? at(node, 'transport');
  const spoken = transportOf(textOf(type) ?? 'stdio');
  return spoken ? known(spoken, type ?? node) : null;
}

function ofRemote(node: TreeNode): FactValue | null {
  const type = at(node, 'type') ?? at(node, 'transport_type');
  return known(transportOf(textOf(type) ?? '') ?? 'streamable-http', type ?? node);
}

function authOf(remote: TreeNode): FactValue {
  const header = (at(remote, 'headers')?.items ?? []).find((each) => isSecret(each));
  if (!header)
    return unknown('the file names no secret header; a remote server often asks for OAuth instead', remote);
  return known(/authorization/i.test(textOf(at(header, 'name')) ?? '') ? 'bearer' : 'api-key', header);
}

function secretsOf(node: TreeNode): TreeNode[] {
  const variables = at(node, 'environmentVariables') ?? at(node, 'environment_variables');
  return [...(variables?.items ?? []), ...(at(node, 'headers')?.items ?? [])]
    .filter(isSecret)
    .map((each) => at(each, 'name'))
    .filter((name): name is TreeNode => textOf(name) !== null);
}

/** Where the file does not say whether something is secret, its name does. */
function isSecret(node: TreeNode): boolean {
  const said = at(node, 'isSecret') ?? at(node, 'is_secret');
  return typeof said?.scalar === 'boolean' ? said.scalar : isSecretName(textOf(at(node, 'name')) ?? '');
}

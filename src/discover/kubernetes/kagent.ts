import type { Fact, FactLink, FactValue } from '../fact.ts';
import { linkTo, makeFact } from '../make.ts';
import { at, entriesOf, flagOf, given, itemsOf, listed, type Tree, textOf, textsOf } from '../tree.ts';
import type { Manifest } from './manifest.ts';

/** Objects of kagent and ToolHive. Their kinds were renamed within a year, so that each is taken by what it holds. */
export function kagentFacts(manifest: Manifest): Fact[] {
  const { kind, map } = manifest;
  const spec = at(map, 'spec');
  if (!spec) return [];
  if (/Agent$/.test(kind)) return agentFacts(manifest, spec);
  if (/^ModelConfig$/.test(kind)) return [modelOf(manifest, spec)];
  if (/(?:MCPServer|ToolServer|MCPRemoteProxy)$/.test(kind)) return [serverOf(manifest, spec)];
  return [];
}

function agentFacts({ file, kind, name, spot, path }: Manifest, spec: Tree): Fact[] {
  const body = at(spec, 'declarative') ?? spec;
  const links: FactLink[] = [];
  const model = at(body, 'modelConfig') ?? at(body, 'modelConfigRef');
  if (model && textOf(model) !== null)
    links.push(linkTo('models', 'model', bare(textOf(model)!), model, file));
  for (const tool of itemsOf(at(body, 'tools'))) links.push(...toolLinks(tool, file));
  const memory = at(body, 'memory');
  const image = at(spec, 'byo', 'image') ?? at(spec, 'byo', 'deployment', 'image');
  return [
    makeFact({
      kind: 'agent',
      name,
      spot,
      path,
      reader: 'kubernetes',
      attributes: {
        framework: given('kagent', spot, file),
        description: text(at(spec, 'description'), file),
        image: text(image, file),
        memory: memory ? given(true, memory, file) : null,
        // Says where it runs; what it may reach there stands elsewhere, so that it proves no control.
        sandboxed: kind === 'SandboxAgent' ? given(true, spot, file) : null,
      },
      links,
    }),
  ];
}

/** A server with the tools that are let through, or another agent. */
function toolLinks(tool: Tree, file: string): FactLink[] {
  const server = at(tool, 'mcpServer');
  const name = at(server, 'name') ?? at(server, 'toolServer');
  if (server && name && textOf(name) !== null) {
    const names = listed(at(server, 'toolNames'), file);
    const approval = at(server, 'requireApproval');
    return [
      linkTo('tools', 'tool', bare(textOf(name)!), name, file, {
        ...(names ? { actions: names } : {}),
        ...(approval && textsOf(approval).length > 0
          ? { needs_approval: given(textsOf(approval), approval, file) }
          : {}),
      }),
    ];
  }
  const other = at(tool, 'agent', 'name') ?? at(tool, 'agent', 'ref');
  return other && textOf(other) !== null
    ? [linkTo('delegates_to', 'agent', bare(textOf(other)!), other, file)]
    : [];
}

function modelOf({ file, name, spot, path }: Manifest, spec: Tree): Fact {
  const provider = at(spec, 'provider');
  const url = entriesOf(spec)
    .map(({ value }) => at(value, 'baseUrl') ?? at(value, 'host') ?? at(value, 'azureEndpoint'))
    .find((each) => each !== null);
  const key = at(spec, 'apiKeySecret') ?? at(spec, 'apiKeySecretRef');
  return makeFact({
    kind: 'model',
    name,
    spot,
    path,
    reader: 'kubernetes',
    attributes: {
      provider:
        provider && textOf(provider) !== null ? given(textOf(provider)!.toLowerCase(), provider, file) : null,
      version: text(at(spec, 'model'), file),
      url: text(url ?? null, file),
      auth: key ? given('api-key', key, file) : null,
      hosting: /^ollama$/i.test(textOf(provider) ?? '') ? given('self-hosted', provider!, file) : null,
    },
  });
}

const TRANSPORTS: Readonly<Record<string, string>> = {
  sse: 'sse',
  http: 'streamable-http',
  streamable_http: 'streamable-http',
  'streamable-http': 'streamable-http',
  streamablehttp: 'streamable-http',
  stdio: 'stdio',
};

function serverOf({ file, kind, name, spot, path }: Manifest, spec: Tree): Fact {
  const config = at(spec, 'config');
  const inner = at(config, 'streamableHttp') ?? at(config, 'sse') ?? at(config, 'stdio') ?? spec;
  const key = ['streamableHttp', 'sse', 'stdio'].find((each) => at(config, each));
  const written = at(spec, 'protocol') ?? at(spec, 'transportType') ?? at(spec, 'transport');
  const word = TRANSPORTS[(textOf(written) ?? key ?? '').toLowerCase()];
  const headers = at(inner, 'headersFrom');
  const token = itemsOf(headers).find((item) => /^authorization$/i.test(textOf(at(item, 'name')) ?? ''));
  const image = at(spec, 'deployment', 'image') ?? at(spec, 'image');
  const args = [...textsOf(at(inner, 'args')), ...textsOf(at(spec, 'deployment', 'args'))];
  const profile = at(spec, 'permissionProfile');
  return makeFact({
    kind: 'tool',
    name,
    spot,
    path,
    reader: 'kubernetes',
    attributes: {
      kind: given('mcp-server', spot, file),
      transport: word
        ? given(word, written ?? inner, file)
        : kind === 'RemoteMCPServer'
          ? given('streamable-http', spot, file)
          : null,
      url: text(at(inner, 'url') ?? at(spec, 'remoteURL'), file),
      auth: token ? given('bearer', token, file) : null,
      image: text(image, file),
      args: args.length > 0 ? given(args, at(inner, 'args') ?? at(spec, 'deployment', 'args')!, file) : null,
      permission_profile: text(at(profile, 'name') ?? profile, file),
      tls_verification_off: flagOf(at(spec, 'tls', 'disableVerify'))
        ? given(true, at(spec, 'tls', 'disableVerify')!, file)
        : null,
    },
  });
}

/** A reference without its namespace: `kagent/default-model` names `default-model`. */
const bare = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

const text = (tree: Tree | null, file: string): FactValue | null => {
  const written = textOf(tree);
  return tree && written !== null ? given(written.trim(), tree, file) : null;
};

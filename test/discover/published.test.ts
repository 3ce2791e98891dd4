import { describe, expect, test } from 'vitest';
import { a2aCard } from '../../src/discover/a2a-card.ts';
import type { Reader } from '../../src/discover/fact.ts';
import { mcpServerJson } from '../../src/discover/mcp-server-json.ts';

const nothing = (): null => null;

function shown(reader: Reader, path: string, data: unknown) {
  expect(reader.wants(path)).toBe(true);
  const [fact] = reader.read(path, JSON.stringify(data), nothing)?.facts ?? [];
  if (!fact) return null;
  const values = Object.entries(fact.attributes).map(([key, { value }]) => [key, value]);
  return { name: fact.name, kind: fact.kind, plane: fact.plane, ...Object.fromEntries(values) };
}

describe('server.json', () => {
  test('of the newest generation', () => {
    const data = {
      $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
      name: 'io.github.acme/tickets',
      version: '1.2.0',
      packages: [
        {
          registryType: 'npm',
          identifier: '@acme/tickets',
          version: '1.2.0',
          transport: { type: 'stdio' },
          environmentVariables: [
            { name: 'TICKETS', isSecret: true },
            { name: 'LOG_TOKEN', isSecret: false },
          ],
        },
      ],
      remotes: [
        {
          type: 'sse',
          url: 'https://t.example.com/sse',
          headers: [{ name: 'Authorization', isSecret: true }],
        },
      ],
    };
    expect(shown(mcpServerJson, 'server.json', data)).toEqual({
      ...{ name: 'io.github.acme/tickets', kind: 'mcp-server', plane: 'runtime', publisher: 'first-party' },
      ...{ transport: 'stdio', transports: ['stdio', 'sse'], version: '1.2.0', registry: 'npm' },
      ...{ package: '@acme/tickets', url: 'https://t.example.com/sse', exposure: 'public', auth: 'bearer' },
      credentials: ['TICKETS', 'Authorization'],
    });
  });

  test('of the first generation', () => {
    const data = {
      name: 'io.github.acme/tickets',
      version_detail: { version: '0.3.1' },
      packages: [
        { registry_name: 'docker', name: 'acme/tickets', environment_variables: [{ name: 'API_KEY' }] },
      ],
    };
    expect(shown(mcpServerJson, 'a/server.json', data)).toMatchObject({
      ...{
        transport: 'stdio',
        version: '0.3.1',
        registry: 'oci',
        package: 'acme/tickets',
        credentials: ['API_KEY'],
      },
    });
  });

  test('other files of that name are none', () => {
    expect(shown(mcpServerJson, 'server.json', { posts: [{ id: 1 }], name: 'a/b' })).toBeNull();
    expect(shown(mcpServerJson, 'server.json', { name: 'web', port: 80, packages: [] })).toBeNull();
  });
});

const CARD = { name: 'Rates', skills: [{ id: 'convert' }], capabilities: {}, version: '1.0.0' };
const path = 'public/.well-known/agent-card.json';

describe('agent cards', () => {
  test('0.3 with a required scheme and a signature', () => {
    const data = {
      ...CARD,
      ...{
        protocolVersion: '0.3.0',
        url: 'http://localhost:10999',
        signatures: [{ protected: 'x', signature: 'y' }],
      },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X' }, sso: { type: 'openIdConnect' } },
      security: [{ sso: [] }],
    };
    expect(shown(a2aCard, path, data)).toEqual({
      ...{
        name: 'Rates',
        kind: 'agent',
        plane: 'runtime',
        protocol: 'a2a@0.3.0',
        url: 'http://localhost:10999',
      },
      ...{ exposure: 'loopback', auth: 'oidc', schemes: ['api-key', 'oidc'], 'card.signed': true },
      ...{ version: '1.0.0', skills: ['convert'] },
    });
  });

  test('1.0 wraps schemes and requirements', () => {
    const data = {
      ...CARD,
      capabilities: { extendedAgentCard: true },
      supportedInterfaces: [
        { url: 'https://r.example.com/a2a', protocolBinding: 'JSONRPC', protocolVersion: '1.0' },
      ],
      securitySchemes: { g: { oauth2SecurityScheme: { flows: { clientCredentials: {} } } } },
      securityRequirements: [{ schemes: { g: { list: ['read'] } } }],
    };
    expect(shown(a2aCard, path, data)).toMatchObject({
      ...{ protocol: 'a2a@1.0', url: 'https://r.example.com/a2a', exposure: 'public' },
      ...{ auth: 'oauth2-client-credentials', 'card.signed': false, extended_card: true },
    });
  });

  test('a scheme that nothing requires asks nobody; no scheme at all says nothing', () => {
    const schemes = { securitySchemes: { b: { type: 'http', scheme: 'bearer' } } };
    expect(shown(a2aCard, path, { ...CARD, ...schemes })?.['auth' as never]).toBe('none');
    expect(shown(a2aCard, path, { ...CARD, ...schemes, security: [{}, { b: [] }] })?.['auth' as never]).toBe(
      'none',
    );
    expect(shown(a2aCard, path, { ...CARD, ...schemes, security: [{ b: [] }] })?.['auth' as never]).toBe(
      'bearer',
    );
    expect(shown(a2aCard, path, CARD)?.['auth' as never]).toBeNull();
  });

  test('other files called agent.json are none', () => {
    expect(shown(a2aCard, 'agent.json', { name: 'x', model: 'y' })).toBeNull();
    expect(shown(a2aCard, 'agent.json', { name: 'x', skills: ['y'] })).toBeNull();
  });
});

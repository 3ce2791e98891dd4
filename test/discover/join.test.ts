import { describe, expect, test } from 'vitest';
import type { Fact, FactLink } from '../../src/discover/fact.ts';
import { slug } from '../../src/discover/join/ids.ts';
import { type Component, joinFacts } from '../../src/discover/join.ts';
import { Random } from '../support/random.ts';
import { factsOf, plain } from './facts.ts';

const fact = (kind: Fact['kind'], name: string, more: Partial<Fact> & { at?: string } = {}): Fact => {
  const [file = 'a.py', pointer = name] = (more.at ?? '').split('#').filter(Boolean);
  return {
    kind,
    name,
    attributes: {},
    controls: {},
    links: [],
    source: { file, line: 1, column: 1, pointer },
    plane: 'runtime',
    confidence: 'parsed',
    reader: 'python',
    ...more,
  };
};
const link = (as: string, toKind: Fact['kind'], to: string, more: Partial<FactLink> = {}): FactLink => ({
  as,
  toKind,
  to,
  line: 5,
  column: 3,
  ...more,
});
const value = (text: string | boolean | string[]) => ({ value: text, line: 2, column: 4 });
const from = (env: string) => ({ value: null, line: 3, column: 9, unresolved: `comes from ${env}`, env });

const by = (components: readonly Component[], id: string): Component => {
  const found = components.find((each) => each.id === id);
  if (!found) throw new Error(`no ${id} in ${components.map((each) => each.id)}`);
  return found;
};
const edges = ({ links }: Component): string[] => links.map(({ as, to }) => `${as} ${to}`);
const joined = (...facts: Fact[]) => joinFacts(facts).components;

describe('one thing', () => {
  test('the same server in three clients is one, another package of the same name is not', () => {
    const server = (at: string, name: string, of: string, pin: string) =>
      fact('tool', name, {
        at,
        reader: 'mcp-config',
        plane: 'development',
        attributes: { package: value(of), version: value(pin) },
      });
    const components = joined(
      server('.mcp.json#/mcpServers/gh', 'gh', 'server-gh', '1.0.0'),
      server('.cursor/mcp.json#/mcpServers/gh', 'gh', 'server-gh', '1.0.0'),
      server('.vscode/mcp.json#/servers/gh', 'gh', 'server-gh', '2.0.0'),
      server('sub/.mcp.json#/mcpServers/gh', 'gh', 'other-gh', '1.0.0'),
    );
    expect(components.map(({ id }) => id)).toEqual(['gh', 'gh-tool']);
    expect(by(components, 'gh').sources.map(({ file }) => file)).toEqual([
      '.mcp.json',
      '.cursor/mcp.json',
      '.vscode/mcp.json',
    ]);
    expect(by(components, 'gh').disputes).toMatchObject([
      {
        key: 'version',
        values: [
          { value: '1.0.0', file: '.mcp.json' },
          { value: '2.0.0', file: '.vscode/mcp.json' },
        ],
      },
    ]);
  });

  test('models by what they are called', () => {
    const model = (name: string, at: string, provider?: string) =>
      fact('model', name, {
        at,
        attributes: { version: value(name), ...(provider ? { provider: value(provider) } : {}) },
      });
    const ids = (...facts: Fact[]) => joined(...facts).map(({ id }) => id);
    expect(ids(model('gpt-4o', 'a.py'), model('openai/gpt-4o', 'b.py', 'openai'))).toEqual(['gpt-4o']);
    expect(ids(model('openai/gpt-4o', 'a.py', 'openai'), model('azure/gpt-4o', 'b.py', 'azure'))).toEqual([
      'azure-gpt-4o',
      'openai-gpt-4o',
    ]);
    expect(
      ids(
        model('gpt-4o', 'a.py'),
        model('openai/gpt-4o', 'b.py', 'openai'),
        model('azure/gpt-4o', 'c.py', 'azure'),
      ),
    ).toHaveLength(3);
    const onTwoPlanes = [
      model('gpt-4o', 'a.py'),
      { ...model('gpt-4o', 'b.py'), plane: 'development' as const },
    ];
    expect(ids(...onTwoPlanes)).toHaveLength(2);
  });

  test('agents of code with their configuration: CrewAI and langgraph.json', () => {
    const facts = factsOf({
      'one/src/config/agents.yaml': 'r: { role: a, goal: b, llm: openai/gpt-4o, max_iter: 3 }\n',
      'one/src/config/tasks.yaml': 't: { description: d, expected_output: o, agent: r, human_input: true }\n',
      'two/src/config/agents.yaml': 'r: { role: a, goal: b }\n',
      'langgraph.json': '{"graphs": {"main": "./svc/graph.py:app"}}',
    });
    const { components, notes } = joinFacts([
      ...facts.filter(({ reader }) => !['python', 'typescript'].includes(reader)),
      fact('agent', 'r', {
        at: 'one/src/crew.py#Crew.r',
        configKey: 'r',
        links: [link('tools', 'tool', 'search')],
      }),
      fact('agent', 'app', { at: 'svc/graph.py#app' }),
      fact('agent', 'r', { at: 'three/crew.py#r', configKey: 'r' }),
    ]);
    const agents = components.filter(({ kind }) => kind === 'agent');
    expect(agents.map(({ name, sources }) => `${name} ${sources.map(({ file }) => file)}`)).toEqual([
      'main langgraph.json,svc/graph.py',
      'r one/src/config/agents.yaml,one/src/crew.py',
      'r three/crew.py',
      'r two/src/config/agents.yaml',
    ]);
    const r = by(components, 'r');
    expect(plain(r.controls)).toEqual({ step_limit: '3', human_approval: true });
    expect(r.controls['human_approval']).toMatchObject({ file: 'one/src/config/tasks.yaml' });
    expect(edges(r)).toEqual(['models openai-gpt-4o']);
    expect(r.open).toMatchObject([
      { as: 'tools', to: 'search', file: 'one/src/crew.py', line: 5, why: 'nothing here is called search' },
    ]);
    expect(notes[0]?.links).toMatchObject([{ as: 'covers', to: 'r' }]);
  });

  test('an override wins, other files of a folder only dispute', () => {
    const components = joinFacts(
      factsOf({
        'compose.yaml': 'services: { db: { image: "postgres:16" } }',
        'compose.override.yaml': 'services: { db: { ports: ["5432:5432"] } }',
        'compose.prod.yaml': 'services: { db: { image: "postgres:17" } }',
        'other/compose.yaml': 'services: { db: { image: "postgres:15" } }',
      }),
    ).components;
    expect(components.map(({ id }) => id)).toEqual(['db', 'db-store']);
    const db = by(components, 'db');
    expect(plain(db.attributes)).toMatchObject({ version: '16', exposure: 'public' });
    expect(db.attributes['exposure']).toMatchObject({ file: 'compose.override.yaml' });
    expect(db.sources[0]!.file).toBe('compose.yaml');
    expect(db.disputes.map(({ key }) => key)).toEqual(['version']);
  });

  test('of several files the one that opens most says who can reach a thing', () => {
    const db = (ports: string) => `services: { db: { image: "postgres:16"${ports} } }`;
    const exposed = (files: Readonly<Record<string, string>>) => {
      const [found] = joinFacts(factsOf(files)).components;
      const { value, file } = found!.attributes['exposure']!;
      return [value, file, found!.disputes.map(({ key }) => key)];
    };
    expect(exposed({ 'compose.yaml': db(''), 'compose-dev.yaml': db(', ports: ["15432:5432"]') })).toEqual([
      'public',
      'compose-dev.yaml',
      ['exposure'],
    ]);
    expect(
      exposed({ 'compose.yaml': db(''), 'compose-dev.yaml': db(', ports: ["127.0.0.1:15432:5432"]') }),
    ).toEqual(['private', 'compose.yaml', ['exposure']]);
    // What a file changes is no choice.
    expect(
      exposed({
        'compose.yaml': db(', ports: ["5432:5432"]'),
        'compose.override.yaml': db(', ports: !override ["127.0.0.1:5432:5432"]'),
      })[0],
    ).toBe('loopback');
  });
});

describe('links', () => {
  test('the nearest of several names, none of several as near, and the definition before the name', () => {
    const components = joined(
      fact('agent', 'a', {
        at: 'x/a.py',
        links: [link('tools', 'tool', 'search'), link('tools', 'tool', 'twice')],
      }),
      fact('agent', 'b', {
        at: 'z/b.py',
        links: [link('tools', 'tool', 'search', { definition: { file: 'y/t.py', pointer: 'search' } })],
      }),
      fact('tool', 'search', { at: 'x/t.py#search' }),
      fact('tool', 'search', { at: 'y/t.py#search' }),
      fact('tool', 'twice', { at: 'v/t.py#twice' }),
      fact('tool', 'twice', { at: 'w/t.py#twice' }),
    );
    const target = (id: string) => by(components, by(components, id).links[0]!.to).sources[0]?.file;
    expect([target('a'), target('b')]).toEqual(['x/t.py', 'y/t.py']);
    expect(by(components, 'a').open).toMatchObject([
      { to: 'twice', why: 'several things here are called twice' },
    ]);
  });

  test('server names in permissions are written loosely', () => {
    const { notes } = joinFacts([
      fact('tool', 'my-server.x', {
        at: '.mcp.json#/mcpServers/x',
        plane: 'development',
        reader: 'mcp-config',
      }),
      fact('policy', 'p', {
        plane: 'development',
        links: [link('tools', 'tool', 'my_server_x', { attributes: { actions: value(['go']) } })],
      }),
    ]);
    expect(notes[0]).toMatchObject({
      links: [{ to: 'my-server-x', attributes: { actions: { value: ['go'] } } }],
      open: [],
    });
  });
});

describe('deployment', () => {
  const COMPOSE = `
services:
  api:
    build: ./svc
    environment: { MODEL: gpt-4o, MCP_URL: "http://gateway:8811/sse", CACHE: "redis://cache:6379" }
  gateway: { image: docker/mcp-gateway, command: [--servers=fetch] }
  cache: { image: redis }
`;
  const files = { 'compose.yaml': COMPOSE };
  const agent = (name = 'bot', at = `svc/${name}.py`) =>
    fact('agent', name, {
      at,
      attributes: { model: from('MODEL') },
      links: [
        link('models', 'model', 'MODEL', { unresolved: 'comes from MODEL' }),
        link('tools', 'tool', 'remote'),
      ],
    });
  const tool = fact('tool', 'remote', { at: 'svc/bot.py#remote', attributes: { url: from('MCP_URL') } });

  test('code on the container that is built from its folder, with what that sets', () => {
    const components = joined(...factsOf(files), agent(), tool);
    const bot = by(components, 'bot');
    expect(edges(bot)).toEqual(['tools gateway', 'runs_on api', 'models gpt-4o', 'flows cache']);
    expect(bot.open).toEqual([]);
    expect(bot.attributes['model']).toMatchObject({ value: 'gpt-4o', file: 'compose.yaml', line: 5 });
    expect(edges(by(components, 'api'))).toEqual([]);
    expect(by(components, 'gateway').sources.map(({ file }) => file)).toEqual(['compose.yaml', 'svc/bot.py']);
    expect(by(components, 'gpt-4o').sources).toMatchObject([
      { file: 'compose.yaml', line: 5, pointer: '/services/api/environment' },
    ]);
    expect(components.map(({ id }) => id).sort()).toEqual([
      'api',
      'bot',
      'cache',
      'fetch',
      'gateway',
      'gpt-4o',
    ]);
  });

  test('of two agents in one container nobody knows whose traffic it is', () => {
    const components = joined(...factsOf(files), agent('one'), agent('two'));
    expect(edges(by(components, 'one'))).toEqual(['runs_on api', 'models gpt-4o']);
    expect(edges(by(components, 'api'))).toEqual(['flows gateway', 'flows cache']);
  });

  test('of two containers of one folder none is certain', () => {
    const twice = {
      'compose.yaml':
        'services: { a: { build: ., environment: { MODEL: x } }, b: { build: { context: . } } }',
    };
    const bot = by(joined(...factsOf(twice), agent()), 'bot');
    expect(bot.open.map(({ as, why }) => `${as}: ${why}`)).toContain(
      'runs_on: several services are built from this folder: a, b',
    );
    expect(bot.attributes['model']).toMatchObject({ value: null });
    expect(edges(by(joined(...factsOf(files), agent('far', 'elsewhere/far.py')), 'far'))).toEqual([]);
  });

  test('`models:` of compose reach code by their variable', () => {
    const text =
      'services: { api: { build: ., models: { llm: { model_var: MODEL } } } }\nmodels: { llm: { model: ai/qwen3 } }\n';
    const components = joined(...factsOf({ 'compose.yaml': text }), agent());
    expect(edges(by(components, 'bot'))).toEqual(['runs_on api', 'models llm']);
    expect(components.filter(({ kind }) => kind === 'model')).toHaveLength(1);
  });

  test('network policies reach the pods that they choose', () => {
    const pod = (name: string, labels: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: ${labels} }\nspec: { containers: [{ image: acme/${name} }] }\n---\n`;
    const policy = (name: string, spec: string) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name} }\nspec: ${spec}\n---\n`;
    const components = joinFacts(
      factsOf({
        'pods.yaml': pod('a', '{ app: a, x: y }') + pod('b', '{ app: b }'),
        'net.yaml':
          policy('z', '{ podSelector: { matchLabels: { app: a } }, policyTypes: [Egress] }') +
          policy(
            'y',
            '{ podSelector: { matchLabels: { app: a } }, egress: [{ to: [{ podSelector: {} }] }] }',
          ),
      }),
    ).components;
    expect(by(components, 'a').attributes['egress']).toMatchObject({ value: 'allow-list', file: 'net.yaml' });
    expect(by(components, 'b').attributes).not.toHaveProperty('egress');
  });
});

describe('ids', () => {
  test('allowed characters, never empty, never mistaken', () => {
    const names = [
      'my server',
      '@scope/pkg',
      'a.b:c',
      'ключ',
      '',
      '---',
      'true',
      '__proto__',
      '💥',
      'x'.repeat(500),
      '-a-',
      'e\u0301',
    ];
    expect(names.map((name) => slug(name, 'tool'))).toEqual([
      'my-server',
      'scope-pkg',
      'a-b-c',
      'ключ',
      'tool',
      'tool',
      'true-tool',
      'proto-tool',
      'tool',
      'x'.repeat(80),
      'a',
      'é',
    ]);
    for (const name of names) expect(slug(name, 'tool')).toMatch(/^[\p{L}\p{M}\p{N}_-]+$/u);
  });

  test('no two alike, and the same whatever the order', () => {
    const kinds = ['agent', 'tool', 'host', 'store', 'monitor'] as const;
    const facts = Array.from({ length: 60 }, (_, i) =>
      fact(kinds[i % 5]!, ['a', 'a.b', 'a b', 'a-b-2'][i % 4]!, {
        at: `d${i % 7}/f${i % 3}.py#p${i}`,
        links: [link('tools', 'tool', 'a'), link('runs_on', 'host', 'a.b')],
      }),
    );
    const first = joinFacts(facts);
    expect(new Set(first.components.map(({ id }) => id)).size).toBe(60);
    for (let seed = 0; seed < 20; seed++) expect(joinFacts(new Random(seed).shuffled(facts))).toEqual(first);
  });
});

test('nothing is made of nothing; secrets stay apart', () => {
  expect(joinFacts([])).toEqual({ components: [], notes: [], secrets: [] });
  expect(joinFacts([fact('secret', 's')]).secrets).toHaveLength(1);
});

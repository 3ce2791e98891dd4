// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of compose files are written like this
import { describe, expect, test } from 'vitest';
import { hostsIn } from '../../src/discover/compose/edges.ts';
import { parseImage, roleOf } from '../../src/discover/compose/images.ts';
import { composeReader } from '../../src/discover/compose/reader.ts';
import { fill, namesSecret, readEnv } from '../../src/discover/compose/variables.ts';
import { find, linksOf, plain, readFrom } from './facts.ts';

const read = (text: string, more: Record<string, string> = {}) =>
  readFrom(composeReader, { 'app/compose.yaml': text, ...more }, 'app/compose.yaml');

test('which files', () => {
  const yes = [
    'compose.yaml',
    'a/docker-compose.yml',
    'docker-compose.dev.yml',
    'compose-prod.yaml',
    'local.compose.yaml',
    'docker-compose.override.yml',
  ];
  const no = ['decompose.yaml', 'compose.json', 'composer.yaml', 'values.yaml'];
  expect([...yes, ...no].filter(composeReader.wants)).toEqual(yes);
  expect(read('a: 1\n')).toBeNull();
  expect(read('')).toBeNull();
});

describe('what an image is', () => {
  const cases: Record<string, [string, string] | null> = {
    postgres: ['store', 'database'],
    'postgres:16': ['store', 'database'],
    'pgvector/pgvector:pg16': ['store', 'vector-store'],
    'docker.io/library/redis@sha256:00': ['store', 'state-store'],
    'localhost:5000/qdrant/qdrant': ['store', 'vector-store'],
    'ollama/ollama:latest': ['model', ''],
    'vllm/vllm-openai': ['model', ''],
    'ghcr.io/berriai/litellm:main': ['service', 'gateway'],
    'langfuse/langfuse:3': ['monitor', 'tracing'],
    'otel/opentelemetry-collector-contrib': ['monitor', 'tracing'],
    'docker/mcp-gateway': ['tool', 'mcp-proxy'],
    'mcp/duckduckgo': ['tool', 'mcp-server'],
    'quay.io/keycloak/keycloak:25': ['service', 'identity-provider'],
    'prometheuscommunity/postgres-exporter': ['monitor', 'metrics'],
    'acme/agent': null,
    'acme/gateway': null,
    'acme/redis-client-app': null,
    '': null,
  };
  for (const [image, expected] of Object.entries(cases))
    test(image || 'none', () => {
      const role = roleOf(image);
      expect(role && [role.kind, role.is]).toEqual(expected);
    });
  test('its parts', () => {
    expect(parseImage('localhost:5000/a/b')).toEqual({ name: 'localhost:5000/a/b', version: null });
    expect(parseImage('a/b:1@sha256:00')).toEqual({ name: 'a/b', version: 'sha256:00' });
  });
});

test('variables and their defaults', () => {
  const values = new Map([['A', 'x']]);
  const of = (text: string) => fill(text, values).text;
  expect([
    of('$A-${A}'),
    of('${B:-y}'),
    of('${B-}'),
    of('${B}'),
    of('$$A'),
    of('${A:+z}'),
    of('${B:?no}'),
  ]).toEqual(['x-x', 'y', '', null, '$A', 'z', null]);
  expect(readEnv('A=1 # one\nexport B="x # y"\n# C=2\n D = 3\nnothing\n')).toEqual([
    { name: 'A', value: '1', line: 1, column: 1 },
    { name: 'B', value: 'x # y', line: 2, column: 8 },
    { name: 'D', value: '3', line: 4, column: 2 },
  ]);
  const secret = ['POSTGRES_PASSWORD', 'OPENAI_API_KEY', 'JWT_SECRET', 'GITHUB_TOKEN', 'PGPASSWORD'];
  const open = [
    'MAX_TOKENS',
    'POSTGRES_PASSWORD_FILE',
    'KEYCLOAK_URL',
    'MONKEY',
    'TOKENIZERS_PARALLELISM',
    'OPENAI_MODEL',
  ];
  expect([...secret, ...open].filter(namesSecret)).toEqual(secret);
});

test('hosts in values', () => {
  const of = (name: string, value: string) => hostsIn(name, value).map(({ host }) => host);
  expect(of('DATABASE_URL', 'postgres://user:p@db:5432/x')).toContain('db');
  expect(of('DSN', 'user:pw@tcp(mysql:3306)/x')).toContain('mysql');
  expect(of('CONN', 'host=pg port=5432')).toContain('pg');
  expect(of('KAFKA', 'k1:9092,k2:9092')).toEqual(['k1', 'k2']);
  expect(of('DB_POSTGRESDB_HOST', 'postgres')).toEqual(['postgres']);
  expect(of('OLLAMA_HOST', 'ollama:11434')).toEqual(['ollama']);
  expect(of('DB_TYPE', 'postgres')).toEqual([]);
  expect(of('POSTGRES_USER', 'agent')).toEqual([]);
});

const WHOLE = `
x-common: &common
  read_only: true
  user: "1000"
  cap_drop: [ALL]
services:
  agent:
    <<: *common
    build: { context: ./agent, target: prod }
    environment:
      - DATABASE_URL=postgres://app:\${PW}@db:5432/x
      - CACHE_HOST=cache
      - MODEL_NAME=\${MODEL_NAME:-gpt-4o}
      - OPENAI_API_KEY
    depends_on:
      gateway: { condition: service_started }
      seed: { condition: service_completed_successfully }
    models: { llm: { model_var: LLM_NAME } }
    ports: ["127.0.0.1:8000:8000"]
    deploy: { resources: { limits: { memory: 1g } } }
  db:
    image: postgres:16.4
    environment: { POSTGRES_PASSWORD: hunter2hunter2 }
    ports: ["5432:5432"]
  cache:
    image: redis
    networks: [inside]
  seed:
    image: acme/seed@sha256:1111
    volumes: ["/srv/data:/data", "/var/run/docker.sock:/var/run/docker.sock"]
  gateway:
    image: docker/mcp-gateway:v2
    use_api_socket: true
    command: [--transport=streaming, --servers=github, "--servers", "fetch,time", --tools=search, --block-network]
  open:
    image: mysql
    environment: { MYSQL_ALLOW_EMPTY_PASSWORD: "true" }
  local:
    provider: { type: model, options: { model: ai/phi4 } }
  wrong: 3
models:
  llm: { model: ai/qwen3 }
networks:
  inside: { internal: true }
`;

describe('a whole file', () => {
  const reading = read(WHOLE);
  const fact = (kind: string, name: string) => find(reading, kind, name);

  test('an agent of ours, hardened by merged keys', () => {
    const agent = fact('host', 'agent');
    expect(plain(agent.attributes)).toEqual({
      kind: 'container',
      build: 'app/agent',
      target: ['prod'],
      exposure: 'loopback',
      ports: ['127.0.0.1:8000:8000'],
    });
    expect(plain(agent.controls)).toEqual({ hardened_runtime: true, resource_limits: true });
    expect(agent.controls['hardened_runtime']).toMatchObject({ line: 3 });
    expect(linksOf(agent)).toEqual([
      'flows store db',
      'flows store cache',
      'flows tool gateway',
      'flows model llm',
    ]);
    expect(plain(agent.environment!)).toEqual({
      LLM_NAME: 'ai/qwen3',
      DATABASE_URL: '? is set where the service is started',
      CACHE_HOST: 'cache',
      MODEL_NAME: 'gpt-4o',
      OPENAI_API_KEY: '? is set where the service is started',
    });
    expect(agent.source).toEqual({
      file: 'app/compose.yaml',
      line: 7,
      column: 3,
      pointer: '/services/agent',
    });
  });

  test('with `.env` beside it, addresses with variables are known, and stay masked', () => {
    const reading = read(WHOLE, { 'app/.env': 'PW=s3cret-s3cret\n' });
    expect(linksOf(find(reading, 'host', 'agent'))).toContain('flows store db');
    expect(JSON.stringify(reading)).not.toMatch(/s3cret|hunter2/);
  });

  test('stores', () => {
    expect(plain(fact('store', 'db').attributes)).toEqual({
      kind: 'database',
      version: '16.4',
      exposure: 'public',
      ports: ['5432:5432'],
      auth: 'basic',
    });
    expect(plain(fact('store', 'cache').attributes)).toEqual({ kind: 'state-store', exposure: 'private' });
    expect(plain(fact('host', 'cache').attributes)).toMatchObject({ egress: 'none', image: 'redis' });
    expect(plain(fact('store', 'open').attributes)).toMatchObject({ auth: 'none' });
    expect(reading?.facts.filter(({ name }) => name === 'db')).toHaveLength(1);
  });

  test('privileges, pins, gateway, models', () => {
    const seed = fact('host', 'seed');
    expect(plain(seed.attributes)).toMatchObject({
      image: 'acme/seed@sha256:1111',
      privileges: ['host-mount', 'docker-socket'],
    });
    expect(plain(seed.controls)).toEqual({ hardened_runtime: false });
    const gateway = fact('tool', 'gateway');
    expect(plain(gateway.attributes)).toMatchObject({
      kind: 'mcp-proxy',
      version: 'v2',
      transport: 'streamable-http',
      servers: ['github', 'fetch', 'time'],
      actions: ['search'],
    });
    expect(linksOf(gateway)).toEqual([
      'flows tool github',
      'flows tool fetch',
      'flows tool time',
      'runs_on host gateway',
    ]);
    expect(plain(fact('host', 'gateway').controls)).toEqual({ egress_filtering: true });
    expect(plain(fact('model', 'local').attributes)).toEqual({ hosting: 'self-hosted', version: 'ai/phi4' });
    expect(plain(fact('model', 'llm').attributes)).toEqual({ hosting: 'self-hosted', version: 'ai/qwen3' });
  });

  test('one bad service is said and drops no other', () => {
    expect(reading?.unread).toEqual([
      {
        file: 'app/compose.yaml',
        line: WHOLE.split('\n').indexOf('  wrong: 3') + 1,
        why: 'the service wrong is no map',
      },
    ]);
  });
});

test('an override changes the base and starts services of its own', () => {
  const files = {
    'compose.yaml':
      'services:\n  db: { image: "postgres:16" }\n  api: { build: ., environment: { A: "1" } }\n',
    'compose.override.yaml':
      'services:\n  db: { ports: ["5432:5432"] }\n  tools: { image: redis, environment: { URL: "http://api:80" } }\n',
    'compose.prod.yaml': 'services:\n  db: { image: "postgres:17", ports: !reset [] }\n',
  };
  const over = readFrom(composeReader, files, 'compose.override.yaml');
  const db = find(over, 'store', 'db');
  expect(db).toMatchObject({ overrides: 'compose.yaml', source: { file: 'compose.override.yaml', line: 2 } });
  expect(db.attributes['version']).toMatchObject({ value: '16', file: 'compose.yaml' });
  expect(db.attributes['exposure']).toMatchObject({ value: 'public', line: 2 });
  expect(linksOf(find(over, 'store', 'tools'))).toEqual(['flows host api']);
  expect(find(over, 'store', 'tools').overrides).toBeUndefined();
  expect(find(readFrom(composeReader, files, 'compose.prod.yaml'), 'store', 'db').overrides).toBeUndefined();
});

test('extends, also from another file, and not in a circle', () => {
  const files = {
    'compose.yaml':
      'services:\n  a: { extends: { file: base/c.yaml, service: b }, ports: ["1:1"] }\n  x: { extends: y }\n  y: { extends: x, image: redis }\n',
    'base/c.yaml': 'services:\n  b: { image: mongo, privileged: true }\n',
  };
  const reading = readFrom(composeReader, files, 'compose.yaml');
  expect(find(reading, 'store', 'a').attributes['kind']).toMatchObject({ file: 'base/c.yaml', line: 2 });
  expect(plain(find(reading, 'host', 'a').attributes)).toMatchObject({ privileges: ['privileged'] });
  expect(find(reading, 'store', 'y')).toBeDefined();
});

test('long forms, env_file, port ranges with variables', () => {
  const text =
    'services:\n  a:\n    image: acme/a\n    env_file: [{ path: a.env }]\n    ports: [{ target: 80, published: 8080, host_ip: 127.0.0.1 }, "${P}:80"]\n  vectors: { image: qdrant/qdrant, container_name: qd }\n';
  const reading = read(text, { 'app/a.env': '# here\nVECTORS=http://qd:6333\n' });
  const a = find(reading, 'host', 'a');
  expect(a.links).toMatchObject([{ to: 'vectors', file: 'app/a.env', line: 2, column: 1 }]);
  expect(a.attributes['exposure']).toMatchObject({ value: 'public' });
});

test('what has to be filled in is no secret in a file', () => {
  const withKey = (key: string, value: string) =>
    plain(
      find(read(`services:\n  a: { build: ., environment: { ${key}: "${value}" } }\n`), 'host', 'a').controls,
    );
  for (const value of ['your_openai_api_key', 'your-key', 'put-key-here', 'xxx', 'sk-...'])
    expect(withKey('OPENAI_API_KEY', value), value).toEqual({});
  expect(withKey('OPENAI_API_KEY', 'made-up-0c7d')).toEqual({ secrets_manager: false });
  // A database takes these words for what they are.
  expect(withKey('POSTGRES_PASSWORD', 'changeme')).toEqual({ secrets_manager: false });
});

test('a volume without a name is no folder of the machine', () => {
  const rights = (volume: string) =>
    plain(find(read(`services:\n  a: { build: ., volumes: ['${volume}'] }\n`), 'host', 'a').attributes)[
      'privileges'
    ];
  for (const volume of ['/app/node_modules', 'cache:/var/cache', './src:/app'])
    expect(rights(volume), volume).toBeUndefined();
  for (const volume of ['/srv:/data', '~/keys:/keys:ro', 'C:\\data:/data', 'D:/data:/data'])
    expect(rights(volume), volume).toEqual(['host-mount']);
  expect(rights('/var/run/docker.sock:/var/run/docker.sock')).toEqual(['docker-socket']);
});

test('the address of a published port says who can reach it; of several the most open', () => {
  const exposed = (...ports: string[]) =>
    find(read(`services:\n  a: { build: ., ports: ${JSON.stringify(ports)} }\n`), 'host', 'a').attributes[
      'exposure'
    ]?.value;
  expect(exposed('80:80')).toBe('public');
  expect(exposed('0.0.0.0:80:80')).toBe('public');
  expect(exposed('203.0.113.7:80:80')).toBe('public');
  expect(exposed('10.0.0.5:80:80')).toBe('private');
  expect(exposed('192.168.1.4:80:80', '127.0.0.1:81:81')).toBe('private');
  expect(exposed('172.32.0.1:80:80', '172.16.0.1:80:80')).toBe('public');
  expect(exposed('127.0.0.1:80:80')).toBe('loopback');
});

import { describe, expect, test } from 'vitest';
import { agentcoreReader } from '../../src/discover/config/agentcore.ts';
import { crewaiReader } from '../../src/discover/config/crewai.ts';
import { langgraphReader } from '../../src/discover/config/langgraph.ts';
import { litellmReader } from '../../src/discover/config/litellm.ts';
import { find, linksOf, plain, readFrom } from './facts.ts';

describe('langgraph.json', () => {
  const read = (text: string) =>
    readFrom(langgraphReader, { 'svc/langgraph.json': text }, 'svc/langgraph.json');

  test('graphs, sign-in, memory, variables', () => {
    const reading = read(`{
  "dependencies": ["."],
  "graphs": {
    "agent": "./src/agent.py:graph",
    "other": { "path": "src/other.ts:default", "description": "x" },
    "module": "pkg.agent:make",
    "bad": 3, "worse": {}
  },
  "env": { "MODEL": "gpt-4o", "OPENAI_API_KEY": "sk-not-for-eyes" },
  "auth": { "path": "./src/auth.py:auth" },
  "store": { "index": { "dims": 3 }, "ttl": { "default_ttl": 60 } },
  "checkpointer": { "ttl": { "default_ttl": 43200 } },
  "http": { "cors": { "allow_origins": ["*"] } }
}`);
    const agent = find(reading, 'agent', 'agent');
    expect(plain(agent.attributes)).toEqual({
      framework: 'langgraph',
      code: 'svc/src/agent.py#graph',
      auth: '? is decided by code in ./src/auth.py:auth',
      cors: ['*'],
    });
    expect(agent.source).toEqual({
      file: 'svc/langgraph.json',
      line: 4,
      column: 5,
      pointer: '/graphs/agent',
    });
    expect(linksOf(agent)).toEqual(['memory store langgraph-store', 'memory store langgraph-checkpoints']);
    expect(plain(agent.environment!)).toEqual({ MODEL: 'gpt-4o', OPENAI_API_KEY: '? is a secret' });
    expect(plain(find(reading, 'agent', 'other').attributes)['code']).toBe('svc/src/other.ts#default');
    expect(plain(find(reading, 'agent', 'module').attributes)['code']).toBe('? is the module pkg.agent:make');
    expect(plain(find(reading, 'store', 'langgraph-checkpoints').attributes)).toEqual({
      kind: 'state-store',
      retention: '43200m',
    });
    expect(JSON.stringify(reading)).not.toContain('not-for-eyes');
    expect(reading?.facts.filter(({ kind }) => kind === 'agent')).toHaveLength(3);
    expect(reading?.unread.map(({ line }) => line)).toEqual([7, 7]);
  });

  test('no auth is no fact, and other files are none', () => {
    expect(plain(find(read('{"graphs": {"a": "a.py:g"},}'), 'agent', 'a').attributes)).not.toHaveProperty(
      'auth',
    );
    expect(read('{"nodes": []}')).toBeNull();
    expect(read('')).toBeNull();
    expect(
      ['langgraph.json', 'a/langgraph.dev.json', 'mylanggraph.json'].filter(langgraphReader.wants),
    ).toHaveLength(2);
  });
});

describe('CrewAI', () => {
  const read = (path: string, text: string) => readFrom(crewaiReader, { [path]: text }, path);
  const AGENTS = `
researcher:
  role: >
    Senior
    researcher
  goal: Find
  backstory: Old
  llm: openai/gpt-4o
  tools: [search, scrape]
  allow_delegation: true
  max_iter: 7
  max_rpm: 10
  allow_code_execution: true
  code_execution_mode: unsafe
writer: { role: w, goal: g, backstory: b, allow_delegation: false }
notes: { text: none }
`;

  test('agents', () => {
    const reading = read('src/config/agents.yaml', AGENTS);
    const agent = find(reading, 'agent', 'researcher');
    expect(plain(agent.attributes)).toEqual({
      framework: 'crewai',
      description: 'Senior researcher',
      allow_delegation: true,
    });
    expect(plain(agent.controls)).toEqual({ step_limit: '7', rate_limit: '10/min' });
    expect(linksOf(agent)).toEqual([
      'models model openai/gpt-4o',
      'tools tool search',
      'tools tool scrape',
      'delegates_to agent writer',
      'tools tool researcher_code_execution',
    ]);
    expect(agent.links[1]).toMatchObject({ line: 9, column: 11 });
    expect(plain(find(reading, 'tool', 'researcher_code_execution').controls)).toEqual({ sandbox: false });
    expect(plain(find(reading, 'model', 'openai/gpt-4o').attributes)).toEqual({
      provider: 'openai',
      version: 'gpt-4o',
    });
    expect(linksOf(find(reading, 'agent', 'writer'))).toEqual([]);
    expect(reading?.facts.filter(({ kind }) => kind === 'agent')).toHaveLength(2);
  });

  test('a control of tasks counts when all tasks of an agent have it', () => {
    const reading = read(
      'config/tasks.yaml',
      `
a: { description: d, expected_output: o, agent: one, human_input: true, guardrail: check }
b: { description: d, expected_output: o, agent: two, human_input: true, context: [a] }
c: { description: d, expected_output: o, agent: two, human_input: false }
d: { description: d, expected_output: o }
`,
    );
    const controls = reading?.facts.map((fact) => [fact.name, plain(fact.controls), linksOf(fact)]);
    expect(controls).toEqual([
      ['a', { human_approval: true, output_validation: true }, ['covers agent one']],
      ['b', {}, ['covers agent two', 'from agent one']],
      ['c', {}, ['covers agent two']],
      ['d', {}, []],
    ]);
  });

  test('other files of these names', () => {
    expect(read('agents.yaml', 'agents: [{ name: x }]')).toBeNull();
    expect(read('tasks.yml', '- hosts: all\n  tasks: []')).toBeNull();
  });
});

test('LiteLLM', () => {
  const text = `
model_list:
  - model_name: smart
    litellm_params: { model: azure/gpt-4o, api_base: https://x.example, api_key: os.environ/AZURE_KEY, rpm: 6 }
  - model_name: leaky
    litellm_params: { model: claude-3-5-sonnet, api_key: plain-text-key }
  - model_name: late
    litellm_params: { model: os.environ/MODEL }
  - wrong
litellm_settings:
  callbacks: [langfuse, my.own.callback]
  fallbacks: [{ smart: [leaky] }]
general_settings: { master_key: os.environ/MASTER }
guardrails:
  - { guardrail_name: pii, litellm_params: { guardrail: presidio, mode: pre_call, default_on: true } }
  - { guardrail_name: opt, litellm_params: { guardrail: aim, mode: during_call } }
mcp_servers:
  deep: { url: https://mcp.example/mcp, transport: http, auth_type: bearer_token }
`;
  const reading = readFrom(litellmReader, { 'litellm_config.yaml': text }, 'litellm_config.yaml');
  expect(plain(find(reading, 'service', 'litellm').attributes)).toEqual({ kind: 'gateway', auth: 'api-key' });
  const smart = find(reading, 'model', 'smart');
  expect(plain(smart.attributes)).toEqual({
    provider: 'azure',
    version: 'gpt-4o',
    url: 'https://x.example',
    auth: 'api-key',
  });
  expect(plain(smart.controls)).toEqual({ rate_limit: '6/min', fallback: true });
  expect(plain(find(reading, 'model', 'leaky').attributes)).toMatchObject({ provider: 'anthropic' });
  expect(plain(find(reading, 'model', 'leaky').controls)).toEqual({ secrets_manager: false });
  expect(find(reading, 'model', 'late').attributes['version']).toMatchObject({ value: null, env: 'MODEL' });
  expect(linksOf(find(reading, 'service', 'pii'))).toHaveLength(3);
  expect(linksOf(find(reading, 'service', 'opt'))).toEqual([]);
  expect(linksOf(find(reading, 'monitor', 'langfuse'))).toHaveLength(3);
  expect(plain(find(reading, 'tool', 'deep').attributes)).toMatchObject({
    transport: 'streamable-http',
    auth: 'bearer',
  });
  expect(JSON.stringify(reading)).not.toContain('plain-text-key');
  expect(readFrom(litellmReader, { 'config.yaml': 'model_list: [a]' }, 'config.yaml')).toBeNull();
});

test('AgentCore', () => {
  const text = `
default_agent: a
agents:
  a:
    entrypoint: src/main.py
    aws:
      execution_role: arn:aws:iam::123456789012:role/a
      region: eu-west-1
      network_configuration: { network_mode: PUBLIC }
      observability: { enabled: true }
    memory: { mode: STM_ONLY }
    authorizer_configuration: { customJWTAuthorizer: { discoveryUrl: "https://x" } }
  b: { aws: { network_configuration: { network_mode: VPC } }, memory: { mode: NO_MEMORY } }
`;
  const reading = readFrom(
    agentcoreReader,
    { 'x/.bedrock_agentcore.yaml': text },
    'x/.bedrock_agentcore.yaml',
  );
  const agent = find(reading, 'agent', 'a');
  expect(plain(agent.attributes)).toEqual({
    code: 'x/src/main.py',
    principal: 'arn:aws:iam::123456789012:role/a',
    region: 'eu-west-1',
    auth: 'oidc',
  });
  expect(linksOf(agent)).toEqual(['runs_on host a_runtime', 'memory store a_memory']);
  expect(plain(find(reading, 'host', 'a_runtime').attributes)).toEqual({ kind: 'serverless', egress: 'any' });
  expect(plain(find(reading, 'host', 'b_runtime').attributes)).toEqual({ kind: 'serverless' });
  expect(reading?.facts.map(({ kind }) => kind)).toEqual([
    'agent',
    'host',
    'store',
    'monitor',
    'agent',
    'host',
  ]);
});

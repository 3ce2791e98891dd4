import { expect, test } from 'vitest';
import { composeReader } from '../../src/discover/compose/reader.ts';
import { agentcoreReader } from '../../src/discover/config/agentcore.ts';
import { crewaiReader } from '../../src/discover/config/crewai.ts';
import { langgraphReader } from '../../src/discover/config/langgraph.ts';
import { litellmReader } from '../../src/discover/config/litellm.ts';
import { joinFacts } from '../../src/discover/join.ts';
import { kubernetesReader } from '../../src/discover/kubernetes/reader.ts';
import { mutateText } from '../support/mutate-text.ts';
import { Random } from '../support/random.ts';
import { factsOf, type Repository } from './facts.ts';

const READERS = [
  composeReader,
  langgraphReader,
  crewaiReader,
  kubernetesReader,
  litellmReader,
  agentcoreReader,
];
const FILES: Repository = {
  'compose.yaml': `
x: &x { restart: always, environment: &e { DB: "postgres://u:p@db/x", A: "\${B:-c}" } }
services:
  a: { <<: *x, build: { context: ., target: t }, ports: ["1:1", { target: 2 }], depends_on: [db], extends: db, models: [m] }
  db: { image: "postgres:16", user: root, volumes: ["/:/host"], networks: [n], environment: { <<: *e } }
  g: { image: docker/mcp-gateway, command: [--servers, "a,b"], use_api_socket: true }
models: { m: { model: ai/x } }
networks: { n: { internal: true } }
`,
  'compose.override.yaml':
    'services:\n  a: { ports: !override ["3:3"] }\n  db: { extends: { file: compose.yaml, service: a } }\n',
  '.env': 'B=1\nC="x"\n',
  'langgraph.json':
    '{ "graphs": { "g": "./a.py:g", "h": { "path": "x" } }, "env": { "K": "v" }, "store": { "ttl": { "default_ttl": 1 } }, "auth": { "path": "a" } }',
  'config/agents.yaml':
    'a: { role: r, goal: g, llm: openai/x, tools: [t], allow_delegation: true }\nb: { role: r, goal: g, max_iter: 2 }\n',
  'config/tasks.yaml':
    't: { description: d, expected_output: o, agent: a, human_input: true, context: [u] }\nu: { description: d, expected_output: o, agent: b, guardrail: g }\n',
  'k8s.yaml': `apiVersion: v1
kind: Pod
metadata: { name: p, labels: { a: b } }
spec: { hostNetwork: true, containers: [{ image: redis, env: [{ name: X, value: y }], resources: { limits: { memory: 1 } } }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: n }
spec: { podSelector: { matchLabels: { a: b } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }
---
apiVersion: kagent.dev/v1
kind: Agent
metadata: { name: k }
spec: { declarative: { modelConfig: m, tools: [{ mcpServer: { name: s, toolNames: [x] } }] } }
`,
  'litellm.yaml':
    'model_list: [{ model_name: m, litellm_params: { model: openai/x, rpm: 1 } }]\nguardrails: [{ guardrail_name: g }]\nmcp_servers: { s: { url: u } }\n',
  '.bedrock_agentcore.yaml':
    'agents: { a: { entrypoint: x.py, aws: { observability: { enabled: true } }, memory: { mode: STM } } }\n',
};

test('no mutation of a file stops a reader or the join, and every fact has its place in its file', () => {
  const random = new Random(7);
  const paths = Object.keys(FILES);
  const whole = factsOf(FILES, READERS);
  expect(whole.length).toBeGreaterThan(25);
  for (let i = 0; i < 700; i++) {
    const path = paths[i % paths.length]!;
    const text = mutateText(FILES[path]!, FILES[random.pick(paths)]!, random);
    const files = { ...FILES, [path]: text };
    const facts = factsOf(files, READERS, path);
    const astray = facts.filter(({ source, attributes, links }) => {
      const places = [source, ...Object.values(attributes), ...links];
      const lines = files[source.file]!.split('\n').length;
      return source.line > lines || places.some(({ line, column }) => !(line > 0 && column > 0));
    });
    expect(astray).toEqual([]);
    const { components } = joinFacts([...facts, ...whole.filter(({ source }) => source.file !== path)]);
    expect(new Set(components.map(({ id }) => id)).size).toBe(components.length);
    const ids = new Set(components.map(({ id }) => id));
    expect(components.flatMap(({ links }) => links).filter(({ to }) => !ids.has(to))).toEqual([]);
  }
});

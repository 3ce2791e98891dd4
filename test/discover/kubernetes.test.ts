import { describe, expect, test } from 'vitest';
import { kubernetesReader } from '../../src/discover/kubernetes/reader.ts';
import { find, linksOf, plain, readFrom } from './facts.ts';

const read = (text: string, path = 'k8s/all.yaml') => readFrom(kubernetesReader, { [path]: text }, path);

const deployment = (pod: string, container: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: agent, namespace: prod }
spec:
  template:
    metadata: { labels: { app: agent, tier: back } }
    spec:
      ${pod}
      containers:
        - name: main
          image: acme/agent@sha256:11
          ${container}
`;
const HARD =
  'securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }';
const controls = (text: string) => plain(find(read(text), 'host', 'agent').controls);

describe('workloads', () => {
  test('proved only when everything is written', () => {
    expect(controls(deployment('', HARD))).toEqual({ hardened_runtime: true });
    expect(controls(deployment('', HARD.replace('runAsNonRoot: true, ', '')))).toEqual({});
    expect(controls(deployment('', HARD.replace('readOnlyRootFilesystem: true, ', '')))).toEqual({});
    expect(
      controls(
        deployment('securityContext: { runAsNonRoot: true }', HARD.replace('runAsNonRoot: true, ', '')),
      ),
    ).toEqual({ hardened_runtime: true });
    expect(controls(deployment('', ''))).toEqual({});
    expect(controls(deployment('', 'resources: { limits: { memory: 1Gi, cpu: "1" } }'))).toEqual({
      resource_limits: true,
    });
    expect(controls(deployment('', 'resources: { limits: { cpu: "1" } }'))).toEqual({});
  });

  test('contradicted', () => {
    const attributes = (text: string) => plain(find(read(text), 'host', 'agent').attributes)['privileges'];
    const cases: [string, string, string[]][] = [
      ['hostNetwork: true', HARD, ['host-network']],
      ['securityContext: { runAsUser: 0 }', '', ['root']],
      ['', 'securityContext: { privileged: true }', ['privileged']],
      [
        'volumes: [{ hostPath: { path: /var/run/docker.sock } }, { hostPath: { path: /srv } }]',
        '',
        ['docker-socket', 'host-mount'],
      ],
    ];
    for (const [pod, container, privileges] of cases) {
      expect(attributes(deployment(pod, container))).toEqual(privileges);
      expect(controls(deployment(pod, container))).toEqual({ hardened_runtime: false });
    }
  });

  test('account, token, labels, variables; no values of secrets', () => {
    const reading = read(
      deployment(
        'serviceAccountName: bot\n      automountServiceAccountToken: false',
        'env: [{ name: DB_PASSWORD, value: hush-hush-1 }, { name: MODEL, value: gpt-4o }]',
      ),
    );
    const host = find(reading, 'host', 'agent');
    expect(plain(host.attributes)).toEqual({
      kind: 'kubernetes',
      image: 'acme/agent@sha256:11',
      namespace: 'prod',
      labels: ['app=agent', 'tier=back'],
      service_account: 'bot',
      service_account_token: false,
    });
    expect(plain(host.controls)).toEqual({ secrets_manager: false });
    expect(plain(host.environment!)).toEqual({ DB_PASSWORD: '? is a secret', MODEL: 'gpt-4o' });
    expect(JSON.stringify(reading)).not.toContain('hush');
    expect(host.source.pointer).toBe('Deployment/agent');
  });

  test('a known image is what it is, on its host', () => {
    const reading = read(deployment('', '').replace('acme/agent@sha256:11', 'qdrant/qdrant:v1.9'));
    const store = find(reading, 'store', 'agent');
    expect(plain(store.attributes)).toEqual({ kind: 'vector-store', version: 'v1.9' });
    expect(linksOf(store)).toEqual(['runs_on host agent']);
  });
});

test('network policies and services that are open to the outside', () => {
  const policy = (spec: string) => {
    const reading = read(
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p }\nspec: ${spec}\n`,
    );
    return reading?.facts[0] ? plain(reading.facts[0].attributes)['egress'] : undefined;
  };
  expect(policy('{ podSelector: {}, policyTypes: [Egress] }')).toBe('none');
  expect(policy('{ podSelector: {}, egress: [] }')).toBe('none');
  expect(
    policy(
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }',
    ),
  ).toBe('allow-list');
  expect(policy('{ podSelector: {}, egress: [{ ports: [{ port: 443 }] }] }')).toBe('any');
  expect(policy('{ podSelector: {}, egress: [{}] }')).toBe('any');
  expect(policy('{ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }')).toBe('any');
  expect(policy('{ podSelector: {}, policyTypes: [Ingress] }')).toBeUndefined();
  const service = (type: string, more = '') =>
    read(
      `apiVersion: v1\nkind: Service\nmetadata: { name: s${more} }\nspec: { type: ${type}, selector: { app: agent } }\n`,
    )?.facts.length;
  expect([
    service('LoadBalancer'),
    service('ClusterIP'),
    service('LoadBalancer', ', annotations: { x/internal: "true" }'),
  ]).toEqual([1, 0, 0]);
});

test('kagent and ToolHive, several documents, by group and not by version', () => {
  const reading = read(`
apiVersion: kagent.dev/v1alpha9
kind: SandboxAgent
metadata: { name: helper, namespace: kagent }
spec:
  description: Helps
  declarative:
    modelConfig: kagent/default
    tools:
      - { type: McpServer, mcpServer: { kind: RemoteMCPServer, name: scan, toolNames: [analyze], requireApproval: [analyze] } }
      - { type: Agent, agent: { name: mate } }
      - 3
---
apiVersion: kagent.dev/v1alpha2
kind: ModelConfig
metadata: { name: default }
spec: { provider: OpenAI, model: gpt-4.1, apiKeySecret: s, openAI: { baseUrl: https://llm.example } }
---
apiVersion: kagent.dev/v1alpha2
kind: RemoteMCPServer
metadata: { name: scan }
spec: { url: "http://scan:8089/mcp", protocol: SSE, headersFrom: [{ name: Authorization, valueFrom: { type: Secret } }] }
---
apiVersion: kagent.dev/v1alpha1
kind: ToolServer
metadata: { name: old }
spec: { config: { stdio: { command: npx, args: [x] } } }
---
apiVersion: toolhive.stacklok.dev/v1alpha1
kind: MCPServer
metadata: { name: fetch }
spec: { image: ghcr.io/x/fetch:1, transport: stdio, permissionProfile: { type: builtin, name: network } }
---
kind: Agent
`);
  const agent = find(reading, 'agent', 'helper');
  expect(plain(agent.controls)).toEqual({});
  expect(plain(agent.attributes)).toMatchObject({ framework: 'kagent', sandboxed: true });
  expect(linksOf(agent)).toEqual(['models model default', 'tools tool scan', 'delegates_to agent mate']);
  expect(plain(agent.links[1]!.attributes!)).toEqual({ actions: ['analyze'], needs_approval: ['analyze'] });
  expect(agent.source).toMatchObject({ line: 4, column: 19, pointer: 'SandboxAgent/helper' });
  expect(plain(find(reading, 'model', 'default').attributes)).toEqual({
    provider: 'openai',
    version: 'gpt-4.1',
    url: 'https://llm.example',
    auth: 'api-key',
  });
  expect(plain(find(reading, 'tool', 'scan').attributes)).toMatchObject({
    transport: 'sse',
    url: 'http://scan:8089/mcp',
    auth: 'bearer',
  });
  expect(plain(find(reading, 'tool', 'old').attributes)).toMatchObject({ transport: 'stdio', args: ['x'] });
  expect(plain(find(reading, 'tool', 'fetch').attributes)).toMatchObject({
    transport: 'stdio',
    permission_profile: 'network',
  });
});

test('templates of Helm are said to be unread; other YAML is none', () => {
  expect(
    read(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n',
      'chart/templates/d.yaml',
    ),
  ).toEqual({
    facts: [],
    unread: [
      { file: 'chart/templates/d.yaml', line: 4, why: 'it is a template; what it renders to can be read' },
    ],
  });
  expect(read('a: 1\n')).toBeNull();
  expect(read('apiVersion: v1\nkind: ConfigMap\n')).toBeNull();
});

/**
 * The lines that one component of each section gets, as a person would write them: `refs` picks ids of other components,
 * `controls` writes a control block of that kind, `r` are the random choices.
 */
export const SECTIONS = [
  ['actors', 'actor', 0.07, actor],
  ['models', 'model', 0.08, model],
  ['data', 'store', 0.17, store],
  ['agents', 'agent', 0.25, agent],
  ['tools', 'tool', 0.22, tool],
  ['infrastructure', 'host', 0.08, host],
  ['observability', 'monitor', 0.05, monitor],
  ['security', 'service', 0.04, service],
  ['ecosystem', 'peer', 0.04, peer],
];

export const TOOL_ACTIONS = ['search', 'fetch', 'update', 'submit', 'remove'];
const EFFECTS = { search: 'read', fetch: 'read', update: 'write', submit: 'send', remove: 'delete' };

const list = (values) => `[${values.join(', ')}]`;
const optional = (line, when) => (when ? [line] : []);

function actor({ r, refs, controls }) {
  return [
    `kind: ${r.pick(['user', 'user', 'operator', 'admin', 'system', 'content'])}`,
    `boundary: ${refs.one('boundary')}`,
    ...optional(`auth: { method: ${r.pick(['oidc', 'saml', 'session'])}, provider: sso }`, r.chance(0.7)),
    ...controls('actor', 1),
  ];
}

function model({ r, refs, controls }) {
  return [
    `provider: ${r.pick(['example-vendor', 'other-vendor', 'in-house'])}`,
    `version: ${r.pick(['planner', 'worker', 'small'])}-${r.below(5)}-2026-0${1 + r.below(9)}-11`,
    `hosting: ${r.pick(['vendor', 'vendor', 'self-hosted', 'edge'])}`,
    ...optional(`trained_on: ${list(refs.many('store', 1))}`, r.chance(0.4)),
    ...optional(`runs_on: ${refs.one('host')}`, r.chance(0.4)),
    ...controls('model', 2),
  ];
}

function store({ r, refs, controls }) {
  return [
    `kind: ${r.pick(['vector-store', 'knowledge-base', 'memory', 'database', 'files', 'queue', 'config'])}`,
    `classification: ${r.pick(['public', 'internal', 'confidential', 'restricted'])}`,
    ...optional(`contains: ${list(r.some(['pii', 'phi', 'financial', 'credentials'], 2))}`, r.chance(0.4)),
    ...optional(`boundary: ${refs.one('boundary')}`, r.chance(0.5)),
    ...optional(`ingests: ${list(refs.many(r.pick(['actor', 'store', 'tool', 'peer']), 1))}`, r.chance(0.5)),
    ...optional(`runs_on: ${refs.one('host')}`, r.chance(0.5)),
    `retention: ${r.pick(['30d', '90d', '365d', 'session'])}`,
    ...controls('store', 2),
  ];
}

function agent({ r, refs, controls }) {
  return [
    `framework: ${r.pick(['langgraph@1.4.2', 'crewai@0.80.1', 'autogen@0.9.0'])}`,
    `role: ${r.pick(['planner', 'orchestrator', 'worker', 'worker', 'reviewer'])}`,
    ...optional(`autonomy: ${r.pick(['suggest', 'supervised', 'bounded', 'autonomous'])}`, r.chance(0.9)),
    `runs_on: ${refs.one('host')}`,
    ...optional(`serves: ${list(refs.many('actor', 1))}`, r.chance(0.5)),
    `models: ${list(refs.many('model', 1))}`,
    `reads: ${list(refs.many('store', 1 + r.below(2)))}`,
    ...optional(`writes: ${list(refs.many('store', 1))}`, r.chance(0.4)),
    ...optional(`memory: ${refs.one('store')}`, r.chance(0.3)),
    ...optional(`delegates_to: { ${refs.one('agent')}: { auth: mtls } }`, r.chance(0.4)),
    ...optional(
      'identity: { provider: aws-iam, principal: "role/agent", credential: workload, ttl: 1h }',
      r.chance(0.6),
    ),
    'tools:',
    ...refs.many('tool', 1 + r.below(2)).map((id) => `  ${id}: ${grant(r)}`),
    ...controls('agent', 3),
  ];
}

const grant = (r) =>
  r.pick([
    '{}',
    `{ actions: ${list(r.some(TOOL_ACTIONS, 2))} }`,
    `{ actions: ${list(r.some(TOOL_ACTIONS, 1))}, approval: human, limits: { rate: 60/min } }`,
    '{ actions: { submit: { approval: { by: human, above: 100 USD }, limits: { per_day: 1000 USD } } } }',
  ]);

function tool({ r, refs, controls }) {
  return [
    `kind: ${r.pick(['mcp-server', 'mcp-server', 'api', 'function', 'sql', 'browser', 'retrieval'])}`,
    `transport: ${r.pick(['stdio', 'streamable-http', 'https', 'grpc'])}`,
    ...optional(
      `auth: { method: ${r.pick(['oauth2-client-credentials', 'bearer', 'api-key'])}, token: own }`,
      r.chance(0.6),
    ),
    `publisher: ${r.pick(['first-party', 'vendor', 'community'])}`,
    `version: ${1 + r.below(9)}.${r.below(20)}.0`,
    ...optional(`runs_on: ${refs.one('host')}`, r.chance(0.6)),
    'actions:',
    ...TOOL_ACTIONS.map((name) => `  ${name}: { effect: ${EFFECTS[name]}${targets(r, refs)} }`),
    ...controls('tool', 2),
  ];
}

const targets = (r, refs) =>
  r.chance(0.3) ? `, targets: ${list(refs.many(r.pick(['store', 'store', 'peer']), 1))}` : '';

function host({ r, refs, controls }) {
  return [
    `kind: ${r.pick(['kubernetes', 'container', 'vm', 'serverless', 'workstation', 'gateway'])}`,
    `boundary: ${refs.one('boundary')}`,
    `exposure: ${r.pick(['private', 'private', 'loopback', 'public'])}`,
    `egress: ${r.pick(['none', 'allow-list', 'any'])}`,
    ...controls('host', 2),
  ];
}

function monitor({ r, refs, controls }) {
  return [
    `kind: ${r.pick(['audit-trail', 'log', 'tracing', 'metrics', 'siem'])}`,
    `observes: ${list(refs.many(r.pick(['agent', 'tool']), 3))}`,
    `records: ${list(r.some(['auth', 'tool-calls', 'decisions', 'messages'], 2))}`,
    'timestamps: millisecond',
    'retention: 365d',
    ...controls('monitor', 1),
  ];
}

function service({ r, refs, controls }) {
  return [
    `kind: ${r.pick(['identity-provider', 'policy-engine', 'secrets-manager', 'guardrail', 'gateway'])}`,
    `covers: ${list(refs.many(r.pick(['agent', 'tool']), 3))}`,
    ...controls('service', 1),
  ];
}

function peer({ r, refs, controls }) {
  return [
    `kind: ${r.pick(['external-agent', 'registry', 'business-system', 'website'])}`,
    `boundary: ${refs.one('boundary')}`,
    ...optional(`publishes: ${list(refs.many('tool', 1))}`, r.chance(0.4)),
    ...optional('card: { url: "https://peer.example/card.json", signed: true }', r.chance(0.4)),
    ...controls('peer', 1),
  ];
}

import { type Component, type Edge, edgesInto, edgesOf, textOf } from '../model/system.ts';
import { boundaryOf } from '../model/zones.ts';
import { crossesProcess } from './crossing.ts';
import type { Permit } from './enforces.ts';
import type { Node, Step } from './graph.ts';
import { textsOf, type WrittenText } from './texts.ts';
import { TYPE_OF_KIND } from './types.ts';
import { undeclared } from './undeclared.ts';
import type { View, Viewers } from './view.ts';
import { authOf, dataFlows, endsOf, isWildcard, protocolOf } from './world.ts';

/** A field that nobody writes: computed from the whole system. */
export interface Derived {
  readonly type: string;
  /** One line for `maestro rules --functions`. */
  readonly says: string;
  readonly read: (view: View, viewers: Viewers) => unknown;
}

type Fields = Readonly<Record<string, Derived>>;
const field = (type: string, says: string, read: Derived['read']): Derived => ({ type, says, read });

const it = <T>(view: View): T => view.it as unknown as T;
const idOf = (view: View): string => it<Component>(view).id;

/** What every component has. */
const ANY: Fields = {
  id: field('string', 'id it is written under', idOf),
  type: field(
    'string',
    'what it is: agent, model, store, tool, action, host, monitor, service, peer, actor',
    (v) => it<Component>(v).kind,
  ),
  layer: field('string', 'its MAESTRO layer', (v) => it<Component>(v).layer ?? ''),
  boundary: field(
    'string',
    'id of its trust zone, its own or that of its host',
    (v) => boundaryOf(it(v))?.id ?? '',
  ),
  trust: field('string', 'trust of its zone: untrusted, partner, internal, restricted', (v) =>
    v.world.trustOf(it(v)),
  ),
  private: field('bool', 'holds data that is confidential, restricted or of a sensitive kind', (v) =>
    v.world.isPrivate(it(v)),
  ),
  attacker_controlled: field('bool', 'an attacker controls it by declaration', (v) =>
    v.world.isAttackerControlled(it(v)),
  ),
  observed_by: field('list<Monitor>', 'monitors that observe it', (v, make) =>
    edgesInto(it(v), 'observed_by').map((edge) => make.component(v.world, edge.from, 'Monitor')),
  ),
  covered_by: field('list<Service>', 'security services that cover it', (v, make) =>
    edgesInto(it(v), 'covered_by').map((edge) => make.component(v.world, edge.from, 'Service')),
  ),
};

const ACTION: Fields = {
  id: field('string', 'tool and action: `payments.approve`', idOf),
  name: field('string', 'name of the action', (v) => idOf(v).slice(it<Component>(v).tool!.id.length + 1)),
  effect: field('string', 'read, write, delete, send, pay, execute or admin', (v) => v.world.effectOf(it(v))),
  high_impact: field('bool', 'pays, deletes, administers, or cannot be undone', (v) =>
    v.world.isHighImpact(it(v)),
  ),
  outbound: field('bool', 'what goes in leaves the system', (v) => v.world.isOutbound(it(v))),
  tool: field('Tool', 'the tool it belongs to', (v, make) => make.component(v.world, it<Component>(v).tool!)),
};

/** What every edge has, seen from who calls to who is called. */
const EDGE: Fields = {
  key: field(
    'string',
    'key it is declared under: reads, tools, delegates_to, flows, …',
    (v) => it<Edge>(v).key,
  ),
  from: field('Component', 'who calls', (v, make) =>
    make.component(v.world, endsOf(it(v)).from, 'Component'),
  ),
  to: field('Component', 'who is called', (v, make) =>
    make.component(v.world, endsOf(it(v)).to, 'Component'),
  ),
  auth: field('Auth', 'authentication in force: its own, else what the callee demands', (v, make) =>
    make.view(v.world, 'Auth', it(v), authOf(it(v)), `${v.owner}.auth`),
  ),
  protocol: field('string', 'its protocol, else that of who is called', (v) => protocolOf(it(v))),
  approval: field('Approval', 'who has to approve what crosses it', (v, make) =>
    nearest(v, make, 'Approval', 'approval', 'by', [v.raw]),
  ),
  limits: field('Limits', 'caps on what crosses it', (v, make) =>
    nearest(v, make, 'Limits', 'limits', '', [v.raw]),
  ),
  allow: field('Allow', 'what alone may cross it', (v, make) =>
    nearest(v, make, 'Allow', 'allow', '', [v.raw]),
  ),
  crosses_zone: field('bool', 'its ends are in different trust zones', (v) => {
    const { from, to } = endsOf(it(v));
    return boundaryOf(from) !== boundaryOf(to);
  }),
  crosses_process: field(
    'bool',
    'its ends are not one program: a protocol, authentication, zone or host says so, or one is no agent of ours',
    (v) => crossesProcess(it(v), v.owner),
  ),
};

const PERMIT: Fields = {
  id: field('string', 'tool and action: `payments.approve`', (v) => it<Permit>(v).action.id),
  name: field('string', 'name of the action', (v) =>
    it<Permit>(v).action.id.slice(it<Permit>(v).grant.to.id.length + 1),
  ),
  effect: field('string', 'read, write, delete, send, pay, execute or admin', (v) =>
    v.world.effectOf(it<Permit>(v).action),
  ),
  irreversible: field(
    'bool',
    'it cannot be undone',
    (v) => it<Permit>(v).action.raw['irreversible'] === true,
  ),
  high_impact: field('bool', 'pays, deletes, administers, or cannot be undone', (v) =>
    v.world.isHighImpact(it<Permit>(v).action),
  ),
  outbound: field('bool', 'what goes in leaves the system', (v) => v.world.isOutbound(it<Permit>(v).action)),
  approval: field(
    'Approval',
    'its own approval, else that of the grant, else that of the action',
    (v, make) => {
      const { grant, action, raw } = it<Permit>(v);
      return nearest(v, make, 'Approval', 'approval', 'by', [raw, grant.raw, action.raw]);
    },
  ),
  limits: field('Limits', 'its own limits, else those of the grant, the action or the tool', (v, make) => {
    const { grant, action, raw } = it<Permit>(v);
    return nearest(v, make, 'Limits', 'limits', '', [raw, grant.raw, action.raw, grant.to.raw]);
  }),
  allow: field('Allow', 'its own allow list, else that of the grant, the action or the tool', (v, make) => {
    const { grant, action, raw } = it<Permit>(v);
    return nearest(v, make, 'Allow', 'allow', '', [raw, grant.raw, action.raw, grant.to.raw]);
  }),
  auth: field('Auth', 'authentication in force', (v, make) =>
    make.view(v.world, 'Auth', it<Permit>(v).grant, authOf(it<Permit>(v).grant), `${v.owner}.auth`),
  ),
  protocol: field('string', 'protocol of the grant, else that of the tool', (v) => {
    const { grant } = it<Permit>(v);
    return textOf(grant.raw, 'protocol') || textOf(grant.to.raw, 'protocol');
  }),
  from: field('Component', 'the agent', (v, make) =>
    make.component(v.world, it<Permit>(v).grant.from, 'Component'),
  ),
  to: field('Component', 'the tool', (v, make) =>
    make.component(v.world, it<Permit>(v).grant.to, 'Component'),
  ),
};

function nearest(
  v: View,
  make: Viewers,
  type: string,
  key: string,
  short: string,
  places: readonly object[],
): View {
  const value = places
    .map((raw) => (raw as Record<string, unknown>)[key])
    .find((each) => each !== undefined && each !== null);
  const raw = typeof value === 'string' && short !== '' ? { [short]: value } : (value ?? {});
  return make.view(v.world, type, v.it, raw as never, `${v.owner}.${key}`);
}

const declared: Derived = field('bool', 'anything is written here', (v) => Object.keys(v.raw).length > 0);

/** One node of the influence graph. */
const NODE: Fields = {
  id: field('string', 'id of the component or action', (v) => it<Node>(v).id),
  type: field(
    'string',
    'agent, model, store, tool, action, host, monitor, service, peer, actor or identity',
    (v) => it<Node>(v).component?.kind ?? 'identity',
  ),
  kind: field('string', 'its own `kind`', (v) => textOf(v.raw, 'kind')),
  layer: field('string', 'its MAESTRO layer', (v) => it<Node>(v).component?.layer ?? ''),
  effect: field('string', 'for an action: its effect', (v) =>
    ofAction(v, (action) => v.world.effectOf(action), ''),
  ),
  high_impact: field('bool', 'an action that pays, deletes, administers, or cannot be undone', (v) =>
    ofAction(v, (action) => v.world.isHighImpact(action), false),
  ),
  outbound: field('bool', 'an action that lets what goes in leave the system', (v) =>
    ofAction(v, (action) => v.world.isOutbound(action), false),
  ),
  attacker_controlled: field('bool', 'an attacker controls it by declaration', (v) =>
    of(v, (each) => v.world.isAttackerControlled(each), false),
  ),
  private: field('bool', 'holds data that is confidential, restricted or of a sensitive kind', (v) =>
    of(v, (each) => v.world.isPrivate(each), false),
  ),
  reads_private: field('bool', 'an agent that gets such data', (v) =>
    of(v, (each) => each.kind === 'agent' && v.world.readsPrivate(each), false),
  ),
  sees_untrusted: field('bool', 'an agent that an attacker\u2019s text gets to directly', (v) =>
    of(v, (each) => each.kind === 'agent' && v.world.seesUntrusted(each), false),
  ),
};

const of = <T>(v: View, read: (component: Component) => T, none: T): T => {
  const { component } = it<Node>(v);
  return component ? read(component) : none;
};
const ofAction = <T>(v: View, read: (action: Component) => T, none: T): T =>
  of(v, (component) => (component.kind === 'action' ? read(component) : none), none);

const nodeView = (v: View, make: Viewers, node: Node): View =>
  make.view(v.world, 'Node', node, node.component?.raw ?? {}, node.id);

/** A walk that was found: its steps in order. */
const PATH: Fields = {
  from: field('Node', 'where the attacker starts', (v, make) => nodeView(v, make, it<Step[]>(v)[0]!.from)),
  to: field('Node', 'what is reached', (v, make) => nodeView(v, make, it<Step[]>(v).at(-1)!.to)),
  nodes: field('list<Node>', 'all nodes, from the start to the target', (v, make) =>
    [it<Step[]>(v)[0]!.from, ...it<Step[]>(v).map((step) => step.to)].map((node) => nodeView(v, make, node)),
  ),
  agents: field('list<Node>', 'the agents on the way', (v, make) =>
    [it<Step[]>(v)[0]!.from, ...it<Step[]>(v).map((step) => step.to)]
      .filter((node) => node.component?.kind === 'agent')
      .map((node) => nodeView(v, make, node)),
  ),
  steps: field('list<string>', 'kinds of the steps, in order', (v) => it<Step[]>(v).map((step) => step.kind)),
};

const lists: Fields = Object.fromEntries(
  Object.entries({
    agents: 'agent',
    models: 'model',
    stores: 'store',
    tools: 'tool',
    hosts: 'host',
    monitors: 'monitor',
    services: 'service',
    peers: 'peer',
    actors: 'actor',
    boundaries: 'boundary',
  }).map(([name, kind]) => [
    name,
    field(`list<${TYPE_OF_KIND[kind]}>`, `every ${kind} of the system`, (v, make) =>
      v.world.system.components
        .filter((each) => each.kind === kind)
        .map((each) => make.component(v.world, each)),
    ),
  ]),
);

const SYSTEM: Fields = {
  ...lists,
  components: field('list<Component>', 'everything but boundaries', (v, make) =>
    v.world.system.components
      .filter((each) => each.kind !== 'boundary')
      .map((each) => make.component(v.world, each, 'Component')),
  ),
  flows: field('list<Flow>', 'every edge over which data moves, declared or implied', (v, make) =>
    dataFlows(v.world.system).map((edge) => make.edge(v.world, edge, 'Flow')),
  ),
  texts: field(
    'list<Text>',
    'every text that somebody wrote, with the component and key it stands under',
    (v, make) => textsOf(v.world.system).map((text) => make.view(v.world, 'Text', text, {}, text.subject)),
  ),
};

const TEXT: Fields = {
  value: field('string', 'the text as written', (v) => it<WrittenText>(v).value),
  subject: field(
    'string',
    'id of the component it belongs to, or the top-level key',
    (v) => it<WrittenText>(v).subject,
  ),
  key: field('string', 'keys from there to it', (v) => it<WrittenText>(v).key.join('.')),
};

const GROUP: Fields = {
  key: field('string', 'the value its members share', (v) => it<{ key: string }>(v).key),
  ids: field('list<string>', 'ids of its members', (v) => it<{ ids: string[] }>(v).ids),
};

const AGENT: Fields = {
  ...ANY,
  grants: field('list<Grant>', 'what it may do with which tool', (v, make) =>
    edgesOf(it(v), 'tools').map((edge) => make.edge(v.world, edge, 'Grant')),
  ),
  actions: field('list<GrantedAction>', 'every action it was granted', (v, make) =>
    edgesOf(it(v), 'tools')
      .flatMap((grant) => v.world.permitsOf(grant))
      .map((permit) => permitView(v, make, permit)),
  ),
  delegations: field('list<Delegation>', 'whom it hands tasks to', (v, make) =>
    edgesOf(it(v), 'delegates_to').map((edge) => make.edge(v.world, edge, 'Delegation')),
  ),
  reads_private: field('bool', 'it gets data that is confidential, restricted or of a sensitive kind', (v) =>
    v.world.readsPrivate(it(v)),
  ),
  sees_untrusted: field('bool', 'text of an attacker gets to it directly, not through another agent', (v) =>
    v.world.seesUntrusted(it(v)),
  ),
};

const permitView = (v: View, make: Viewers, permit: Permit): View =>
  make.view(v.world, 'GrantedAction', permit, permit.raw, permit.action.id);

const GRANT: Fields = {
  ...EDGE,
  agent: field('Agent', 'who was granted', (v, make) => make.component(v.world, it<Edge>(v).from)),
  tool: field('Tool', 'what was granted', (v, make) => make.component(v.world, it<Edge>(v).to)),
  wildcard: field('bool', 'it names no actions, so it allows all of them', (v) => isWildcard(it(v))),
  actions: field('list<GrantedAction>', 'the actions it allows', (v, make) =>
    v.world.permitsOf(it(v)).map((permit) => permitView(v, make, permit)),
  ),
};

const TOOL: Fields = {
  ...ANY,
  actions: field('list<Action>', 'its actions; one called `call` when it declares none', (v, make) =>
    it<Component>(v).actions.map((action) => make.component(v.world, action)),
  ),
};

/** A tool's publisher is a fact only where somebody else could be one. */
const PUBLISHED_KINDS = new Set(['mcp-server', 'mcp-proxy', 'plugin']);

/** A key that some kinds have: read as on that kind, so that a missing fact counts there too. */
const ofItsKind =
  (key: string): Derived['read'] =>
  (v, make) =>
    (make.component(v.world, it(v)) as unknown as Record<string, unknown>)[key] ?? '';

/** Types and their computed fields, in the order `maestro rules --functions` lists them. */
export const DERIVED: Readonly<Record<string, Fields>> = {
  System: SYSTEM,
  Agent: AGENT,
  Model: ANY,
  Store: ANY,
  Tool: {
    ...TOOL,
    publisher: field('string', 'first-party, vendor or community', (v) => {
      const written = textOf(v.raw, 'publisher');
      if (written !== '' || !PUBLISHED_KINDS.has(textOf(v.raw, 'kind'))) return written;
      return undeclared(`${v.owner}.publisher`, '');
    }),
  },
  Action: { ...ANY, ...ACTION },
  Host: ANY,
  Monitor: ANY,
  Service: ANY,
  Peer: ANY,
  Actor: ANY,
  Boundary: {
    id: ANY['id']!,
    trust: field(
      'string',
      'untrusted, partner, internal or restricted; that of the zone around it when it says none',
      (v) => v.world.trustOf(it(v)),
    ),
  },
  Component: {
    ...ANY,
    kind: field('string', 'its own `kind`', ofItsKind('kind')),
    name: field('string', 'its name', (v) => textOf(v.raw, 'name')),
    transport: field('string', 'for a tool: its transport', ofItsKind('transport')),
    url: field('string', 'its address', (v) => textOf(v.raw, 'url')),
    exposure: field('string', 'loopback, private or public', ofItsKind('exposure')),
    publisher: field('string', 'first-party, vendor or community', ofItsKind('publisher')),
    version: field('string', 'its version as written', (v) => textOf(v.raw, 'version')),
    owner: field('string', 'who answers for it', (v) => textOf(v.raw, 'owner')),
    region: field('string', 'where it is', (v) => textOf(v.raw, 'region')),
    protocol: field('string', 'its protocol', (v) => textOf(v.raw, 'protocol')),
  },
  Grant: GRANT,
  GrantedAction: PERMIT,
  Delegation: {
    ...EDGE,
    agent: field('Agent', 'who hands on', (v, make) => make.component(v.world, it<Edge>(v).from)),
  },
  Flow: EDGE,
  Auth: {},
  Identity: {},
  Approval: { declared },
  Limits: { declared },
  Allow: { declared },
  Card: {},
  Weights: {},
  Node: NODE,
  Path: PATH,
  Group: GROUP,
  Text: TEXT,
};

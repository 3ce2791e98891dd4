import { type Component, edgesInto, edgesOf, textOf } from '../../model/system.ts';
import { boundaryOf } from '../../model/zones.ts';
import { undeclared } from '../undeclared.ts';
import { type Derived, type Fields, fact, field, idOf, it } from './field.ts';

/** What every component has. */
export const ANY: Fields = {
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
  trust: fact('string', 'trust of its zone: untrusted, partner, internal, restricted', (v) =>
    v.world.trustOf(it(v)),
  ),
  private: fact('bool', 'holds data that is confidential, restricted or of a sensitive kind', (v) =>
    v.world.isPrivate(it(v)),
  ),
  attacker_controlled: fact('bool', 'an attacker controls it by declaration', (v) =>
    v.world.isAttackerControlled(it(v)),
  ),
  observed_by: field('list<Monitor>', 'monitors that observe it', (v, make) =>
    edgesInto(it(v), 'observed_by').map((edge) => make.component(v.world, edge.from, 'Monitor')),
  ),
  covered_by: field('list<Service>', 'security services that cover it', (v, make) =>
    edgesInto(it(v), 'covered_by').map((edge) => make.component(v.world, edge.from, 'Service')),
  ),
  incoming: field('list<Flow>', 'flows in which it is called', (v, make) =>
    v.world.flowsOf(it(v)).incoming.map((edge) => make.edge(v.world, edge, 'Flow')),
  ),
  outgoing: field('list<Flow>', 'flows in which it calls', (v, make) =>
    v.world.flowsOf(it(v)).outgoing.map((edge) => make.edge(v.world, edge, 'Flow')),
  ),
  sees_untrusted: fact('bool', 'text of an attacker gets to it by itself, not through an agent', (v) =>
    v.world.seesUntrusted(it(v)),
  ),
  untrusted_sources: field(
    'list<string>',
    'ids of what an attacker controls and whose text gets to it by itself, for messages',
    (v) => v.world.untrustedSourcesOf(it(v)),
  ),
};

export const TOOL: Fields = {
  ...ANY,
  actions: field('list<Action>', 'its actions; one called `call` when it declares none', (v, make) =>
    it<Component>(v).actions.map((action) => make.component(v.world, action)),
  ),
  publisher: fact('string', 'first-party, vendor or community', (v) => {
    const written = textOf(v.raw, 'publisher');
    if (written !== '' || !PUBLISHED_KINDS.has(textOf(v.raw, 'kind'))) return written;
    return undeclared(`${v.factOwner}.publisher`, '');
  }),
};

/** A tool's publisher is a fact only where somebody else could be one. */
const PUBLISHED_KINDS = new Set(['mcp-server', 'mcp-proxy', 'plugin']);

/** A key that some kinds have: read as on that kind, so that a missing fact counts there too. */
const ofItsKind =
  (key: string): Derived['read'] =>
  (v, make) =>
    (make.component(v.world, it(v)) as unknown as Record<string, unknown>)[key] ?? '';

/** What only agents have, read as on an agent; `none` for all others. */
const ofAgent =
  (key: string, none: unknown): Derived['read'] =>
  (v, make) =>
    it<Component>(v).kind === 'agent'
      ? (make.component(v.world, it(v)) as unknown as Record<string, unknown>)[key]
      : none;

/** An object that some kinds have: empty on the others. */
const objectOfItsKind =
  (key: string, type: string): Derived['read'] =>
  (v, make) =>
    (make.component(v.world, it(v)) as unknown as Record<string, unknown>)[key] ??
    make.view(v.world, type, it(v), {}, v, key);

/** A service of somebody else, whose door is not this system's to lock. */
const runByOthers: Derived['read'] = (v) =>
  it<Component>(v).kind === 'tool' &&
  ['vendor', 'community'].includes(textOf(v.raw, 'publisher')) &&
  edgesOf(it<Component>(v), 'runs_on').length === 0;

/** What is asked of components of any kind at once: their common fields, and some that only some kinds have. */
export const COMPONENT: Fields = {
  ...ANY,
  actions: field('list<GrantedAction>', 'for an agent: every action it was granted', ofAgent('actions', [])),
  reads_private: fact(
    'bool',
    'for an agent: it gets data that is confidential, restricted or of a sensitive kind',
    ofAgent('reads_private', false),
  ),
  runs: field('list<Component>', 'for a host: what runs on it', (v, make) =>
    edgesInto(it(v), 'runs').map(({ from }) => make.component(v.world, from, 'Component')),
  ),
  auth: field('Auth', 'what it demands of callers', objectOfItsKind('auth', 'Auth')),
  identity: field('Identity', 'the account it acts under', objectOfItsKind('identity', 'Identity')),
  kind: fact('string', 'its own `kind`', ofItsKind('kind')),
  name: field('string', 'its name', (v) => textOf(v.raw, 'name')),
  transport: fact('string', 'for a tool: its transport', ofItsKind('transport')),
  url: field('string', 'its address', (v) => textOf(v.raw, 'url')),
  exposure: fact('string', 'loopback, private or public', ofItsKind('exposure')),
  publisher: fact('string', 'first-party, vendor or community', ofItsKind('publisher')),
  run_by_others: field(
    'bool',
    'for a tool: others publish it, and no host of this system runs it',
    runByOthers,
  ),
  version: field('string', 'its version as written', (v) => textOf(v.raw, 'version')),
  owner: field('string', 'who answers for it', (v) => textOf(v.raw, 'owner')),
  region: field('string', 'where it is', (v) => textOf(v.raw, 'region')),
  protocol: field('string', 'its protocol', (v) => textOf(v.raw, 'protocol')),
};

export const BOUNDARY: Fields = {
  id: ANY['id']!,
  trust: fact(
    'string',
    'untrusted, partner, internal or restricted; that of the zone around it when it says none',
    (v) => v.world.trustOf(it(v)),
  ),
};

import { type Edge, textOf } from '../../model/system.ts';
import { boundaryOf } from '../../model/zones.ts';
import { crossesProcess } from '../crossing.ts';
import { authOf, endsOf, protocolOf } from '../data-flows.ts';
import type { Permit } from '../subject.ts';
import { undeclared } from '../undeclared.ts';
import type { View, Viewers } from '../view.ts';
import { isWildcard } from '../world.ts';
import { type Derived, type Fields, fact, field, it } from './field.ts';

/** People agree to what an agent does, or do it themselves. */
const SUPERVISED = new Set(['suggest', 'supervised']);

/** What every edge has, seen from who calls to who is called. */
export const EDGE: Fields = {
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
    make.view(v.world, 'Auth', it(v), authOf(it(v)), v, 'auth'),
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
  supervised: field(
    'bool',
    'who calls is an agent that only suggests, or whose every act a person agrees to',
    (v) => SUPERVISED.has(textOf(endsOf(it(v)).from.raw, 'autonomy')),
  ),
  crosses_zone: field('bool', 'its ends are in different trust zones', (v) => {
    const { from, to } = endsOf(it(v));
    return boundaryOf(from) !== boundaryOf(to);
  }),
  crosses_process: fact(
    'bool',
    'its ends are not one program: a protocol, authentication, zone or host says so, or one is no agent of ours',
    (v) => crossesProcess(it(v)) ?? undeclared(`${v.factOwner}.protocol`, false),
  ),
};

export const GRANT: Fields = {
  ...EDGE,
  agent: field('Agent', 'who was granted', (v, make) => make.component(v.world, it<Edge>(v).from)),
  tool: field('Tool', 'what was granted', (v, make) => make.component(v.world, it<Edge>(v).to)),
  wildcard: field('bool', 'it names no actions, so it allows all of them', (v) => isWildcard(it(v))),
  actions: field('list<GrantedAction>', 'the actions it allows', (v, make) =>
    v.world.permitsOf(it(v)).map((permit) => permitView(v, make, permit)),
  ),
};

export const DELEGATION: Fields = {
  ...EDGE,
  agent: field('Agent', 'who hands on', (v, make) => make.component(v.world, it<Edge>(v).from)),
};

export const permitView = (v: View, make: Viewers, permit: Permit): View =>
  make.view(v.world, 'GrantedAction', permit, permit.raw, permit.action.id);

/** The first of several places that says something under `key`; `short` is what a bare text there stands for. */
export function nearest(
  v: View,
  make: Viewers,
  type: string,
  key: string,
  short: string,
  places: readonly object[],
): View {
  let value: unknown;
  for (const place of places) value ??= (place as Record<string, unknown>)[key];
  const raw = typeof value === 'string' && short !== '' ? { [short]: value } : (value ?? {});
  return make.view(v.world, type, v.it, raw as never, v, key);
}

export const given: Derived = field('bool', 'anything is written here', (v) => Object.keys(v.raw).length > 0);

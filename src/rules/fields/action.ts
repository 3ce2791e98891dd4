import { type Component, textOf } from '../../model/system.ts';
import { authOf } from '../data-flows.ts';
import type { Permit } from '../subject.ts';
import { nearest } from './edge.ts';
import { type Fields, fact, field, idOf, it } from './field.ts';

/** An action of a tool, whoever may call it. */
export const ACTION: Fields = {
  id: field('string', 'tool and action: `payments.approve`', idOf),
  name: field('string', 'name of the action', (v) => idOf(v).slice(it<Component>(v).tool!.id.length + 1)),
  effect: fact('string', 'read, write, delete, send, pay, execute or admin', (v) => v.world.effectOf(it(v))),
  high_impact: fact('bool', 'pays, deletes, administers, or cannot be undone', (v) =>
    v.world.isHighImpact(it(v)),
  ),
  outbound: fact('bool', 'what goes in leaves the system', (v) => v.world.isOutbound(it(v))),
  approval: field('Approval', 'who has to approve it, whoever calls', (v, make) =>
    nearest(v, make, 'Approval', 'approval', 'by', [it<Component>(v).raw]),
  ),
  tool: field('Tool', 'the tool it belongs to', (v, make) => make.component(v.world, it<Component>(v).tool!)),
};

/** An action as one agent may call it. */
export const PERMIT: Fields = {
  id: field('string', 'tool and action: `payments.approve`', (v) => it<Permit>(v).action.id),
  name: field('string', 'name of the action', (v) =>
    it<Permit>(v).action.id.slice(it<Permit>(v).grant.to.id.length + 1),
  ),
  effect: fact('string', 'read, write, delete, send, pay, execute or admin', (v) =>
    v.world.effectOf(it<Permit>(v).action),
  ),
  irreversible: field(
    'bool',
    'it cannot be undone',
    (v) => it<Permit>(v).action.raw['irreversible'] === true,
  ),
  high_impact: fact('bool', 'pays, deletes, administers, or cannot be undone', (v) =>
    v.world.isHighImpact(it<Permit>(v).action),
  ),
  outbound: fact('bool', 'what goes in leaves the system', (v) => v.world.isOutbound(it<Permit>(v).action)),
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
    make.view(v.world, 'Auth', it<Permit>(v).grant, authOf(it<Permit>(v).grant), v, 'auth'),
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

import { type Component, edgesOf, textOf } from '../../model/system.ts';
import { CHANGES, type Node, type Step } from '../graph.ts';
import { type Kept, kept } from '../kept.ts';
import type { Subject } from '../subject.ts';
import type { View, Viewers } from '../view.ts';
import type { World } from '../world.ts';
import { type Fields, fact, field, it } from './field.ts';

/** One node of the influence graph. */
export const NODE: Fields = {
  id: field('string', 'id of the component or action', (v) => it<Node>(v).id),
  type: field(
    'string',
    'agent, model, store, tool, action, host, monitor, service, peer, actor or identity',
    (v) => it<Node>(v).component?.kind ?? 'identity',
  ),
  kind: field('string', 'its own `kind`', (v) => textOf(v.raw, 'kind')),
  layer: field('string', 'its MAESTRO layer', (v) => it<Node>(v).component?.layer ?? ''),
  role: field('string', 'for an agent: its role', (v) => textOf(v.raw, 'role')),
  changes_alone: field(
    'list<Component>',
    'for an agent: what it changes without a person agreeing, by `writes` and by granted actions that write, delete or administer',
    (v, make) => of(v, changedAlone, []).map((each) => make.component(v.world, each, 'Component')),
  ),
  effect: fact('string', 'for an action: its effect', (v) =>
    ofAction(v, (action) => v.world.effectOf(action), ''),
  ),
  high_impact: fact('bool', 'an action that pays, deletes, administers, or cannot be undone', (v) =>
    ofAction(v, (action) => v.world.isHighImpact(action), false),
  ),
  outbound: fact('bool', 'an action that lets what goes in leave the system', (v) =>
    ofAction(v, (action) => v.world.isOutbound(action), false),
  ),
  attacker_controlled: fact('bool', 'an attacker controls it by declaration', (v) =>
    of(v, (each) => v.world.isAttackerControlled(each), false),
  ),
  private: fact('bool', 'holds data that is confidential, restricted or of a sensitive kind', (v) =>
    of(v, (each) => v.world.isPrivate(each), false),
  ),
  reads_private: fact('bool', 'an agent that gets such data', (v) =>
    of(v, (each) => each.kind === 'agent' && v.world.readsPrivate(each), false),
  ),
  sees_untrusted: fact('bool', 'an agent that an attacker\u2019s text gets to directly', (v) =>
    of(v, (each) => each.kind === 'agent' && v.world.seesUntrusted(each), false),
  ),
};

const changed: Kept<Component, readonly Component[]> = new WeakMap();

/** What an agent changes with nobody agreeing, each once. */
export const changedAlone = (agent: Component, world: World): readonly Component[] =>
  agent.kind === 'agent' ? kept(changed, world, agent, () => whatChanges(agent, world)) : [];

function whatChanges(agent: Component, world: World): Component[] {
  const alone = (subject: Subject) => !world.enforcement.ask(subject, 'human_approval').holds;
  const written = edgesOf(agent, 'writes').filter(alone);
  const through = edgesOf(agent, 'tools')
    .flatMap((grant) => world.permitsOf(grant))
    .filter((permit) => CHANGES.has(textOf(permit.action.raw, 'effect')) && alone(permit))
    .flatMap((permit) => edgesOf(permit.action, 'targets'));
  return [...new Set([...written, ...through].map(({ to }) => to))];
}

const of = <T>(v: View, read: (component: Component, world: World) => T, none: T): T => {
  const { component } = it<Node>(v);
  return component ? read(component, v.world) : none;
};
const ofAction = <T>(v: View, read: (action: Component) => T, none: T): T =>
  of(v, (component) => (component.kind === 'action' ? read(component) : none), none);

const nodeView = (v: View, make: Viewers, node: Node): View =>
  make.view(v.world, 'Node', node, node.component?.raw ?? {}, node.id);

/** A walk that was found: its steps in order. */
export const PATH: Fields = {
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

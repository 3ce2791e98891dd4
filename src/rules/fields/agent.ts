import { byCodeUnit, type Component, edgesOf } from '../../model/system.ts';
import type { World } from '../world.ts';
import { ANY } from './component.ts';
import { permitView } from './edge.ts';
import { type Fields, fact, field, it } from './field.ts';
import { changedAlone } from './path.ts';

export const AGENT: Fields = {
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
  reads_private: fact('bool', 'it gets data that is confidential, restricted or of a sensitive kind', (v) =>
    v.world.readsPrivate(it(v)),
  ),
  private_data: field('list<string>', 'ids of the private data it gets, for messages', (v) =>
    v.world.privateDataOf(it(v)),
  ),
  changes_alone: field(
    'list<Component>',
    'what it changes without a person agreeing, by `writes` and by granted actions that write, delete or administer',
    (v, make) => changedAlone(it(v), v.world).map((each) => make.component(v.world, each, 'Component')),
  ),
  ambiguous_actions: field(
    'list<string>',
    'names that several of its tools give to an action it was granted',
    (v) => ambiguous(namesByTool(it(v), v.world)),
  ),
  user_lost_over: fact(
    'list<string>',
    'how tasks of a user get to it over other agents on whose way he is not passed on, as `first over second, third`; empty where by none, or at one hop alone',
    (v) => v.world.userLostOver(it(v)),
  ),
  delegation_circle: field(
    'string',
    'the first id of the circle in which it hands tasks on, where no limit on steps or hand-overs ends that; empty when in none',
    (v) => v.world.circleOf(it(v)),
  ),
};

/** Every action of an agent as its name and the tool it belongs to. */
const namesByTool = (agent: Component, world: World): [name: string, tool: string][] =>
  edgesOf(agent, 'tools').flatMap((grant) =>
    world
      .permitsOf(grant)
      // The only action of a tool that declares none has no name of its own.
      .filter(({ action }) => action.path !== grant.to.path)
      .map(({ action }): [string, string] => [action.id.slice(grant.to.id.length + 1), grant.to.id]),
  );

/** Names that stand with two different tools, each once, in their order. */
function ambiguous(pairs: readonly (readonly [name: string, tool: string])[]): string[] {
  const first = new Map<string, string>();
  const found = new Set<string>();
  for (const [name, tool] of pairs) {
    const known = first.get(name);
    if (known === undefined) first.set(name, tool);
    else if (known !== tool) found.add(name);
  }
  return [...found].sort(byCodeUnit);
}

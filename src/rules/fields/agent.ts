import { edgesOf } from '../../model/system.ts';
import { ANY } from './component.ts';
import { permitView } from './edge.ts';
import { type Fields, fact, field, it } from './field.ts';

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
};

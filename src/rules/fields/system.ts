import { textsOf, type WrittenText } from '../texts.ts';
import { TYPE_OF_KIND } from '../types.ts';
import { dataFlows } from '../world.ts';
import { type Fields, field, it } from './field.ts';

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

export const SYSTEM: Fields = {
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

export const TEXT: Fields = {
  value: field('string', 'the text as written', (v) => it<WrittenText>(v).value),
  subject: field(
    'string',
    'id of the component it belongs to, or the top-level key',
    (v) => it<WrittenText>(v).subject,
  ),
  key: field('string', 'keys from there to it', (v) => it<WrittenText>(v).key.join('.')),
};

export const GROUP: Fields = {
  key: field('string', 'the value its members share', (v) => it<{ key: string }>(v).key),
  ids: field('list<string>', 'ids of its members', (v) => it<{ ids: string[] }>(v).ids),
};

import { looksSecret } from '../../finding/secrets.ts';
import type { YamlFile } from '../../model/yaml.ts';
import type { Claim } from '../claims.ts';
import { evidenceOf } from '../evidence.ts';
import type { Member } from '../member.ts';
import { textsOf, type WrittenText } from '../texts.ts';
import { TYPE_OF_KIND } from '../types.ts';
import type { View, Viewers } from '../view.ts';
import { evidenceView } from './claim.ts';
import { type Fields, field, it } from './field.ts';
import { waiverMember } from './waiver.ts';

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
    v.world.dataFlows.map((edge) => make.edge(v.world, edge, 'Flow')),
  ),
  claims: field('list<Claim>', 'every control that somebody wrote down', (v, make) =>
    v.world.claims.map((claim) => make.view(v.world, 'Claim', memberOf(claim), {}, claim.control)),
  ),
  evidence: field('list<Evidence>', 'everything that somebody pointed at to back a control', (v, make) =>
    v.world.claims.flatMap((claim) => evidenceOf(claim)).map((each) => evidenceView(v, make, each)),
  ),
  waivers: field('list<Waiver>', 'every finding that somebody accepts in writing', (v, make) =>
    v.world.system.waivers.map((waiver) => make.view(v.world, 'Waiver', waiverMember(waiver), {}, 'waivers')),
  ),
  as_of: field('double', 'the day of the run, in seconds since 1970', (v) => v.world.context.asOf),
  texts: field(
    'list<Text>',
    'every text that somebody wrote, with the component and key it stands under',
    (v, make) =>
      textViews(
        v,
        make,
        () => true,
        () => true,
      ),
  ),
  secret_texts: field('list<Text>', 'those that look like a credential in use', (v, make) =>
    textViews(v, make, looksSecret, ({ verbatim, source }) => !verbatim || source.holdsSecret),
  ),
};

/** There are tens of thousands of texts, and rules ask for few: the others get no view. */
const textViews = (
  v: View,
  make: Viewers,
  ...which: [(text: string) => boolean, (file: YamlFile) => boolean]
): View[] => textsOf(v.world.system, ...which).map((text) => make.view(v.world, 'Text', text, {}, text.key));

/** A claim as something that findings can point at. */
const memberOf = (claim: Claim): Claim & Member => ({
  ...claim,
  ids: claim.ids.length > 0 ? claim.ids : ['controls'],
  key: `controls.${claim.control}`,
  fixAt: claim.path.slice(0, -2),
});

export const TEXT: Fields = {
  value: field('string', 'the text as written', (v) => it<WrittenText>(v).value),
  subject: field('string', 'id of the component it belongs to, or the top-level key', (v) =>
    it<WrittenText>(v).ids.join(' '),
  ),
  key: field('string', 'keys from there to it', (v) => it<WrittenText>(v).key),
};

export const GROUP: Fields = {
  key: field('string', 'the value its members share', (v) => it<{ key: string }>(v).key),
  ids: field('list<string>', 'ids of its members', (v) => it<{ ids: string[] }>(v).ids),
};

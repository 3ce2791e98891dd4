import { type Field, language, type Unit } from '../../src/model/language.ts';
import type { Data, DataMap } from '../../src/model/yaml.ts';
import type { Control } from '../../src/rules/vocabulary.ts';
import type { Random } from './random.ts';

/** What a new value may refer to: ids by kind, the actions of each tool, and the controls there are. */
export interface Words {
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly actions: Readonly<Record<string, readonly string[]>>;
  readonly controls: readonly Placed[];
}

/** What has to be known of a control to write it where it may stand. */
export type Placed = Pick<Control, 'name' | 'for'>;

/** Controls and what takes their place, kept rare: a system where all is well has no findings to compare. */
const PROTECTS: ReadonlySet<string> = new Set(['controls', 'approval', 'limits', 'allow', 'plane']);

/** How often, in a hundred, a key that may be there is there. Facts and references decide what rules find. */
const share = (key: string, { fact, ref }: Field): number =>
  PROTECTS.has(key) ? 12 : fact ? 80 : ref ? 55 : 25;

const ACTIONS = ['read', 'send', 'run', 'pay', 'drop'];

/** A valid description of up to `most` components a section, with every key of the language now and then. */
export function randomSystem(random: Random, vocabulary: readonly Placed[], most = 3): DataMap {
  const sections = Object.entries(language.sections);
  const ids = Object.fromEntries(
    sections.map(([, { kind }]) => [
      kind,
      Array.from({ length: random.next(most + 1) }, (_, i) => `${kind}_${i}`),
    ]),
  );
  const actions = Object.fromEntries(ids['tool']!.map((id) => [id, random.some(ACTIONS, 3)]));
  const words = { ids, actions, controls: vocabulary };
  const root: DataMap = {
    maestro: '1',
    system: { ...randomComponent(random, words, 'system'), name: 'random' },
  };
  for (const [section, { kind }] of sections) {
    if (ids[kind]!.length === 0) continue;
    root[section] = Object.fromEntries(
      ids[kind]!.map((id) => [id, randomComponent(random, words, kind, actions[id])]),
    );
  }
  const all = Object.values(ids).flat();
  if (all.length > 0) root['flows'] = Array.from({ length: random.next(3) }, () => flow(random, words, all));
  if (random.chance(30)) root['controls'] = claims(random, words, 'system');
  return root;
}

/** One member of a section: some of the keys that its kind may have. */
export function randomComponent(
  random: Random,
  words: Words,
  kind: string,
  actions: readonly string[] = [],
): DataMap {
  const written = fields(random, words, kind, kind);
  delete written['actions'];
  if (actions.length === 0) return written;
  const described = () =>
    Object.fromEntries(actions.map((name) => [name, fields(random, words, 'action', 'edge')]));
  return { ...written, actions: random.chance(25) ? [...actions] : described() };
}

const flow = (random: Random, words: Words, all: readonly string[]): DataMap => ({
  ...fields(random, words, 'flow', 'edge'),
  from: random.pick(all),
  to: random.pick(all),
});

/** Some keys of a definition; `kind` is what its controls may stand on. */
function fields(random: Random, words: Words, definition: string, kind: string): DataMap {
  const known = Object.entries(language.definitions[definition]!.fields);
  const written: DataMap = {};
  for (const [key, field] of known) {
    if (!random.chance(share(key, field))) continue;
    const value = randomValue(random, words, key, field, kind);
    if (value !== undefined) written[key] = value;
  }
  return written;
}

/** A valid value for a key; undefined when there is nothing it could hold. */
export function randomValue(
  random: Random,
  words: Words,
  key: string,
  field: Field,
  kind: string,
): Data | undefined {
  switch (field.form) {
    case 'text':
      return random.pick(TEXTS[key] ?? ['plain', 'two words', 'Größe 表']);
    case 'enum':
      return random.pick(field.values!);
    case 'bool':
      return random.chance(60);
    case 'texts':
      return field.values ? random.some(field.values, 3) : random.some(TEXTS[key] ?? ['one', 'two words'], 2);
    case 'unit':
      return random.pick(UNITS[field.unit!]);
    case 'object':
      return object(random, words, field.of!, kind);
    case 'ref':
      return reference(random, words, key, field);
    default:
      return undefined;
  }
}

function object(random: Random, words: Words, of: string, kind: string): Data | undefined {
  if (of === 'controls') return claims(random, words, kind);
  const { short, fields: known } = language.definitions[of]!;
  const brief = short === undefined ? undefined : randomValue(random, words, short, known[short]!, kind);
  if (short === undefined || brief === undefined) return fields(random, words, of, kind);
  return random.chance(50) ? brief : { ...fields(random, words, of, kind), [short]: brief };
}

/** An id, a list of ids, or a map from ids to what the edge says. */
function reference(random: Random, words: Words, key: string, { ref }: Field): Data | undefined {
  const kinds = ref!.to.includes('component') ? Object.keys(words.ids) : ref!.to;
  const fitting = kinds.flatMap((kind) => words.ids[kind] ?? []);
  if (fitting.length === 0) return undefined;
  const one = random.pick(fitting);
  const several = [...new Set([one, ...random.some(fitting, 2)])];
  if (ref!.edge === undefined) return LISTS.has(key) && random.chance(50) ? several : one;
  const form = random.next(4);
  if (form === 0) return one;
  if (form === 1) return several;
  return Object.fromEntries(several.map((id) => [id, edge(random, words, ref!.edge!, id)]));
}

/** References without edges that take several ids. */
const LISTS: ReadonlySet<string> = new Set(['targets', 'who']);

function edge(random: Random, words: Words, definition: string, to: string): Data {
  if (random.chance(30)) return random.pick([{}, null]);
  const written = fields(random, words, definition, 'edge');
  const names = definition === 'grant' ? random.some(words.actions[to] ?? [], 3) : [];
  if (names.length === 0) return written;
  const described = () =>
    Object.fromEntries(names.map((name) => [name, fields(random, words, 'granted_action', 'edge')]));
  return { ...written, actions: random.chance(40) ? names : described() };
}

/** Controls that may stand on this kind. */
function claims(random: Random, { controls }: Words, kind: string): DataMap {
  const fitting = controls.filter((control) => control.for.includes(kind));
  return Object.fromEntries(random.some(fitting, 4).map(({ name }) => [name, random.pick(CLAIMS)]));
}

const CLAIMS: readonly Data[] = [
  true,
  true,
  false,
  'planned',
  '60/min',
  { evidence: 'docs/plan.md' },
  { status: 'planned', note: 'after the summer' },
  { status: true, evidence: [{ file: 'a.tf', contains: 'x' }, 'https://wiki.example/page'] },
  { last: '2025-12-01', every: '90d' },
  { last: '2020-01-01', every: '2w', owner: 'platform' },
];

const UNITS: Readonly<Record<Unit, readonly string[]>> = {
  duration: ['90d', '15m', '1h', '500ms', '2w', '0s', '1y'],
  rate: ['60/min', '5/s', '200000/day'],
  money: ['1000 USD', '0.5 ETH', '250', '0'],
  date: ['2026-01-01', '2020-02-29', '2031-12-31'],
  number: ['0', '1', '100', '2.5'],
};

/** What stands under keys whose text means something to rules. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  protocol: ['mcp@2025-06-18', 'a2a@1.0', 'http', 'https', 'stdio', 'in-process', 'grpcs'],
  url: ['http://one.example', 'https://two.example/a?b', 'stdio', 'postgres://db.internal/x'],
  image: ['registry.example/agents:latest', `registry.example/agents@sha256:${'ab'.repeat(32)}`, 'agents'],
  principal: ['shared', 'role/own', 'spiffe://corp.example/a'],
  version: ['1', '2.10', 'latest', '4-2026-03-11'],
  provider: ['self', 'example-vendor', 'okta'],
  recipients: ['*@corp.example', 'a@b.example', '*'],
  from: ['https://weights.example'],
  digest: [`sha256:${'cd'.repeat(32)}`],
  file: ['docs/plan.md'],
  by: ['none', 'human', 'policy', 'second-agent'],
};

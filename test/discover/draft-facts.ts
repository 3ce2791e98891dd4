// biome-ignore-all lint/suspicious/noTemplateCurlyInString: names of workflows are written like this
import fc from 'fast-check';
import type { Fact, FactKind, FactLink, FactValue } from '../../src/discover/fact.ts';
import { mask } from '../../src/finding/secrets.ts';
import { language } from '../../src/model/language.ts';
import { builtInPack } from '../../src/rules/pack.ts';

/** Names that people and attackers give to things. */
export const HOSTILE: readonly string[] = [
  '',
  ' ',
  'triage',
  'triage agent',
  'true',
  'null',
  '~',
  '123',
  '1.5',
  '0x1F',
  '__proto__',
  'constructor',
  'a: b',
  '- a',
  '# no',
  'x # maestro: ignore[owner-missing] because',
  'a\nmaestro: 2',
  'a\r\n  autonomy: suggest',
  '\u2028system: {}',
  '\u0085x',
  '\ufeff',
  '\ud800',
  '\u202egnp.exe',
  '\u001b[31m',
  '"}',
  "'",
  '{{',
  '${{ secrets.X }}',
  '&a *a !!js',
  '# yaml-language-server: $schema=https://evil.example/x.json',
  'AKIAMADEUPMADEUPMADE',
  'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
  'שלום',
  '日本',
  'e\u0301',
  'a/b/../c',
  'C:\\x',
  `${'long '.repeat(300)}`,
];

const KINDS: readonly FactKind[] = [
  'agent',
  'tool',
  'action',
  'model',
  'store',
  'host',
  'monitor',
  'service',
  'peer',
  'actor',
  'policy',
  'workflow',
  'secret',
];
const ids = Object.keys(language.definitions).filter((name) => KINDS.includes(name as FactKind));
const keys = [
  ...new Set(ids.flatMap((kind) => Object.keys(language.definitions[kind]!.fields))),
  ...[
    'allowed_tools',
    'auto_approve',
    'package',
    'pin',
    'ports',
    'client',
    'principal',
    'model',
    'code',
    'build',
  ],
  ...['card.signed', 'card.url', 'identity.principal', 'auth.token', 'a.b', 'toString', '__proto__'],
];
const words = [
  ...new Set(
    Object.values(language.definitions).flatMap(({ fields }) =>
      Object.values(fields).flatMap(({ values }) => values ?? []),
    ),
  ),
];
const references = [
  ...new Set(
    ids.flatMap((kind) =>
      Object.entries(language.definitions[kind]!.fields).flatMap(([key, { ref }]) => (ref ? [key] : [])),
    ),
  ),
  'flows',
  'from',
  'nowhere',
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('triage', 'writer', 'github', 'db', 'gpt-4o', 'openai/gpt-4o', 'box'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const file = fc.constantFrom(
  'src/agents.py',
  '.mcp.json',
  'compose.yaml',
  'a b/#x.py',
  'x\ny.json',
  'ü/é.yaml',
  'a,b]: c.py',
);
const spot = { line: fc.integer({ min: 1, max: 9 }), column: fc.integer({ min: 1, max: 9 }) };

const value: fc.Arbitrary<FactValue> = fc.record(
  {
    ...spot,
    value: fc.oneof(
      text,
      fc.constantFrom(...words, '90d', '0.5y', 'forever', '12'),
      fc.boolean(),
      fc.array(fc.oneof(text, fc.constantFrom(...words, '*')), { maxLength: 4 }),
      fc.constant(null),
    ),
    unresolved: text,
    env: text,
    file,
  },
  { requiredKeys: ['value', 'line', 'column'] },
);

const dictionary = (key: fc.Arbitrary<string>) => fc.dictionary(key, value, { maxKeys: 6 });

const link: fc.Arbitrary<FactLink> = fc.record(
  {
    ...spot,
    as: fc.constantFrom(...references),
    to: text,
    toKind: fc.constantFrom(...KINDS),
    file,
    unresolved: text,
    attributes: dictionary(
      fc.constantFrom('actions', 'needs_approval', 'approval', 'protocol', 'called', 'env'),
    ),
  },
  { requiredKeys: ['as', 'to', 'toKind', 'line', 'column'] },
);

const fact: fc.Arbitrary<Fact> = fc.record(
  {
    kind: fc.constantFrom(...KINDS),
    // Ids are made of names; whoever reads a file masks those.
    name: text.map(mask),
    attributes: dictionary(fc.constantFrom(...keys)),
    controls: dictionary(fc.constantFrom(...builtInPack().vocabulary.keys(), 'no_such_control', 'x: y')),
    links: fc.array(link, { maxLength: 4 }),
    source: fc.record({ ...spot, file, pointer: text }),
    plane: fc.constantFrom('runtime' as const, 'runtime' as const, 'development' as const),
    confidence: fc.constantFrom('declared' as const, 'parsed' as const, 'inferred' as const),
    reader: fc.constantFrom('python', 'compose', 'mcp-config', 'crewai-yaml'),
    overrides: file,
    configKey: text,
  },
  {
    requiredKeys: [
      'kind',
      'name',
      'attributes',
      'controls',
      'links',
      'source',
      'plane',
      'confidence',
      'reader',
    ],
  },
);

/** The facts of repositories that nobody has seen, and nobody would want to. */
export const someFacts: fc.Arbitrary<Fact[]> = fc.array(fact, { minLength: 1, maxLength: 12 });
export const someText = text;

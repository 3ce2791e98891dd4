import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readYaml } from '../../src/model/yaml.ts';
import { jsonReport } from '../../src/report/json.ts';
import { checkControls } from '../../src/rules/check-controls.ts';
import { fullVerdict } from '../report/verdict-fixture.ts';
import { folder, HOME, maestro } from '../support/cli.ts';
import { complianceReports } from '../support/compliance-reports.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { diffReports, reportsWithBase } from '../support/diff-reports.ts';
import { LateSchemas } from '../support/late-schemas.ts';
import { mutationReports } from '../support/mutation-reports.ts';
import { systemOf, vocabulary } from '../support/pack.ts';
import { pathsReports } from '../support/paths-reports.ts';
import { type Part, partsOf, reach, type Schema } from '../support/schema-parts.ts';

// Every key, word and form of every schema is written in a fixture, and the fixture is no longer valid without it.

const read = (path: string): string => readFileSync(join(HOME, path), 'utf8');
const schemas = new Map(
  readdirSync(join(HOME, 'schemas')).map((file) => [
    file.replace('.schema.json', ''),
    JSON.parse(read(`schemas/${file}`)) as Schema,
  ]),
);
const idOf = (name: string): string => String(schemas.get(name)!['$id']);

/** As the program reads it, where numbers stay text, and as an editor does. */
const readings = (text: string): unknown[] => [readYaml('fixture', text).data, parse(text, { merge: true })];
/** The entries of a file of fixtures. */
const listed = (name: string): unknown[] =>
  readings(read(`test/golden/schema/${name}.yaml`)).flatMap((list) => list as unknown[]);
const ruleTexts = readdirSync(join(HOME, 'rules'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /[\\/].*\.yaml$/.test(path))
  .map((path) => read(join('rules', path)));

/** What is valid by each schema. A schema without a line here fails the tests below. */
const FIXTURES: Readonly<Record<string, () => unknown[] | Promise<unknown[]>>> = {
  'maestro-1': () => [...DESCRIPTIONS.flatMap(({ text }) => readings(text)), ...listed('maestro-1')],
  'maestro-part-1': () => listed('maestro-part-1'),
  'rule-1': () => [...ruleTexts.flatMap(readings), ...listed('rule-1')],
  'config-1': () => listed('config-1'),
  'waivers-1': () => listed('waivers-1'),
  'assert-1': () => listed('assert-1'),
  'baseline-1': () => listed('baseline-1'),
  'vocabulary-1': () => [...readings(read('rules/controls.yaml')), ...listed('vocabulary-1')],
  'report-1': reports,
  'diff-1': diffReports,
  'paths-1': pathsReports,
  'equivalents-1': () => listed('equivalents-1'),
  'mutation-1': mutationReports,
  'compliance-1': complianceReports,
};

/** Words that people take for true and false and YAML 1.2 for texts; the only words a schema is there to refuse. */
const NO_BOOLEANS = ['y', 'yes', 'on', 'n', 'no', 'off'].flatMap((word) => [
  ...new Set([word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]),
]);
const REFUSED = NO_BOOLEANS.map((word) => ({ maestro: 1, system: { name: 's' }, controls: { sbom: word } }));

/** What may be taken out and nobody notices, all of one definition, with the reason. An entry that no longer holds fails. */
const UNNOTICED: Readonly<Record<string, readonly { readonly parts: RegExp; readonly because: string }[]>> = {
  'maestro-1': [
    {
      parts: /^controls\.[a-z_]+$/,
      because:
        'a company adds names of its own, so the schema allows any; the vocabulary does not, see below',
    },
  ],
};

const SEEN: readonly [layer: string, severity: string, confidence: string, profile: string | null][] = [
  ['foundation-models', 'critical', 'high', 'essential'],
  ['data-operations', 'high', 'medium', 'recommended'],
  ['agent-frameworks', 'medium', 'low', 'strict'],
  ['deployment-infrastructure', 'low', 'high', 'strict'],
  ['evaluation-observability', 'low', 'high', 'strict'],
  ['security-compliance', 'low', 'high', 'strict'],
  ['agent-ecosystem', 'low', 'high', 'strict'],
  ['cross-layer', 'low', 'high', null],
];
const ruleOf = ([layer, severity, confidence, profile]: (typeof SEEN)[number]): string => `rule: 1
id: seen-in-${layer}
title: Seen
layer: ${layer}
severity: ${severity}
confidence: ${confidence}
${profile === null ? '' : `profile: ${profile}`}
for: system
when: "true"
message: Seen
why: It is there.
fix: { say: Look at it, edit: { x-seen: true } }
tests: [{ name: always, model: "{}", finds: [{ subject: test }] }]
`;

/** Waived with an end and without, ignored by a comment, and a waiver that fits nothing. */
const SILENCED = `maestro: 1
system: { name: accepted }
agents:
  a: { autonomy: autonomous } # maestro: ignore[kill-switch-missing] a trial
  b: { autonomy: autonomous }
  c: { autonomy: autonomous }
  d: { autonomy: suggest }
waivers:
  - { rule: kill-switch-missing, component: b, reason: Being built, owner: finance, expires: 2999-12-31 }
  - { rule: kill-switch-missing, component: c, reason: Being built, owner: finance }
  - { rule: kill-switch-missing, component: d, reason: Being built, owner: finance }
`;

/** A part in which `changes` close two of three paths, or in which finding that out would take too long. */
const partThatCloses = (changes: number | null): unknown => {
  const gate = { shard: { index: 1, of: 2 }, failOn: 'high', failOnUnknown: false } as const;
  const part = { ...gate, closing: { paths: 3, closed: 2, changes } };
  return JSON.parse(jsonReport(fullVerdict(), { frameworksOf: () => [], part }));
};

/** Reports of real runs: findings and attack paths, checks that could not judge, mistakes, files of all sorts. */
async function reports(): Promise<unknown[]> {
  const whole = DESCRIPTIONS.find(({ name }) => name === 'whole')!.text;
  const cwd = folder({
    ...Object.fromEntries(SEEN.map((seen) => [`pack/${seen[0]}/seen-in-${seen[0]}.yaml`, ruleOf(seen)])),
    'maestro.yaml': `${whole}\ninclude: [parts/*.yaml]\n`,
    'parts/more.maestro.yaml': 'agents: { more: { autonomy: bounded } }\n',
    'twice.maestro.yaml':
      'maestro: 1\nsystem: { name: twice }\nagents: { a: { rol: worker } }\ntools: { a: }\n',
    'again.maestro.yaml': 'maestro: 1\nsystem: { name: again }\nagents: { a: {} }\ntools: { a: {} }\n',
    'other/maestro.yaml': 'music: score\n',
    'accepted.maestro.yaml': SILENCED,
    'drifted.maestro.yaml':
      'maestro: 1\nsystem: { name: drifted }\ninfrastructure: { app: { exposure: private } }\n',
    'compose.yaml': 'services: { app: { image: app, ports: ["80:80"] } }\n',
  });
  symlinkSync('nowhere', join(cwd, 'link.maestro.yaml'));
  const run = async (...options: string[]) => {
    const { stdout } = await maestro(cwd, ['lint', '-f', 'json', '--pack', 'pack', ...options]);
    return JSON.parse(stdout) as unknown;
  };
  const parts = ['critical', 'high', 'medium', 'low', 'never'].map((level) =>
    run('--shard', '1/2', '--fail-on', level),
  );
  return [
    await run('--profile', 'strict'),
    await run('--rule', 'seen-in-cross-layer'),
    await run('--drift', '--rule', 'drift-contradiction'),
    ...(await Promise.all(parts)),
    ...[2, null].map(partThatCloses),
    ...reportsWithBase(),
  ];
}

const late = new LateSchemas([...schemas.values()]);

/** Whether every fixture is still valid without these parts, and every refused word still refused. */
function survives(
  checked: LateSchemas,
  name: string,
  parts: readonly Part[],
  valid: readonly unknown[],
): boolean {
  const accepts = (data: unknown) => checked.accepts(idOf(name), data);
  return checked.without(idOf(name), parts, () =>
    parts[0]!.is === 'refused word' ? !REFUSED.some(accepts) : valid.every(accepts),
  );
}

/** Without what is the same in the schema it was made from. */
function ownParts(name: string): Part[] {
  const parts = partsOf(schemas.get(name)!);
  return name === 'maestro-part-1' ? parts.filter(({ definition }) => definition === '') : parts;
}

test('a part of a description is made of what a description is made of', () => {
  const plain = (name: string) =>
    JSON.parse(JSON.stringify(schemas.get(name)), (key, value) => (key.startsWith('x-') ? undefined : value));
  const { definitions: part } = plain('maestro-part-1');
  const { definitions: whole } = plain('maestro-1');
  expect(whole).toMatchObject(part);
});

test('every schema has fixtures', () => {
  expect(Object.keys(FIXTURES).sort()).toEqual([...schemas.keys()].sort());
});

describe.each(Object.entries(FIXTURES))('%s', (name, fixtures) => {
  const parts = ownParts(name);
  const unnoticed = UNNOTICED[name] ?? [];

  test('allows its fixtures and misses whatever is taken out of it', async () => {
    const valid = await fixtures();
    for (const data of valid) expect(late.accepts(idOf(name), data), JSON.stringify(data)).toBe(true);
    const noticed = parts.filter((part) => !unnoticed.some((entry) => entry.parts.test(part.name)));
    const unwritten = noticed.filter((part) => survives(late, name, [part], valid)).map((part) => part.name);
    expect(unwritten, 'written in no fixture').toEqual([]);
  });
});

describe.each(Object.entries(UNNOTICED))('%s stays as it is', (name, entries) => {
  test.each(entries)('without $parts: $because', async ({ parts: pattern }) => {
    const parts = partsOf(schemas.get(name)!).filter((part) => pattern.test(part.name));
    expect(parts.length).toBeGreaterThan(0);
    expect(survives(late, name, parts, await FIXTURES[name]!())).toBe(true);
  });
});

test('the vocabulary misses each control that is taken out of it', () => {
  const { text } = DESCRIPTIONS.find(({ name }) => name === 'whole')!;
  const system = systemOf(readYaml('whole', text).data);
  const unwritten = [...vocabulary.keys()].filter((name) => {
    const rest = new Map([...vocabulary].filter(([other]) => other !== name));
    return checkControls(system, rest).length === 0;
  });
  expect(unwritten, 'declared in no fixture').toEqual([]);
});

describe('this test', () => {
  const name = 'maestro-1';
  const valid = DESCRIPTIONS.flatMap(({ text }) => readings(text));

  test('finds a key, a word and a form that nobody writes', () => {
    const schema = structuredClone(schemas.get(name)!) as { definitions: Record<string, Schema> };
    const agent = schema.definitions['agent'] as { properties: Record<string, { enum: string[] }> };
    agent.properties['mood'] = { enum: ['calm'] };
    agent.properties['role']!.enum.push('jester');
    schema.definitions['duration']!['type'] = ['string', 'number'];
    const changed = new LateSchemas([schema as unknown as Schema]);
    const unwritten = partsOf(schema as unknown as Schema)
      .filter(({ definition }) => definition === 'agent' || definition === 'duration')
      .filter((part) => survives(changed, name, [part], valid))
      .map((part) => part.name);
    expect(unwritten).toEqual([
      'duration is number',
      'agent.role = "jester"',
      'agent.mood',
      'agent.mood = "calm"',
    ]);
  });

  test('says what ajv says of a schema that was changed as a whole', () => {
    const parts = partsOf(schemas.get(name)!).filter((_, i) => i % 151 === 50);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      const schema = structuredClone(schemas.get(name)!) as { definitions: Record<string, Schema> };
      const holder = part.definition === '' ? schema : schema.definitions[part.definition]!;
      part.change(reach(holder, part.at));
      const validate = new Ajv({ strict: false, unicodeRegExp: true, validateSchema: false }).compile(schema);
      const answers = valid.map((data) => validate(data));
      const here = late.without(idOf(name), [part], () =>
        valid.map((data) => late.accepts(idOf(name), data)),
      );
      expect(here, part.name).toEqual(answers);
    }
  });
});

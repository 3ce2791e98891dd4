import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Field, language } from '../../src/model/language.ts';
import { folder, maestro } from '../support/cli.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { controls } from '../support/lint-data.ts';
import { Random } from '../support/random.ts';
import { randomSystem } from '../support/random-system.ts';
import { runs } from '../support/runs.ts';

type Map = Record<string, unknown>;
const isMap = (value: unknown): value is Map =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same description written otherwise: other order of keys and of sets, another form of the same references. */
function rewritten(root: Map, random: Random): Map {
  const entries = Object.entries(root).map(([key, value]): [string, unknown] => {
    const kind = Object.hasOwn(language.sections, key) ? language.sections[key]!.kind : null;
    if (kind !== null && isMap(value)) return [key, members(value, kind, random)];
    if (key === 'flows' && Array.isArray(value))
      return [key, random.shuffled(value.map((flow) => keys(flow, 'flow', random)))];
    return [key, isMap(value) ? keys(value, key, random) : value];
  });
  return Object.fromEntries(random.shuffled(entries));
}

const members = (map: Map, definition: string, random: Random): Map =>
  Object.fromEntries(
    random
      .shuffled(Object.entries(map))
      .map(([id, value]) => [id, isMap(value) ? keys(value, definition, random) : value]),
  );

function keys(map: Map, definition: string, random: Random): Map {
  const fields: Readonly<Record<string, Field>> = language.definitions[definition]?.fields ?? {};
  const entries = random.shuffled(Object.entries(map)).map(([key, value]): [string, unknown] => {
    const field = Object.hasOwn(fields, key) ? fields[key]! : null;
    if (field?.ref) return [key, reference(value, field.ref.edge ?? null, random)];
    if (field?.of && field.form === 'map' && isMap(value)) return [key, members(value, field.of, random)];
    if (field?.of && isMap(value)) return [key, keys(value, field.of, random)];
    // Words, texts, actions by name, pieces of evidence.
    if (Array.isArray(value)) return [key, random.shuffled(value)];
    return [key, value];
  });
  return Object.fromEntries(entries);
}

/** An id, a list of ids and a map with nothing to say about them mean the same. */
function reference(value: unknown, edge: string | null, random: Random): unknown {
  if (isMap(value) && Object.values(value).some((each) => isMap(each) && Object.keys(each).length > 0)) {
    return members(value, edge ?? '', random);
  }
  const ids = random.shuffled(isMap(value) ? Object.keys(value) : [value].flat().map(String));
  const forms: unknown[] = [ids];
  if (ids.length === 1) forms.push(ids[0]);
  if (edge !== null) forms.push(Object.fromEntries(ids.map((id) => [id, random.pick([null, {}])])));
  // Only what takes several takes a list.
  return edge === null && typeof value === 'string' ? value : random.pick(forms);
}

/** Everything a report says but for places. */
async function said(cwd: string): Promise<unknown> {
  const { stdout } = await maestro(cwd, ['lint', '-f', 'json', '--profile', 'strict']);
  const report = JSON.parse(stdout);
  expect(report.errors).toEqual([]);
  const findings = report.findings.map((finding: Map) => ({
    rule: finding['rule'],
    severity: finding['severity'],
    subject: finding['subject'],
    at: finding['at'],
    message: finding['message'],
    fingerprint: finding['fingerprint'],
    sources: finding['sources'],
    steps: (finding['steps'] as Map[] | undefined)?.map(({ node, text }) => ({ node, text })),
  }));
  const unknown = report.unknown.map(({ rule, subject, facts }: Map) => ({ rule, subject, facts }));
  const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  const { stdout: picture } = await maestro(cwd, ['graph', '--findings', '--profile', 'strict']);
  return { findings: findings.sort(byText), unknown: unknown.sort(byText), picture };
}

test.each(DESCRIPTIONS)(
  'how $name is written changes only places',
  async ({ name, text }) => {
    const cwd = folder({ 'maestro.yaml': text });
    const expected = await said(cwd);
    const plain = parse(text, {
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !/:(int|float)$/.test(tag.tag)),
      merge: true,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), async (seed, flow) => {
        const random = new Random(seed);
        const other = stringify(rewritten(plain, random), {
          collectionStyle: flow ? 'flow' : 'block',
          lineWidth: 0,
        });
        expect(await said(folder({ 'maestro.yaml': other })), other).toEqual(expected);
      }),
      { numRuns: runs(name === 'whole' ? 40 : 12), endOnFailure: true },
    );
  },
  120_000,
);

test('how a random system is written changes only places', async () => {
  for (let seed = 1; seed <= runs(24); seed++) {
    const random = new Random(seed);
    const plain = randomSystem(random, controls);
    const expected = await said(folder({ 'maestro.yaml': stringify(plain, { lineWidth: 0 }) }));
    for (const collectionStyle of ['flow', 'block'] as const) {
      const other = stringify(rewritten(plain, random), { collectionStyle, lineWidth: 0 });
      expect(await said(folder({ 'maestro.yaml': other })), other).toEqual(expected);
    }
  }
});

test('a message names a list of words in one order', async () => {
  const from = (regions: string) =>
    said(
      folder({
        'maestro.yaml': `maestro: 1\nsystem: { name: a, regions: ${regions} }\nmodels:\n  llm: { hosting: vendor, region: us-east-1 }\nagents:\n  helper: { models: [llm] }\n`,
      }),
    );
  const one = await from('[eu-west-1, eu-central-1]');
  expect(JSON.stringify(one)).toContain('data may only be in eu-central-1, eu-west-1');
  expect(await from('[eu-central-1, eu-west-1]')).toEqual(one);
});

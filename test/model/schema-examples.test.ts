import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { loadText } from '../../src/model/load.ts';
import { checkControls } from '../../src/rules/check-controls.ts';
import { vocabulary } from '../support/pack.ts';
import type { Schema } from '../support/schema-parts.ts';

// Every key of the language has an example, `x-example`; docs/reference.md shows them all.

interface Property {
  readonly $ref?: string;
  readonly 'x-kind'?: string;
  readonly 'x-example': unknown;
  readonly additionalProperties?: { readonly $ref: string };
}
type Properties = Readonly<Record<string, Property>>;
interface Definition {
  readonly properties: Properties;
  readonly 'x-example'?: readonly object[];
}

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/maestro-1.schema.json', import.meta.url), 'utf8'),
) as Schema & Definition & { readonly definitions: Readonly<Record<string, Definition>> };
const ajv = new Ajv({ strict: false, unicodeRegExp: true, inlineRefs: false }).addSchema(schema, 'maestro');

const examplesOf = (properties: Properties): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, property['x-example']]));
const definitionOf = ({ additionalProperties }: Property): Definition =>
  schema.definitions[additionalProperties!.$ref.replace('#/definitions/', '')]!;

const objects = Object.entries(schema.definitions).filter(([, { properties }]) => properties);

test('every key has an example', () => {
  const all: readonly (readonly [string, Definition])[] = [['', schema], ...objects];
  const keys = all.flatMap(([name, { properties }]) =>
    Object.entries(properties).map(([key, property]) => ({ name: `${name}.${key}`, property })),
  );
  expect(keys.length).toBeGreaterThan(300);
  const without = keys.filter(({ property }) => property['x-example'] === undefined);
  expect(without.map(({ name }) => name)).toEqual([]);
});

describe('what the examples of one object say may stand there', () => {
  test.each(objects)('%s', (name, definition) => {
    // Where keys shut each other out, whole objects stand in for all keys together.
    const shown = definition['x-example'] ?? [];
    for (const example of [examplesOf(definition.properties), ...shown])
      expect(ajv.validate({ $ref: `maestro#/definitions/${name}` }, example), ajv.errorsText()).toBe(true);
    const written = new Set(shown.flatMap((example) => Object.keys(example)));
    if (shown.length > 0) expect([...written].sort()).toEqual(Object.keys(definition.properties).sort());
  });
});

/** Less what stands in other files or in a later version. */
function alone(description: Record<string, unknown>): Record<string, unknown> {
  const { include, assert, ...rest } = description;
  return rest;
}

test('all examples together are one description', () => {
  const small = examplesOf(schema.properties);
  const full: Record<string, unknown> = {
    ...small,
    system: examplesOf(schema.definitions['system']!.properties),
  };
  for (const [section, property] of Object.entries(schema.properties)) {
    if (property['x-kind'] === undefined) continue;
    const members = property['x-example'] as Record<string, unknown>;
    // The reference shows all keys on the first entry of the small example.
    const first = Object.keys(members)[0]!;
    full[section] = { ...members, [first]: examplesOf(definitionOf(property).properties) };
  }
  for (const description of [small, full]) {
    expect(ajv.validate('maestro', description), ajv.errorsText()).toBe(true);
    const loaded = loadText('examples', JSON.stringify(alone(description)));
    expect(loaded.is === 'invalid' ? loaded.problems.map(({ message }) => message) : []).toEqual([]);
    if (loaded.is !== 'system') throw new Error('no description');
    expect(checkControls(loaded.system, vocabulary).map(({ message }) => message)).toEqual([]);
  }
});

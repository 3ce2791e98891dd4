import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isModel } from '../../build/is-model.js';
import { validate } from '../../build/validate-model.js';
import { type Data, isDataMap, readYaml } from '../../src/model/yaml.ts';
import { runs } from '../support/runs.ts';

const root = new URL('../../', import.meta.url).pathname;
const models = ['examples', 'test/golden']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => /maestro\.ya?ml$/.test(name))
  .map((name) => readYaml(name, readFileSync(join(root, name), 'latin1')))
  .filter(({ problems }) => problems.length === 0)
  .map(({ data }) => data);

/** `data` with one value somewhere in it replaced, or one key renamed. */
function mutate(data: Data, next: () => number, value: Data): Data {
  if (Array.isArray(data) && data.length > 0 && next() % 8 > 0) {
    const at = next() % data.length;
    return data.map((each, i) => (i === at ? mutate(each, next, value) : each));
  }
  if (isDataMap(data) && Object.keys(data).length > 0 && next() % 8 > 0) {
    const keys = Object.keys(data);
    const key = keys[next() % keys.length]!;
    const renamed = next() % 12 === 0 ? `${key}x` : key;
    return Object.fromEntries(
      Object.entries(data).map(([name, each]) =>
        name === key ? [renamed, mutate(each, next, value)] : [name, each],
      ),
    );
  }
  return value;
}

test('the plain question and the validator that explains give the same answer', () => {
  expect(models.length).toBeGreaterThan(20);
  for (const data of models) expect(isModel(data)).toBe(validate(data));
  const word = fc.constantFrom<Data[]>(
    'true',
    'none',
    '60/min',
    '90d',
    'agents',
    '',
    '1',
    'é',
    null,
    true,
    false,
    [],
    {},
    ['a'],
    { by: 'human' },
    { a: {} },
    { method: 'mtls' },
    'mtls',
    'planned',
    { status: 'planned' },
  );
  const seen = { valid: 0, invalid: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...models), fc.infiniteStream(fc.nat()), word, (data, stream, value) => {
      const mutant = mutate(data, () => stream.next().value as number, value);
      const answer = validate(mutant);
      expect(isModel(mutant)).toBe(answer);
      seen[answer ? 'valid' : 'invalid'] += 1;
    }),
    { numRuns: runs(4000) },
  );
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(runs(200));
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeEdit } from '../../src/model/write-yaml.ts';
import { type Data, type DataMap, readYaml } from '../../src/model/yaml.ts';

const name = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    fc.constantFrom('true', 'no', '-', '- a', '1.0', '~', '<<x', 'a: b', '#', 'a #b', '{', 'ключ'),
  )
  .filter((text) => !/^(?:__proto__|<<|\d+)$/.test(text) && !/\p{Cs}/u.test(text));
const value: fc.Arbitrary<Data> = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    name,
    fc.boolean(),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(name, tie('data'), { maxKeys: 3 }),
  ),
})).data as fc.Arbitrary<Data>;

test('what is written reads back as what was meant', () => {
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 3 }),
      fc.dictionary(name, value, { minKeys: 1, maxKeys: 3 }),
      (path, edit) => {
        const { data, problems } = readYaml('edit', writeEdit(path, edit as DataMap));
        expect(problems).toEqual([]);
        const wanted = [...path]
          .reverse()
          .reduce<Data>((inner, step) => ({ [step]: inner }), { ...(edit as DataMap) });
        expect(data).toEqual(wanted);
      },
    ),
    { numRuns: 500 },
  );
});

test('short things stay plain, removed keys become a remark', () => {
  const edit = {
    auth: null,
    controls: { kill_switch: { evidence: 'runbooks/kill-switch.md' }, rate_limit: '60/min' },
  };
  expect(writeEdit(['agents', 'trader'], edit)).toBe(
    [
      'agents:',
      '  trader:',
      '    # remove `auth`',
      '    controls: { kill_switch: { evidence: runbooks/kill-switch.md }, rate_limit: 60/min }',
    ].join('\n'),
  );
});

test('an entry of a list is shown as one, and no edit as nothing', () => {
  expect(writeEdit(['flows', '0'], { auth: 'mtls' })).toBe('flows:\n  -\n    auth: mtls');
  expect(writeEdit(['agents'], {})).toBe('');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Problem } from '../../src/finding/finding.ts';
import { type Data, isDataMap } from '../../src/model/yaml.ts';
import { readPlain } from '../../src/model/yaml-plain.ts';
import { readWhole } from '../../src/model/yaml-whole.ts';
import { edited, editWith } from '../support/edits.ts';
import { runs } from '../support/runs.ts';

const root = new URL('../../', import.meta.url).pathname;
const files = ['examples', 'rules', 'test/golden', 'test/fixtures']
  .flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      );
    } catch {
      return [];
    }
  })
  .filter((name) => /\.ya?ml$/.test(name))
  .sort();

/** Every path of the data, and one step beyond each. */
function* paths(data: Data, at: string[] = []): Generator<string[]> {
  yield at;
  yield [...at, 'nothing-there'];
  if (Array.isArray(data)) for (const [i, each] of data.entries()) yield* paths(each, [...at, String(i)]);
  else if (isDataMap(data)) for (const [key, each] of Object.entries(data)) yield* paths(each, [...at, key]);
}

/**
 * `yaml` 2.9 takes the next key for a part of a text that stands behind a remark further left and before an empty line.
 * The file is right: without the remark it reads it.
 */
const isRemarkBug = ({ message }: Problem): boolean => message.startsWith('This line should be `key: value`');

/** Both ways give the same data and, where the quick one tells a place at all, the same place. */
function compare(text: string): boolean {
  const plain = readPlain(text);
  if (plain === null) return false;
  const whole = readWhole('file', text);
  if (whole.problems.some(isRemarkBug)) {
    expect(plain.data, text).toEqual(readWhole('file', text.replace(/^ *#.*\n/gm, '')).data);
    return true;
  }
  expect(whole.problems, text).toEqual([]);
  expect(plain.data, text).toEqual(whole.data);
  for (const path of paths(whole.data)) {
    for (const part of ['key', 'value'] as const) {
      const found = plain.find(path, part);
      if (found) expect(found, `${path.join('.')} ${part} of\n${text}`).toEqual(whole.find(path, part));
    }
  }
  return true;
}

/** What makes YAML mean something else. */
const pieces = [
  '\n',
  ' ',
  '  ',
  ':',
  ': ',
  '- ',
  '#',
  ' #',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '|',
  '>',
  '&a ',
  '*a',
  '!x ',
  '<<: ',
  '~',
  'true',
  '\t',
  '%',
  '@',
  '`',
  '?',
  '? ',
  '---',
  '...',
  '\\',
  '\u00e9',
  '\ud83d\ude00',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\r',
  '\r\n',
  '1.0',
  '0x1',
  '|-\n  x',
  '>+\n  x\n\n',
];

const edit = editWith(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })));

describe('the quick way to read YAML', () => {
  test('agrees with the whole parse on every file of the project', () => {
    const quick = files.filter((name) => {
      const text = decode(name);
      return text !== null && compare(text);
    });
    expect(quick.filter((name) => name.startsWith('examples')).length).toBeGreaterThan(1);
    expect(quick.length).toBeGreaterThan(20);
  });

  test('agrees with it on what mutations leave readable', () => {
    const texts = files.filter((name) => name.startsWith('examples')).map((name) => decode(name) ?? '');
    let quick = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (text, from, edits) => {
          const lines = text.split('\n');
          const part = lines.slice(from % lines.length, (from % lines.length) + 14).join('\n');
          if (compare(edited(part, edits))) quick += 1;
        },
      ),
      { numRuns: runs(8000) },
    );
    expect(quick).toBeGreaterThan(100);
  });

  test.each([
    ['{a: b}', true],
    ['{\n  "a": [1, 2],\n  "b": {}\n}\n', true],
    ['a:\n# why\n  some text\n\nb: c\n', true],
    ['tools:\n- "a" role: b\n- c\n', false],
    ['tools:\n- [a] role: b\n', false],
    ['a: >+\n ', false],
    ['>1\n1.0', false],
  ])('reads %j: %s', (text, isQuick) => {
    expect(readPlain(text) !== null).toBe(isQuick);
    if (isQuick) compare(text);
  });

  test('agrees with it on small documents in every style, and on what mutations make of them', () => {
    const scalar = fc.oneof(fc.boolean(), fc.constant(null), fc.string({ maxLength: 4 }));
    const { document } = fc.letrec<{ document: unknown }>((tie) => ({
      document: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        scalar,
        fc.array(tie('document'), { maxLength: 3 }),
        fc.dictionary(fc.string({ maxLength: 3 }), tie('document'), { maxKeys: 3 }),
      ),
    }));
    const styles: readonly ((value: unknown) => string)[] = [
      (value) => JSON.stringify(value),
      (value) => JSON.stringify(value, null, 2),
      (value) => stringify(value),
      (value) => stringify(value, { collectionStyle: 'flow', singleQuote: true, lineWidth: 12 }),
      (value) => stringify(value, { nullStr: '', indentSeq: false }),
    ];
    let quick = 0;
    fc.assert(
      fc.property(
        document,
        fc.constantFrom(...styles),
        fc.array(edit, { maxLength: 3 }),
        (value, write, edits) => {
          if (compare(edited(write(value), edits))) quick += 1;
        },
      ),
      { numRuns: runs(8000) },
    );
    expect(quick).toBeGreaterThan(100);
  });
});

const decode = (name: string): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(join(root, name)));
  } catch {
    return null;
  }
};

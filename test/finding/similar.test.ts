import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { similar } from '../../src/finding/similar.ts';

const KEYS = [
  'autonomy',
  'reads',
  'writes',
  'tools',
  'models',
  'memory',
  'kill_switch',
  'human_approval',
  'mfa',
];

describe('what was probably meant', () => {
  test.each([
    ['autonmy', 'autonomy'],
    ['Autonomy', 'autonomy'],
    ['kill-switch', 'kill_switch'],
    ['killswitch', 'kill_switch'],
    ['raeds', 'reads'],
    ['tool', 'tools'],
    ['mf', 'mfa'],
    ['human_aproval', 'human_approval'],
    // The beginning of a longer name.
    ['kill', 'kill_switch'],
  ])('%s is near %s', (word, meant) => expect(similar(word, KEYS)).toBe(meant));

  test.each(['colour', 'x', '', 'kil', 'constructor', '__proto__', 'a'.repeat(1000)])(
    '%s is near nothing',
    (word) => expect(similar(word, KEYS)).toBeUndefined(),
  );

  test('a word is itself; the nearest wins, of equals the first', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1 }),
        fc.nat(),
        (words, i) => {
          const word = words[i % words.length]!;
          const fold = (text: string) => text.toLowerCase().replaceAll('-', '_');
          expect(fold(similar(word, words)!)).toBe(fold(word));
        },
      ),
    );
    expect(similar('cat', ['bat', 'car'])).toBe('bat');
    expect(similar('cats', ['bat', 'cat'])).toBe('cat');
  });

  test('one letter more, less, other or swapped is always near', () => {
    const word = fc.stringMatching(/^[a-z]{4,15}$/);
    const letter = fc.constantFrom(...'abcxyz');
    fc.assert(
      fc.property(
        word,
        fc.nat(),
        letter,
        fc.constantFrom('insert', 'delete', 'replace', 'swap'),
        (text, at, char, how) => {
          const i = at % (text.length - 1);
          const changed = {
            insert: text.slice(0, i) + char + text.slice(i),
            delete: text.slice(0, i) + text.slice(i + 1),
            replace: text.slice(0, i) + char + text.slice(i + 1),
            swap: text.slice(0, i) + text[i + 1] + text[i] + text.slice(i + 2),
          }[how];
          expect(similar(changed, [text])).toBe(text);
        },
      ),
    );
  });
});

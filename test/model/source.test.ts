import { expect, test } from 'vitest';
import { Source } from '../../src/model/source.ts';

/** The line shown above the one that `mark` is on. */
const parentOf = (text: string, mark: string): [line: number, text: string] | null => {
  const { parent } = new Source('f', text).place(
    text.indexOf(mark),
    text.indexOf(mark) + mark.length,
  ).snippet;
  return parent && [parent.line, parent.text];
};

test.each([
  [
    'the nearest line that is indented less',
    'agents:\n  host:\n    a: 1\n    b:\n      c: 2\n    d: 3\n',
    'd',
    [2, '  host:'],
  ],
  ['not an empty line or a comment', 'a:\n  b:\n\n# no\n  \n    c: 1\n', 'c', [2, '  b:']],
  [
    'of an entry of a list, also of one that is not indented',
    'flows:\n- from: x\n- from: y\n',
    'y',
    [1, 'flows:'],
  ],
  ['of a key inside an entry', 'flows:\n  - from: x\n    to: y\n', 'to', [2, '  - from: x']],
  ['of a file with Windows line ends', 'a:\r\n\r\n  b: 1\r\n', 'b', [1, 'a:']],
  ['none at the top', '# c\na: 1\nb: 2\n', 'b', null],
  ['none when it is far', `a:\n${'  x: 1\n'.repeat(100)}  z: 1\n`, 'z', null],
] as const)('the parent of a line: %s', (_, text, mark, parent) =>
  expect(parentOf(text, mark)).toEqual(parent),
);

test('the parent is masked like every line', () => {
  const key = 'k: "AKIA' + 'ABCDEFGHIJKLMNOP"';
  expect(parentOf(`${key}\n  z: 1\n`, 'z')![1]).toBe(`k: "${'*'.repeat(20)}"`);
});

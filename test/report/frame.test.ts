import { describe, expect, test } from 'vitest';
import type { Location } from '../../src/finding/finding.ts';
import { codeFrame } from '../../src/report/frame.ts';
import { clipEnd, clipStart, columns, wrap } from '../../src/report/width.ts';

const plain = (text: string) => text;
const at = (line: number, column: number, endColumn: number, endLine = line): Location => ({
  file: 'f',
  line,
  column,
  endLine,
  endColumn,
});
const LOOK = { around: 'neighbours', caret: plain, gutter: plain } as const;
const frame = (lines: string[], location: Location, width = 80, firstLine = 1) =>
  codeFrame(location, { firstLine, lines, parent: null }, { ...LOOK, width });

/** A one-line frame around `mark` in `line`. */
const marked = (line: string, mark: string, width = 80) => {
  const column = line.indexOf(mark) + 1;
  return frame([line], at(1, column, column + mark.length), width);
};

/** Where the carets are, in columns of a terminal, and the text right above them. */
function above([text, carets]: string[]): string {
  const start = carets!.indexOf('^');
  const width = carets!.length - start;
  let used = 0;
  let out = '';
  for (const { segment } of new Intl.Segmenter().segment(text!)) {
    if (used >= start && used < start + width) out += segment;
    used += columns(segment);
  }
  return out;
}

describe('a frame', () => {
  test('shows a line on either side and leaves empty ones out', () => {
    expect(frame(['a:', '  b: 1', '', 'c: 2'], at(9, 3, 7), 80, 8)).toEqual([
      '8 | a:',
      '9 |   b: 1',
      '  |   ^^^^',
    ]);
    expect(frame(['a:', '  b: 1', 'c: 2', 'd: 3'], at(10, 1, 2), 80, 8)).toEqual([
      ' 9 |   b: 1',
      '10 | c: 2',
      '   | ^',
      '11 | d: 3',
    ]);
  });

  test('points at the first line of a range over several', () => {
    expect(frame(['a:', '  b: 1'], at(1, 1, 5, 2))).toEqual(['1 | a:', '  | ^^', '2 |   b: 1']);
  });

  test('has one caret for an empty range, also behind the end', () => {
    expect(frame(['key:'], at(1, 5, 5))).toEqual(['1 | key:', '  |     ^']);
    expect(frame(['key:'], at(1, 99, 120))).toEqual(['1 | key:', '  |     ^']);
  });

  test('shows instead the key that the line stands below', () => {
    const parent = { line: 4, text: '  host:' };
    const snippet = { firstLine: 9, lines: ['    a: 1', '    b: 2', '    c: 3'], parent };
    const below = (digits?: number) =>
      codeFrame(at(10, 5, 6), snippet, { ...LOOK, around: 'parent', width: 80, ...(digits && { digits }) });
    expect(below()).toEqual([' 4 |   host:', '10 |     b: 2', '   |     ^']);
    expect(below(4)).toEqual(['   4 |   host:', '  10 |     b: 2', '     |     ^']);
    const top = codeFrame(
      at(10, 5, 6),
      { ...snippet, parent: null },
      { ...LOOK, around: 'parent', width: 80 },
    );
    expect(top).toEqual(['10 |     b: 2', '   |     ^']);
  });

  test('is empty for a line that the snippet does not hold', () => {
    expect(frame(['a'], at(7, 1, 2))).toEqual([]);
  });

  test('takes CRLF', () => {
    expect(frame(['a: 1\r', 'b: 2\r'], at(1, 4, 5))).toEqual(['1 | a: 1', '  |    ^', '2 | b: 2']);
  });
});

describe('carets stand under', () => {
  test.each([
    ['漢字: { autonomy: 高い }', '高い'],
    ['"👩‍👩‍👧‍👦": 🚀 { x: here }', 'here'],
    ['🇯🇵 flag: 👍🏽ok', '👍🏽'],
    ['cafe\u0301: nai\u0308ve', 'nai\u0308ve'],
    ['한국어: 값', '값'],
    ['ﾊﾝｶｸ: wide', 'wide'],
  ])('%s', (line, mark) => expect(above(marked(line, mark))).toBe(mark));

  test('what follows a tab', () => {
    expect(marked('\ta:\t1', '1')).toEqual(['1 |     a:    1', '  |           ^']);
  });

  test('a tab itself', () => {
    expect(marked('\ta', '\t')).toEqual(['1 |     a', '  | ^^^^']);
  });

  test('what follows a character that is shown as an escape', () => {
    expect(marked('\x1b[0m: ::error::x', 'x')).toEqual([
      '1 | \\u{1b}[0m: :\\u{3a}error::x',
      `  | ${' '.repeat(25)}^`,
    ]);
  });
});

describe('a long line', () => {
  const long = `${'a'.repeat(300)} here ${'b'.repeat(300)}`;

  test('is cut around the range', () => {
    const [text, carets] = marked(long, 'here', 40);
    expect(text).toBe('1 | …aaaaaaaaaaaaaa here bbbbbbbbbbbbbb…');
    expect(above([text!, carets!])).toBe('here');
  });

  test('keeps its start when the range is there, and its end likewise', () => {
    expect(marked(`here ${'b'.repeat(300)}`, 'here', 30)[0]).toBe('1 | here bbbbbbbbbbbbbbbbbbbb…');
    expect(marked(`${'b'.repeat(300)} here`, 'here', 30)[0]).toMatch(/^1 \| …b+ here$/);
  });

  test('shows as much as fits of a range that does not', () => {
    const [text, carets] = marked(`k: ${'x'.repeat(500)}`, 'x'.repeat(500), 40);
    expect(columns(text!)).toBeLessThanOrEqual(40);
    expect(carets!.length).toBeLessThanOrEqual(40);
    expect(text).toMatch(/x…$/);
  });

  test.each([20, 30, 57, 80, 200])('never exceeds %d columns, wide or not', (width) => {
    for (const [letter, mark] of [
      ['漢', 'here'],
      ['a', '字'.repeat(70)],
      ['👩‍👩‍👧‍👦', '👍'],
      ['e\u0301', '\t\t'],
    ] as const) {
      const line = letter.repeat(200) + mark + letter.repeat(200);
      const [text, carets] = marked(line, mark, width);
      expect(columns(text!)).toBeLessThanOrEqual(Math.max(width, 24));
      expect(carets!.length).toBeLessThanOrEqual(Math.max(width, 24));
      expect(carets).toMatch(/\^$/);
    }
  });

  test('of a megabyte is quick, also as context', () => {
    const huge = `${'漢'.repeat(500_000)}here${'\x1b'.repeat(500_000)}`;
    const column = huge.indexOf('here') + 1;
    expect(frame([huge, huge, huge], at(2, column, column + 4)).join('').length).toBeLessThan(5000);
  });
});

test.each([
  ['漢字', 4],
  ['ｗｉｄｅ', 8],
  ['ﾊﾞ', 2],
  ['각', 2],
  ['\u1100\u1161\u11a8', 2],
  ['cafe\u0301', 4],
  ['👩‍👩‍👧‍👦', 2],
  ['🏳️‍🌈🇯🇵1️⃣👍🏽', 8],
  ['❤️', 2],
  ['☎', 1],
  ['नि', 2],
  ['می\u200cخواهم', 7],
  ['é…—', 3],
  ['', 0],
])('%s is %d columns wide', (text, width) => expect(columns(text)).toBe(width));

test('clipping never cuts through a character', () => {
  expect(clipEnd('漢字漢字', 5)).toBe('漢字');
  expect(clipStart('漢字漢字', 5)).toBe('漢字');
  expect(clipEnd('👩‍👩‍👧‍👦x', 1)).toBe('');
  expect(clipEnd('abc', -1)).toBe('');
});

describe('wrapping', () => {
  test('parts at blanks, the first line apart', () => {
    expect(wrap('one two three four', 8, 10)).toEqual(['one two', 'three four']);
    expect(wrap('one', 80, 80)).toEqual(['one']);
    expect(wrap('', 80, 80)).toEqual(['']);
    expect(wrap('one two', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual(['one two']);
  });

  test('keeps long words whole, also where nothing fits', () => {
    expect(wrap('see https://example.org/a/long/page now', 10, 12)).toEqual([
      'see',
      'https://example.org/a/long/page',
      'now',
    ]);
    expect(wrap('one two', -5, 3)).toEqual(['one', 'two']);
  });

  test('counts columns, not characters', () => {
    expect(wrap('\u6f22\u5b57 \u6f22\u5b57 ab', 9, 9)).toEqual(['\u6f22\u5b57 \u6f22\u5b57', 'ab']);
    expect(wrap('\u6f22\u5b57 \u6f22\u5b57 ab', 8, 8)).toEqual(['\u6f22\u5b57', '\u6f22\u5b57 ab']);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  graphvizText,
  jsonText,
  markdownProse,
  mermaidText,
  sarifMessage,
  visible,
  visibleParts,
  xmlText,
} from '../../src/report/escape.ts';
import { runs } from '../support/runs.ts';
import { HOSTILE } from './verdict-fixture.ts';

/** What must never come out raw: hidden characters, and sequences that other programs act on. */
const HIDDEN = /[\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;
const ACTED_ON = /-->|--!>|<!--|\]\]>|##\[|##vso\[|(?:^|\s)::[a-z-]+(?: .*)?::/i;

const pieces = fc.constantFrom(
  ...[
    '::',
    ':',
    'error',
    'add-mask',
    ' ',
    'x=y',
    '-',
    '--',
    '>',
    '<',
    '!',
    ']',
    '[',
    '#',
    '##',
    'vso',
    '(1)',
    '{',
    '}',
  ],
  ...[
    '0',
    '\\',
    '`',
    '*',
    '_',
    '\n',
    '\r',
    '\t',
    '\x1b',
    '\x9b',
    '\u202e',
    '\u200b',
    '\ud800',
    '\udc00',
    '😀',
    '漢',
    'a',
  ],
);
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 25 }).map((p) => p.join('')),
);

describe('visible', () => {
  test.each([
    ['\x1b[31m', '\\u{1b}[31m'],
    ['a\r\nb\tc', 'a\\u{d}\\u{a}b\\u{9}c'],
    ['\x7f\x85\x9b', '\\u{7f}\\u{85}\\u{9b}'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['\u202agpj\u2069\u200e\u061c', '\\u{202a}gpj\\u{2069}\\u{200e}\\u{61c}'],
    ['pay\u200ber\ufeff', 'pay\\u{200b}er\\u{feff}'],
    ['pay\u200der', 'pay\\u{200d}er'],
    ['\ud800', '\\u{d800}'],
    ['a\u{e0041}', 'a\\u{e0041}'],
    ['::error file=a::b', ':\\u{3a}error file=a::b'],
    ['  ::add-mask::x', '  :\\u{3a}add-mask::x'],
    ['x::error::y', 'x:\\u{3a}error::y'],
    ['::stop-commands::token', ':\\u{3a}stop-commands::token'],
    ['##[group]a', '#\\u{23}[group]a'],
    ['##vso[task.x]', '#\\u{23}vso[task.x]'],
    ['a --> b', 'a --\\u{3e} b'],
    ['<!-- c', '\\u{3c}!-- c'],
    ['<![CDATA[x]]>', '<![CDATA[x]]\\u{3e}'],
  ])('%j becomes %j', (text, expected) => expect(visible(text)).toBe(expected));

  test.each([
    'arn:aws:iam::123456789012:role/x',
    '["arn:aws:s3:::bucket/*", "arn:aws:s3:::other/*"]',
    'http://[::1]:8080/',
    '::1',
    '::ffff:10.0.0.1',
    'fe80::1 and 2001:db8::ff',
    'AWS::Lambda::Function',
    'std::vector::iterator',
    'a -> b, a => b, a - -> b',
    '# heading ## two',
    'a[b[0]] > c',
    '漢字 ñ é',
    '👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈',
    'می\u200cخواهم',
    'ශ්\u200dරී',
  ])('%j stays', (text) => expect(visible(text)).toBe(text));

  test('nothing hidden or acted on is left, whatever the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visible(text)).not.toMatch(HIDDEN);
        expect(visible(text)).not.toMatch(ACTED_ON);
      }),
      { numRuns: runs(2000) },
    );
  });

  // Were each command to cost a look at the whole line, this would take longer than any test may.
  test('a long line is no slower for each of its commands', () => {
    const line = '::error '.repeat(200_000) + '##'.repeat(200_000);
    expect(visible(line).length).toBeGreaterThan(line.length);
  });
});

test('visibleParts escapes across the borders and parts at the same characters', () => {
  expect(visibleParts('a:\t:error x', 2, 4, '  ')).toEqual(['a:', '  :', 'error x']);
  expect(visibleParts(' ::error::x', 2, 8, '  ')).toEqual([' :', '\\u{3a}error', '::x']);
  fc.assert(
    fc.property(hostile, fc.nat(30), fc.nat(30), (text, a, b) => {
      const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
      expect(visibleParts(text, start, end, '\\u{9}').join('')).toBe(visible(text));
    }),
  );
});

describe('jsonText', () => {
  test('writes only escapes of JSON', () => {
    expect(jsonText({ a: ['-->', '\x9b', '\u202e'] })).toBe(
      '{\n  "a": [\n    "--\\u003e",\n    "\\u009b",\n    "\\u202e"\n  ]\n}',
    );
  });

  test('keeps the value and shows nothing raw, in keys too', () => {
    fc.assert(
      fc.property(hostile, hostile, (key, text) => {
        const json = jsonText({ [`k${key}`]: [text, { text }], '::error x::': '-->' });
        expect(JSON.parse(json)).toEqual({ [`k${key}`]: [text, { text }], '::error x::': '-->' });
        expect(json.replaceAll('\n', '')).not.toMatch(HIDDEN);
        expect(json).not.toMatch(ACTED_ON);
        expect(json).not.toMatch(/"::[a-z-]+(?: .*)?::/i);
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe('sarifMessage', () => {
  test('has no placeholder and no link', () => {
    expect(sarifMessage('{0} of {agent}')).toBe('{{0}} of {{agent}}');
    expect(sarifMessage('see [here](1)')).toBe('see \\[here\\](1)');
    expect(sarifMessage('a\\[b](c)')).toBe('a\\\\\\[b\\](c)');
    expect(sarifMessage('allow: [a, b]')).toBe('allow: [a, b]');
    expect(sarifMessage('\x1b')).toBe('\\u{{1b}}');
  });

  test('whatever the text', () => {
    /** An embedded link as SARIF 2.1.0, 3.11.6 defines it. */
    const link = /(?<!\\)(?:\\\\)*\[(?:[^\\[\]]|\\[\\[\]])*\]\([^)]+\)/;
    fc.assert(
      fc.property(hostile, (text) => {
        const message = sarifMessage(text);
        expect(message.replace(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
        expect(message).not.toMatch(link);
        expect(message).not.toMatch(HIDDEN);
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe('markdownProse', () => {
  test.each([
    ['<img src=x onerror=y>', '&lt;img src=x onerror=y&gt;'],
    ['[a](http://b.example/c_d)', '\\[a\\](<http://b.example/c_d>)'],
    ['![a][b]', '!\\[a\\]\\[b\\]'],
    ['# no heading', '\\# no heading'],
    ['- no item\n1. nor this', '\\- no item\n1\\. nor this'],
    ['    no code', 'no code'],
    ['**b** per_day ~x~ a|b', '\\*\\*b\\*\\* per\\_day \\~x\\~ a\\|b'],
    ['use `a_b` & `c`', 'use `a_b` &amp; `c`'],
    ['```js', '\\`\\`\\`js'],
    ['@all fixes owner/repo#12', '@&#8203;all fixes owner/repo#&#8203;12'],
    ['<!-- maestro -->', '\\\\u{3c}!-- maestro --\\\\u{3e}'],
  ])('%j becomes %j', (text, expected) => expect(markdownProse(text)).toBe(expected));

  test('hostile text keeps no markup', () => {
    const markdown = markdownProse(HOSTILE);
    expect(markdown).not.toMatch(/<(?!https?:)|(?<!\\)\[|@\w|(?<!\\)\*/);
    expect(markdown.replaceAll('\n', '')).not.toMatch(HIDDEN);
  });
});

describe('labels of pictures', () => {
  /** What Mermaid makes of `#38;`, and a reader of XML of `&amp;` and `&#38;`. */
  const numbers = (text: string, mark: string) =>
    text.replaceAll(new RegExp(`${mark}(\\d+);`, 'g'), (_, code) => String.fromCodePoint(Number(code)));
  const ofXml = (text: string) =>
    numbers(text, '&#')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');

  test('Mermaid: what it resolves is the text, and nothing else in it has a meaning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = mermaidText(text);
        expect(escaped.replaceAll(/#\d+;/g, '')).toMatch(/^[\w,.()/+\- \u0080-\u{10ffff}]*$/u);
        expect(numbers(escaped, '#').replaceAll('\u200b', '')).toBe(visible(text));
      }),
    );
    expect(mermaidText('"x" <b> #quot; %%{init}%%')).toBe(
      '#34;x#34; #60;b#62; #35;quot#59; #37;#37;#123;init#125;#37;#37;',
    );
  });

  test.each(['fa:fa-car', '$$x$$', 'a\\nb', '\ufb02\u00b060\u00b6\u00df'])(
    'Mermaid does not act on %s after it has resolved it',
    (text) => {
      const resolved = numbers(mermaidText(text), '#');
      expect(resolved).not.toMatch(/fa:fa-|\$\$|\\n|\ufb02\u00b0|\u00b6\u00df/);
    },
  );

  test('XML: one text, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = xmlText(text);
        expect(escaped).not.toMatch(/[<>"'\0-\x1f\ufffe\uffff]|&(?!(?:amp|lt|gt|quot|#39);)/);
        if (!/[\ufffe\uffff]/.test(text)) expect(ofXml(escaped)).toBe(visible(text));
      }),
    );
  });

  test('Graphviz: backslashes stay what they are', () => {
    expect(graphvizText('\\N & \\')).toBe('\\\\N &amp; \\\\');
  });
});

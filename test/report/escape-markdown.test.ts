import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/report/escape.ts';
import {
  hiddenLine,
  linkPath,
  markdownCode,
  markdownFence,
  markdownText,
} from '../../src/report/escape-markdown.ts';
import { foreign, nodesOf, read, seen } from '../support/gfm.ts';
import { MARKDOWN_ATTACKS } from '../support/markdown-attacks.ts';
import { runs } from '../support/runs.ts';

const NONE = /^$/;
const words = fc.oneof(
  fc.constantFrom(...MARKDOWN_ATTACKS.filter((attack) => attack.length < 200)),
  fc.constantFrom(...'@#:/|\\`$*_[]()<>!&~-+=.^"\' 0aFw\n\t'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const hostile = fc.array(words, { maxLength: 8 }).map((parts) => parts.join(''));

/** What should be read: `visible` says how hidden characters look; blanks at the ends and in rows are not seen. */
const shown = (text: string): string => visible(text).trim();
const ways: readonly [string, (text: string) => string][] = [
  ['a paragraph', (text) => `${text}\n`],
  ['an item', (text) => `- ${text}\n`],
  ['a cell', (text) => `| a | b |\n| --- | --- |\n| ${text} | ${text} |\n`],
];

describe.each(ways)('in %s', (_, around) => {
  test.each([
    ['markdownText', markdownText],
    ['markdownCode', markdownCode],
  ])('%s shows just the text', (_, made) => {
    const check = (text: string) => {
      const page = around(made(text));
      expect(foreign(page, NONE), JSON.stringify(text)).toEqual([]);
      const tree = read(page);
      const cell = nodesOf(tree)
        .filter(({ type }) => type === 'tableCell')
        .at(-1);
      expect(seen(cell ?? tree) === shown(text), JSON.stringify(text.slice(0, 100))).toBe(true);
    };
    for (const attack of MARKDOWN_ATTACKS) check(attack);
    fc.assert(fc.property(hostile, check), { numRuns: runs(500) });
  });
});

test('a fence holds whatever lines it is given', () => {
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 5 }), (lines) => {
      const tree = read(markdownFence('yaml', lines));
      expect(tree.children.map(({ type }) => type)).toEqual(['code']);
      expect(seen(tree)).toBe(lines.map(visible).join('\n'));
    }),
  );
});

test('an address ends nothing, and leads where it says', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const path = linkPath(text);
      expect(path).toMatch(/^[\w\-./%]*$/);
      const [link] = nodesOf(read(`[x](https://host.example/${path})`)).filter(({ type }) => type === 'link');
      expect(link).toMatchObject({ url: `https://host.example/${path}` });
    }),
  );
});

test('no name makes a hidden line', () => {
  expect(hiddenLine('maestro-lint default')).toBe('<!-- maestro-lint default -->');
  expect(hiddenLine('a --> <b> -- c')).toBe('<!-- a - b - c -->');
  for (const attack of MARKDOWN_ATTACKS) {
    expect(markdownText(attack)).not.toMatch(/<!--|-->/);
    expect(markdownCode(attack)).not.toMatch(/<!--|-->/);
    expect(hiddenLine(attack).slice(4, -3)).not.toMatch(/--|[<>]/);
  }
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWhole } from '../../src/model/yaml-whole.ts';
import { edited, editWith } from '../support/edits.ts';
import { runs } from '../support/runs.ts';

const said = (text: string): readonly string[] =>
  readWhole('file', text).problems.map(
    ({ message, location }) => `${location?.line}:${location?.column} ${message}`,
  );

describe('a syntax error', () => {
  test.each([
    ['a:\n\tb: c\n', '2:1 A tab stands where YAML wants spaces'],
    ['a: b: c\n', '1:4 A second `key:` stands on the same line'],
    ['a:\n  - b\n c: d\n', '3:2 This line begins in another column than those it belongs to'],
    ['a: {b: c\nd: e\n', '2:1 A `{` is still open here'],
    ['a: [b, c\nd: e\n', '2:1 A `[` is still open here'],
    ['a: "b\n', '1:4 This quote is never closed'],
    ['a: [b, "c" d]\n', '1:12 A comma is missing before this'],
    ['a: "b" &c\n', '1:8 This stands behind the end of a value'],
    ['a: "b" c\n', '1:8 This stands behind the end of a value'],
    ['tools:\n- "a" role: b\n', '2:7 This stands behind the end of a value'],
    ['a: b\nc\n', '2:1 This line should be `key: value`'],
    ['a: @b\n', '1:4 A plain value cannot begin with this character'],
    ['a: *\n', '1:4 `*` begins a reference to an anchor'],
    ['tools: [a, b]]\n', '1:14 This closes a bracket that nothing opened'],
    ['a: }b\nc: d\ne:\n  - f\n', '1:4 This closes a bracket that nothing opened'],
    ['tools: [a, , b]\n', '1:12 Nothing stands before this'],
    ['tools: - a\n', '1:8 An entry of a list begins on a line of its own, with `- `'],
    ['a: "b"#c\n', '1:7 A remark wants a space before its `#`'],
    ['a: > pays\n', '1:6 Text begins on the line after `|` or `>`'],
    ['a: |\nb\n', '2:1 This line should be `key: value`'],
    ['a: !x,y\n', '1:6 After `&`, `*` or `!` YAML wants one name, then a space, then the value'],
    ['%YAML 1.2\na: b\n', '2:1 A line of `%`, `---` or `...` stands where none belongs'],
    ['a: "\\q"\n', '1:5 This backslash sequence means nothing in double quotes'],
  ])('of %j is one line of words', (text, expected) => {
    expect(said(text)).toEqual([expected]);
  });

  test('is told once, in our words, with what to do', () => {
    const text = 'a: b\nc:\n  - d\n  - e: f\n    g: "h i"\n  - {j: k, l: [m, n]}\no: |\n  p\n  q\nr: \'s\'\n';
    const pieces = [
      ...'\n \t:-#"\'{}[],|>&*!?%@`\\',
      ': ',
      '- ',
      ' #',
      '&a ',
      '!x ',
      '---',
      '...',
      '|1x',
      '<<: ',
    ];
    const edit = editWith(fc.constantFrom(...pieces));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const broken = edited(text, edits);
        const problems = readWhole('file', broken).problems.filter(({ code }) => code === 'yaml-syntax');
        const lines = problems.map(({ location }) => location?.line);
        expect(new Set(lines).size, broken).toBe(lines.length);
        for (const { message, suggestion } of problems) {
          expect(message, broken).not.toMatch(/token|YAML stream|implicit|scalar|(?:flow|block) |mapping/i);
          expect(suggestion, broken).toBeTruthy();
        }
        expect(problems.filter(({ message }) => message.startsWith('YAML cannot tell')).length).toBeLessThan(
          2,
        );
      }),
      { numRuns: runs(4000) },
    );
  });
});

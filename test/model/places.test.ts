import { describe, expect, test } from 'vitest';
import { Source } from '../../src/model/source.ts';
import { readYaml } from '../../src/model/yaml.ts';

/** The written text that a path leads to. */
const at = (text: string, path: string, part: 'key' | 'value' = 'key'): string => {
  const { start, end } = readYaml('f', text).find(path === '' ? [] : path.split('.'), part);
  return text.slice(start, end);
};

const TEXT = `x-base: &base { autonomy: bounded, reads: [inbox, "po licies"] }
agents:
  one: *base
  two: { <<: *base, role: worker }
  three:
    <<: [{ role: planner }, *base]
    'quoted key': 1
  1.0: { list: [{ a: b }] }
`;

describe('where a path leads', () => {
  test.each([
    ['agents', 'key', 'agents'],
    ['agents.two', 'key', 'two'],
    ['agents.two.role', 'value', 'worker'],
    ['agents.two.autonomy', 'value', 'bounded'],
    ['agents.one.reads.1', 'value', '"po licies"'],
    ['agents.three.role', 'value', 'planner'],
    ['agents.three.autonomy', 'key', 'autonomy'],
    ['agents.three.quoted key', 'key', "'quoted key'"],
    ['agents.1.0', 'key', 'agents'],
    // The nearest written parent of what is not there.
    ['agents.two.controls.kill_switch', 'key', 'two'],
    ['nothing', 'key', 'x-base'],
    ['', 'key', 'x-base'],
  ] as const)('%s (%s) is %s', (path, part, expected) => expect(at(TEXT, path, part)).toBe(expected));

  test('keys are what is written, also when they look like numbers', () => {
    const { find } = readYaml('f', TEXT);
    const { start, end, depth } = find(['agents', '1.0', 'list', '0', 'a'], 'value');
    expect([TEXT.slice(start, end), depth]).toEqual(['b', 5]);
  });

  test('no path throws, whatever the file', () => {
    for (const text of [
      '',
      '#',
      'a',
      '- a',
      'a: {',
      '{a: }',
      '? a',
      'a: &a [*a]',
      '---\n---\n',
      '\ufeff',
      'a: !x y',
    ]) {
      const { find } = readYaml('f', text);
      for (const path of [[], ['a'], ['0'], ['a', '0', 'b'], ['__proto__'], ['constructor', 'name']]) {
        const { start, end } = find(path);
        expect(start).toBeLessThanOrEqual(end);
      }
    }
  });
});

describe('data', () => {
  test('booleans and null as in YAML 1.2, everything else the text it is written in', () => {
    const { data } = readYaml(
      'f',
      'a: [true, True, yes, null, ~, 2.10, 0x10, 1e3, 007, "true", 2026-10-01, .inf, 1_000]',
    );
    expect(data).toEqual({
      a: [true, true, 'yes', null, null, '2.10', '0x10', '1e3', '007', 'true', '2026-10-01', '.inf', '1_000'],
    });
  });

  test('names of objects are data like others, and nothing leaks into objects', () => {
    const { data, problems } = readYaml('f', 'constructor: 1\ntoString: 2\nhasOwnProperty: 3\n');
    expect(problems).toEqual([]);
    expect(Object.keys(data as object)).toEqual(['constructor', 'toString', 'hasOwnProperty']);
    expect(readYaml('f', 'a: { __proto__: { polluted: 1 } }').problems).toMatchObject([
      { code: 'unusable-key' },
    ]);
    expect(readYaml('f', 'a: &a { "__proto__": { polluted: 1 } }\nb: { <<: *a }').problems).not.toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('places in a source', () => {
  test('lines and columns of both kinds of line end', () => {
    for (const end of ['\n', '\r\n']) {
      const text = ['a: 1', '', '  b: 2', 'c'].join(end);
      const start = text.indexOf('b');
      const { location, snippet } = new Source('f', text).place(start, start + 1);
      expect(location).toEqual({ file: 'f', line: 3, column: 3, endLine: 3, endColumn: 4 });
      expect(snippet).toEqual({
        firstLine: 2,
        lines: ['', '  b: 2', 'c'],
        parent: { line: 1, text: 'a: 1' },
      });
    }
  });

  test('the ends of the text are places', () => {
    expect(new Source('f', '').place(0, 1).location).toMatchObject({ line: 1, column: 1 });
    expect(new Source('f', 'a\n').place(2, 3).location).toMatchObject({ line: 2, column: 1 });
  });

  test('a key over several lines is masked on each of them', () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(2);
    const text = `key: |\n  -----BEGIN ${'PRIVATE'} KEY-----\n  ${body}\n  ${body}\nafter: 1\n`;
    const start = text.indexOf(body);
    const { snippet } = new Source('f', text).place(start, start + 3);
    expect(JSON.stringify(snippet)).not.toContain('MIIE');
    expect(snippet!.lines.map((line) => line.length)).toEqual([29, 66, 66]);
  });
});

import { expect, test } from 'vitest';
import { readYaml } from '../../src/model/yaml.ts';

const COLLECTIONS = ['!!omap', '!!pairs', '!!set', '!!seq', '!!map', '!custom', '!', '!<tag:x,2026:y>'];
const SCALARS = ['!!binary', '!!timestamp', '!!merge', '!!str', '!custom', '!'];

test.each(COLLECTIONS)('%s before a list or a map changes nothing that is in it, or is a mistake', (tag) => {
  for (const [written, data] of [
    ['[a: 1, b]', [{ a: '1' }, 'b']],
    ['[]', []],
    ['{ a: 1, b: }', { a: '1', b: null }],
  ] as const) {
    const read = readYaml('a.yaml', `x: ${tag} ${written}\ny: c\n`);
    if (read.problems.length > 0)
      expect(read.problems[0]).toMatchObject({ code: 'yaml-syntax', location: { line: 1 } });
    else expect(read.data).toEqual({ x: data, y: 'c' });
    if (!['!!seq', '!!map'].includes(tag)) expect(read.problems).toEqual([]);
  }
});

test.each(SCALARS)('%s before a text leaves the text', (tag) => {
  for (const text of ['aGk=', '2026-01-01', '<<']) {
    const { data, problems } = readYaml('a.yaml', `x: ${tag} ${text}\n`);
    expect([data, problems]).toEqual([{ x: text }, []]);
  }
});

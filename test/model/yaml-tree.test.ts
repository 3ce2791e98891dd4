import { expect, test } from 'vitest';
import { readTrees, type Tree } from '../../src/model/yaml-tree.ts';

const at = (tree: Tree | undefined, ...keys: string[]): Tree | undefined =>
  keys.reduce<Tree | undefined>(
    (each, key) => (each?.type === 'map' ? each.entries.get(key)?.value : undefined),
    tree,
  );

test('everything has its place, in every document', () => {
  const { documents, problems } = readTrees('a.yaml', 'a:\n  b: 2.10\n---\nc:\n  - d: true\n');
  expect(problems).toEqual([]);
  expect(documents).toHaveLength(2);
  expect(at(documents[0], 'a', 'b')).toMatchObject({ value: '2.10', line: 2, column: 6, file: 'a.yaml' });
  const list = at(documents[1], 'c');
  expect(list?.type === 'list' && at(list.items[0], 'd')).toMatchObject({ value: true, line: 5, column: 8 });
});

test('merge keys: what is written wins, then the maps in their order', () => {
  const text = 'x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2 }\nz:\n  <<: [*x, *y]\n  a: 3\n';
  const { documents } = readTrees('a.yaml', text);
  const value = (key: string) => at(documents[0], 'z', key);
  expect(value('a')).toMatchObject({ value: '3', line: 5 });
  expect(value('b')).toMatchObject({ value: '1', line: 1 });
  expect(value('c')).toMatchObject({ value: '2', line: 2 });
});

test('tags are told, and do not change the value', () => {
  const { documents, problems } = readTrees('a.yaml', 'ports: !reset []\nname: !Ref x\n');
  expect(problems).toEqual([]);
  expect(at(documents[0], 'ports')).toMatchObject({ tag: '!reset', type: 'list' });
  expect(at(documents[0], 'name')).toMatchObject({ value: 'x' });
});

test('an alias of what it stands in, and of nothing, is nothing', () => {
  const { documents } = readTrees('a.yaml', 'a: &a { b: *a }\nc: *none\n');
  expect(at(documents[0], 'a', 'b')).toMatchObject({ value: null });
  expect(at(documents[0], 'c')).toMatchObject({ value: null });
});

test('what stands before a mistake is still there', () => {
  const { documents, problems } = readTrees(
    'a.yaml',
    'services:\n  a: { image: redis }\n  b: { image: [ }\n',
  );
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]!.line).toBe(3);
  expect(at(documents[0], 'services', 'a', 'image')).toMatchObject({ value: 'redis' });
});

test('bombs of aliases and of merges cost what they are long', () => {
  let bomb = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
  for (let i = 1; i < 30; i++)
    bomb += `a${i}: &a${i} [${Array(9)
      .fill(`*a${i - 1}`)
      .join(', ')}]\n`;
  let merges = 'm0: &m0 { k0: 1 }\n';
  for (let i = 1; i < 3000; i++) merges += `m${i}: &m${i}\n  <<: *m${i - 1}\n  k${i}: 1\n`;
  expect(readTrees('a.yaml', bomb).documents).toHaveLength(1);
  expect(readTrees('a.yaml', merges).documents).toHaveLength(1);
  expect(readTrees('a.yaml', '['.repeat(100_000)).problems).not.toEqual([]);
});

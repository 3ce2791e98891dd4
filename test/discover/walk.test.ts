import { expect, test } from 'vitest';
import type { Reader } from '../../src/discover/fact.ts';
import { readFile } from '../../src/discover/read-file.ts';
import { secretsIn } from '../../src/discover/secrets.ts';
import {
  attributedPatterns,
  skippedFile,
  skippedFolder,
  submodulePaths,
  unsupportedLanguage,
} from '../../src/discover/walk.ts';
import { KEY } from './mcp-shapes.ts';

test('folders and files that are left out, and those that only sound like them', () => {
  const folders = ['a/node_modules', 'vendor', 'x/.venv', 'dist', 'app/tests', 'contracts/lib'].map(
    skippedFolder,
  );
  expect(folders).toEqual(['vendored', 'vendored', 'vendored', 'generated', 'test', 'vendored']);
  expect(
    ['src', 'lib', 'vendor-api', '.claude', 'examples', 'latest', 'distance'].map(skippedFolder),
  ).toEqual(Array(7).fill(null));
  expect(['a/test_x.py', 'x_test.py', 'a.spec.ts', 'a.min.js', 'x.d.ts'].map(skippedFile)).toEqual([
    ...['test', 'test', 'test', 'generated', 'generated'],
  ]);
  expect(['testing.py', 'latest.ts', 'contest.py'].map(skippedFile)).toEqual([null, null, null]);
  expect(['A.java', 'b/c.go', 'd.py', 'e.ts', 'Makefile'].map(unsupportedLanguage)).toEqual([
    'Java',
    'Go',
    null,
    null,
    null,
  ]);
});

test('what git says of files', () => {
  const text =
    '# x\nlib/sdk/ linguist-vendored\n*.gen.py linguist-generated=true\nsrc linguist-vendored=false\n*.md text\n';
  expect(attributedPatterns(text)).toEqual([
    { pattern: 'lib/sdk/**', why: 'vendored' },
    { pattern: '**/*.gen.py', why: 'generated' },
  ]);
  expect(
    submodulePaths('[submodule "a"]\n\tpath = deps/a\n\turl = x\n[submodule "b"]\n\tpath = b/\n'),
  ).toEqual(['deps/a', 'b']);
});

test('credentials are told by kind, line and column, and by nothing else', () => {
  const text = `a: 1\nb: ${KEY}\nc: postgres://app:s3cr3tw0rd@db/app\nd: postgres://app:postgres@db/app\n`;
  const facts = secretsIn('a.yaml', text);
  expect(facts.map(({ name, source }) => [name, source.line, source.column])).toEqual([
    ['GitHub token', 2, 4],
    ['password in an address', 3, 19],
  ]);
  expect(JSON.stringify(facts)).not.toMatch(/ghp_|s3cr3t/);
  expect(secretsIn('a.py', 'token = settings.auth_v2_token_value\n')).toEqual([]);
  // Too short for what its issuer gives out now, and named as one all the same.
  const short = secretsIn('a.py', `token = "hf_${'a1'.repeat(8)}"\n`);
  expect(short.map(({ name }) => name)).toEqual(['Hugging Face token']);
});

test('a reader that fails leaves the others, and is named', () => {
  const reader = (name: string, read: Reader['read']): Reader => ({ name, wants: () => true, read });
  const fact = { ...secretsIn('a', KEY)[0]!, name: 'known' };
  const readers = [
    reader('bad', () => {
      throw new Error('no');
    }),
    reader('good', () => ({ facts: [fact], unread: [] })),
  ];
  expect(readFile(readers, 'a', KEY, () => null)).toEqual({
    facts: [fact],
    unread: [{ file: 'a', line: 1, why: 'this cannot be read as `bad`' }],
  });
  expect(readFile([reader('none', () => null)], 'a', KEY, () => null)).toBeNull();
});

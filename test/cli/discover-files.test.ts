import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { discoverFiles } from '../../src/cli/discover-files.ts';
import type { Reader } from '../../src/discover/fact.ts';
import { mcpConfig } from '../../src/discover/mcp-config.ts';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  root = mkdtempSync(join(tmpdir(), 'maestro-discover-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const server = (name: string) => `{ "mcpServers": { "${name}": { "command": "${name}" } } }`;

test('what is looked at, and what is left out and said', async () => {
  const folder = repository({
    '.mcp.json': server('top'),
    'app/.cursor/mcp.json': server('app'),
    'node_modules/x/.mcp.json': server('vendored'),
    'tests/.mcp.json': server('test'),
    'private/.mcp.json': server('ignored'),
    'sdk/.mcp.json': server('attributed'),
    'deps/a/.mcp.json': server('submodule'),
    'named/.mcp.json': server('named'),
    '.gitignore': 'private/\nnode_modules\n',
    '.gitattributes': 'sdk/ linguist-vendored\n',
    '.gitmodules': '[submodule "a"]\n\tpath = deps/a\n',
    'src/Main.java': '',
    'src/Other.java': '',
    'src/main.go': '',
    'tests/Test.java': '',
  });
  execFileSync('git', ['init', '-q'], { cwd: folder });
  const found = await discoverFiles(folder, [mcpConfig], ['named']);
  expect(found.facts.map(({ name, source }) => [name, source.file])).toEqual([
    ['top', '.mcp.json'],
    ['app', 'app/.cursor/mcp.json'],
  ]);
  expect(found.skipped).toEqual([
    { folder: 'deps/a', why: 'vendored' },
    { folder: 'named', why: 'ignored' },
    { folder: 'node_modules', why: 'vendored' },
    { folder: 'private', why: 'ignored' },
    { folder: 'sdk', why: 'vendored' },
    { folder: 'tests', why: 'test' },
  ]);
  expect(found.unsupported).toEqual([
    { language: 'Java', files: 2 },
    { language: 'Go', files: 1 },
  ]);
  expect(found).toMatchObject({ unread: [], files: 2, skippedFiles: 0 });
});

test('what cannot be read is said, and nothing is read through a link', async () => {
  const folder = repository({
    'big/.mcp.json': ' '.repeat(2_000_001),
    'binary/.mcp.json': 'a\0b',
    'wide/.mcp.json': Buffer.from(`\ufeff${server('wide')}`, 'utf16le'),
    'real/.mcp.json': server('real'),
  });
  symlinkSync(join(folder, 'real'), join(folder, 'linked'));
  symlinkSync('/etc/passwd', join(folder, '.mcp.json'));
  const found = await discoverFiles(folder, [mcpConfig]);
  expect(found.facts.map(({ name }) => name)).toEqual(['real', 'wide']);
  expect(found.unread).toEqual([
    { file: 'big/.mcp.json', line: 1, why: 'this is larger than 2 MB' },
    { file: 'binary/.mcp.json', line: 1, why: 'this is binary' },
  ]);
});

test('readers see other files of the repository, and none outside of it', async () => {
  const folder = repository({ 'a/.mcp.json': server('a'), 'b.txt': 'text of b' });
  symlinkSync('/etc', join(folder, 'outside'));
  const seen: (string | null)[] = [];
  const reader: Reader = {
    name: 'curious',
    wants: (path) => path === 'a/.mcp.json',
    read: (_, __, other) => {
      seen.push(
        other('b.txt'),
        other('../x'),
        other('outside/passwd'),
        other('nowhere'),
        other('/etc/passwd'),
      );
      return null;
    },
  };
  await discoverFiles(folder, [reader]);
  expect(seen).toEqual(['text of b', null, null, null, null]);
});

test('a folder that git ignores is looked at when it is the one that is named', async () => {
  const folder = repository({ '.gitignore': 'app/\n', 'app/.mcp.json': server('a') });
  execFileSync('git', ['init', '-q'], { cwd: folder });
  expect((await discoverFiles(join(folder, 'app'), [mcpConfig])).facts).toHaveLength(1);
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GitIgnored } from '../../src/cli/git-ignored.ts';
import { walk } from '../../src/cli/walk.ts';
import { folder } from '../support/cli.ts';
import { runs } from '../support/runs.ts';

/** Every file below a folder of a repository that is not ignored, from that folder. */
async function found(root: string): Promise<string[]> {
  const ignored = await GitIgnored.below(root);
  const files: string[] = [];
  await walk(root, ignored, (path, entry) => {
    if (path === '.git' || ignored.has(join(root, path), entry.isDirectory())) return false;
    if (!entry.isDirectory()) files.push(path);
    return true;
  });
  return files.sort();
}

const git = (cwd: string, ...argv: string[]) =>
  execFileSync('git', ['-c', 'core.excludesFile=/dev/null', ...argv], { cwd, encoding: 'utf8' });

const listed = (cwd: string): string[] =>
  git(cwd, 'ls-files', '--others', '--exclude-standard', '-z', '.').split('\0').filter(Boolean).sort();

const NAMES = ['a', 'b', 'build', 'x.log'];
const name = fc.constantFrom(...NAMES);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const line = fc.oneof(
  path,
  path.map((each) => `/${each}`),
  path.map((each) => `${each}/`),
  name.map((each) => `**/${each}`),
  name.map((each) => `${each}/**`),
  fc.constantFrom('*', '*.log', '/*', 'b*/', '# a', '', '\\#', 'a ', '*/x.log', '[ab]', 'bui?d'),
);
const plain = fc.array(line, { maxLength: 5 });
const lines = fc.array(
  fc.tuple(line, fc.boolean()).map(([text, not]) => (not ? `!${text}` : text)),
  { maxLength: 5 },
);

test('what git ignores', async () => {
  const cases = fc.record({
    files: fc.uniqueArray(path, { minLength: 1, maxLength: 12 }),
    top: lines,
    // A folder that is left out above and taken in again below is tested by itself.
    inner: fc.uniqueArray(fc.record({ at: fc.constantFrom('a/', 'b/', 'a/b/'), lines: plain }), {
      maxLength: 2,
      selector: ({ at }) => at,
    }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ files, top, inner }) => {
      const root = folder({});
      git(root, 'init', '-q');
      const wanted = [
        ...[{ at: '', lines: top }, ...inner].map(
          (rule) => [`${rule.at}.gitignore`, `${rule.lines.join('\n')}\n`] as const,
        ),
        ...files.map((file) => [file, ''] as const),
      ];
      for (const [file, text] of wanted) {
        try {
          mkdirSync(dirname(join(root, file)), { recursive: true });
          writeFileSync(join(root, file), text);
        } catch {
          // One path is a file here and a folder there: the first stays.
        }
      }
      expect(await found(root)).toEqual(listed(root));
      expect(await found(join(root, '.'))).toEqual(listed(root));
    }),
    { numRuns: runs(60) },
  );
});

test('rules of the folders above count up to the top of the repository, and no further', async () => {
  const outer = folder({
    '.gitignore': '*.yaml\n',
    'top/.gitignore': '\ufeff/app/out/\r\n*.log\r\n',
    'top/app/a.log': '',
    'top/app/a.yaml': '',
    'top/app/out/b.yaml': '',
    'top/app/out/.gitignore': '*\n',
    'top/app/in/out/c.yaml': '',
  });
  git(join(outer, 'top'), 'init', '-q');
  expect(await found(join(outer, 'top/app'))).toEqual(['a.yaml', 'in/out/c.yaml']);
  // What is named is wanted.
  expect(await found(join(outer, 'top/app/out'))).toEqual(['.gitignore', 'b.yaml']);
});

test('a nearer file takes in again what one above leaves out', async () => {
  const root = folder({
    '.gitignore': 'build/\n*.log\n',
    'build/a': '',
    'app/.gitignore': '!build/\n!keep.log\n',
    'app/build/b': '',
    'app/keep.log': '',
    'app/c.log': '',
  });
  git(root, 'init', '-q');
  const wanted = ['.gitignore', 'app/.gitignore', 'app/build/b', 'app/keep.log'];
  expect(await found(root)).toEqual(wanted);
  expect(listed(root)).toEqual(wanted);
});

test('a link is no list of rules, and nothing is read behind it', async () => {
  const root = folder({ rules: '*\n', 'a.yaml': '' });
  symlinkSync('rules', join(root, '.gitignore'));
  expect(await found(root)).toEqual(['.gitignore', 'a.yaml', 'rules']);
});

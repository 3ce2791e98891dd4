import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { HOME } from './support/cli.ts';

interface File {
  readonly path: string;
  readonly text: string;
  /** Everything it imports: files below src as paths, the rest as written. Type-only imports count too. */
  readonly imports: readonly string[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'|(?:^|\n)import '([^']+)'/g;

const files: File[] = readdirSync(join(HOME, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(HOME, path), 'utf8');
    const imports = [...text.matchAll(IMPORT)].map((match) => {
      const name = (match[1] ?? match[2] ?? match[3])!;
      return name.startsWith('.') ? posix.join(dirname(path), name) : name;
    });
    return { path, text, imports };
  });

const folderOf = (path: string): string => path.split('/')[1]!;

/** Each may import from itself and from what is listed. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  finding: [],
  model: ['finding'],
  rules: ['model', 'finding'],
  verdict: ['rules', 'model', 'finding'],
  report: ['verdict', 'rules', 'model', 'finding'],
  discover: ['model', 'finding'],
  cli: ['report', 'verdict', 'rules', 'model', 'finding', 'discover'],
  github: ['cli', 'report', 'verdict', 'rules', 'model', 'finding', 'discover'],
};

test('imports point one way', () => {
  const wrong = files.flatMap(({ path, imports }) =>
    imports
      .filter((to) => to.startsWith('src/') && folderOf(to) !== folderOf(path))
      .filter((to) => !MAY_IMPORT[folderOf(path)]?.includes(folderOf(to)))
      .map((to) => `${path} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('no files import each other in a circle, not even for types', () => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) circles.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const to of byPath.get(path)?.imports ?? []) if (byPath.has(to)) walk(to, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
  expect(circles).toEqual([]);
});

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');

test('only cli and github touch the disk, the process, the network and the console', () => {
  const modules =
    /^(?:node:)?(?:fs|fs\/promises|process|net|http|https|tls|dgram|dns|child_process|worker_threads|os|tty)$/;
  const globals = /(?<![\w.'`-])(?:process\.|console\.|fetch\()/;
  const wrong = files
    .filter(({ path }) => !['cli', 'github'].includes(folderOf(path)))
    .flatMap(({ path, text, imports }) => [
      ...imports.filter((name) => modules.test(name)).map((name) => `${path} imports ${name}`),
      ...(globals.test(withoutComments(text))
        ? [`${path} touches ${globals.exec(withoutComments(text))?.[0]}`]
        : []),
    ]);
  expect(wrong).toEqual([]);
});

test('each library stays behind the files that are meant to know it', () => {
  const importers = (library: string) =>
    files.filter(({ imports }) => imports.includes(library)).map(({ path }) => path);
  expect(importers('yaml').filter((path) => !/^src\/model\/[^/]*yaml[^/]*\.ts$/.test(path))).toEqual([]);
  expect(importers('@marcbachmann/cel-js').filter((path) => path !== 'src/rules/cel.ts')).toEqual([]);
  const parsers = ['jsonc-parser', 'toml-eslint-parser'].flatMap(importers);
  expect(parsers.filter((path) => !path.startsWith('src/discover/read/'))).toEqual([]);
  const outside = ['commander', 'globby', 'ignore', 'picomatch'].flatMap(importers);
  expect(outside.filter((path) => !/^src\/(?:cli|github|rules)\//.test(path))).toEqual([]);
});

test('no file is long', () => {
  const long = files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > 350);
  expect(long).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';

const ROOT = join(import.meta.dirname, '../../..');
const SKIPPED =
  /(?:^|\/)(?:node_modules|tests?|__tests__|e2e|evals?|vendor|dist|build|\.[^/]+)\/|(?:\.test|\.spec|\.d)\.[jt]sx?$|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/;

/** Paths of the code in a folder that is read by default, from its root. */
export function codeIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:py|[mc]?[jt]sx?)$/.test(path) && !SKIPPED.test(path))
    .sort();
}

/** The readers, bundled from the sources: the tools run on Node versions that do not read TypeScript. */
export async function readers() {
  const outfile = join(ROOT, 'build/discover-code.mjs');
  await esbuild.build({
    entryPoints: [join(ROOT, 'src/discover/code/code-reader.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const { python, typescript } = await import(outfile);
  return [python, typescript];
}

/** Every fact that the readers give for the files of a folder. */
export function factsIn(folder, paths, list, texts = new Map()) {
  const other = (path) => {
    if (texts.has(path)) return texts.get(path);
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch {
      return null;
    }
  };
  const facts = new Map();
  for (const path of paths) {
    const text = other(path);
    for (const reader of list) {
      if (text === null || !reader.wants(path)) continue;
      for (const fact of reader.read(path, text, other)?.facts ?? []) {
        facts.set(`${fact.kind} ${fact.source.file} ${fact.source.pointer}`, fact);
      }
    }
  }
  return [...facts.values()];
}

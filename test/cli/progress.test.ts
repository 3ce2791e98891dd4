import { expect, test } from 'vitest';
import type { Output } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { folder, HOME, trader } from '../support/cli.ts';

const CLEAR = '\r\x1b[K';

/** What a run over `files` files writes to which stream, in order; `terminal` is the width of both. */
async function written(
  files: number,
  env: Readonly<Record<string, string>> = {},
  terminal: number | null = 80,
) {
  const names = Array.from({ length: files }, (_, i) => `s${String(i).padStart(3, '0')}.maestro.yaml`);
  const cwd = folder(Object.fromEntries(names.map((name, i) => [name, trader(`desk-${i}`, 'suggest')])));
  const all: { readonly stream: 'stdout' | 'stderr'; readonly text: string }[] = [];
  const output = (stream: 'stdout' | 'stderr'): Output => ({
    isTTY: terminal !== null,
    ...(terminal === null ? {} : { columns: terminal }),
    write: (text) => all.push({ stream, text }),
  });
  const stdout = output('stdout');
  await main({ argv: [], cwd, env, home: HOME, stdout, stderr: output('stderr') });
  return all;
}
const stderrOf = async (...args: Parameters<typeof written>) =>
  (await written(...args)).flatMap(({ stream, text }) => (stream === 'stderr' ? [text] : []));

test('many files are counted on standard error, and nothing of it is left when the report begins', async () => {
  const all = await written(30);
  const lines = all.flatMap(({ stream, text }) => (stream === 'stderr' ? [text] : []));
  expect(lines[0]).toBe(`${CLEAR}linting 1 of 30: s000.maestro.yaml`);
  expect(lines.at(-2)).toBe(`${CLEAR}linting 30 of 30: s029.maestro.yaml`);
  expect(lines.at(-1)).toBe(CLEAR);
  expect(lines).toHaveLength(31);
  const report = all.findIndex(({ stream }) => stream === 'stdout');
  expect(all.slice(report).every(({ stream }) => stream === 'stdout')).toBe(true);
  expect(all[report]!.text).not.toContain('linting');
});

test('it is at most one line of the terminal, and no colour', async () => {
  const lines = await stderrOf(30, {}, 24);
  expect(lines[0]).toBe(`${CLEAR}linting 1 of 30: s000.m`);
  for (const line of lines) expect(line.replace(CLEAR, '')).toMatch(/^[^\x1b]{0,23}$/);
});

test('a thousand files write no more than a hundred lines', async () => {
  expect((await stderrOf(1000)).length).toBeLessThanOrEqual(102);
});

test.each([
  ['few files', 20, {}, 80],
  ['a pipe', 30, {}, null],
  ['a terminal that cannot clear a line', 30, { TERM: 'dumb' }, 80],
  ['CI', 30, { CI: 'true' }, 80],
] as const)('nothing for %s', async (_, files, env, terminal) => {
  expect(await stderrOf(files, env, terminal)).toEqual([]);
});

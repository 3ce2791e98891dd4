import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { trader } from '../support/cli.ts';

/** Bad input that no text file in a repository can hold: puts it into the folder. */
export type Build = (folder: string) => void;

const file =
  (content: string | Uint8Array): Build =>
  (folder) =>
    writeFileSync(join(folder, 'maestro.yaml'), content);

const HEAD = 'maestro: 1\nsystem: { name: shop }\n';
const DEEP = 10_000;
const MEGABYTE = 1 << 20;
const many = (count: number, each: (i: number) => string, separator = ', '): string =>
  Array.from({ length: count }, (_, i) => each(i)).join(separator);

const bomb = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  .map((name, i, names) => `x-${name}: &${name} [${many(10, () => (i === 0 ? 'lol' : `*${names[i - 1]}`))}]`)
  .join('\n');

export const BUILT: Readonly<Record<string, Build>> = {
  'utf-16': file(Buffer.from(`\ufeff${trader()}`, 'utf16le')),
  'utf-16-without-mark': file(Buffer.from(trader(), 'utf16le')),
  'utf-32': file(Buffer.from([0xff, 0xfe, 0, 0, 0x6d, 0, 0, 0])),
  'latin-1': file(Buffer.from(trader('caf\u00e9'), 'latin1')),
  binary: file(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])),
  directory: (folder) => mkdirSync(join(folder, 'maestro.yaml')),
  'dangling-link': (folder) => symlinkSync('nowhere', join(folder, 'maestro.yaml')),
  'link-circle': (folder) => symlinkSync('maestro.yaml', join(folder, 'maestro.yaml')),
  pipe: (folder) => execFileSync('mkfifo', [join(folder, 'maestro.yaml')]),
  'not-there': () => {},
  'same-system': (folder) => {
    file(trader('desk'))(folder);
    writeFileSync(join(folder, 'desk.maestro.yaml'), trader('desk'));
  },
  'long-line-open': file(`${HEAD}agents: { ${'a'.repeat(MEGABYTE)}\n`),
  'long-line-unknown-key': file(
    `${HEAD}agents: { a: { description: "${'x'.repeat(MEGABYTE)}", kynd: ${'y'.repeat(1000)} } }\n`,
  ),
  'deep-block': file(`${HEAD}agents:\n${many(DEEP, (i) => `${' '.repeat(Math.min(i + 1, 150))}k:`, '\n')}\n`),
  'deep-flow': file(`${HEAD}agents: ${'{a: '.repeat(DEEP)}1${'}'.repeat(DEEP)}\n`),
  'deep-list': file(`${HEAD}agents: ${'['.repeat(DEEP)}${']'.repeat(DEEP)}\n`),
  'deep-block-list': file(`${HEAD}agents:\n  ${'- '.repeat(DEEP)}a\n`),
  'deep-open': file(`${HEAD}agents: ${'[{'.repeat(DEEP)}\n`),
  'alias-bomb': file(`${HEAD}${bomb}\n`),
  'many-mistakes': file(`${HEAD}agents:\n${many(500, (i) => `  agent_${i}: { autonmy: bounded }`, '\n')}\n`),
  crlf: file(`${HEAD}agents:\n  intake: { autonmy: bounded }\n`.replaceAll('\n', '\r\n')),
  'byte-order-mark': file(`\ufeff${HEAD}agents:\n  intake: { autonmy: bounded }\n`),
};

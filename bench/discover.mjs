/** How long reading code takes, beside parsing the same files with the same parsers: `node bench/discover.mjs <folder>`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser as script } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import { codeIn, factsIn, readers } from '../test/tools/accuracy/found.mjs';

const folder = process.argv[2];
if (!folder) throw new Error('Which folder?');
const list = await readers();
const paths = codeIn(folder);
const typescript = script.configure({ dialect: 'ts jsx' });
const parsers = (path) => (path.endsWith('.py') ? python : typescript);
const texts = paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]);

const readable = texts.filter(([path, text]) =>
  list.some((reader) => reader.wants(path) && reader.read(path, text, () => null) !== null),
);
const time = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const parseAll = (files) => {
  for (const [path, text] of files) parsers(path).parse(text);
};
const times = { all: [], these: [], read: [] };
for (let round = 0; round < 5; round++) {
  times.all.push(time(() => parseAll(texts)));
  times.these.push(time(() => parseAll(readable)));
  times.read.push(time(() => factsIn(folder, paths, list, new Map(texts))));
}
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const [all, these, read] = [median(times.all), median(times.these), median(times.read)];
console.log(
  `${paths.length} files; parsing all ${all.toFixed(0)} ms, the ${readable.length} with facts ${these.toFixed(0)} ms;`,
);
console.log(
  `reading ${read.toFixed(0)} ms: ${(read / all).toFixed(2)} of parsing all, ${(read / these).toFixed(2)} of parsing these`,
);

/**
 * How long reading a folder takes, beside parsing the same files with the same parsers:
 *
 *   node bench/discover.mjs <folder> …
 *
 * Reading is everything that `maestro init` does with the text of a file (all readers, and the search for credentials),
 * the disk left out. It is held against two things, and both ratios are printed:
 *
 * - `files`: parsing the same files, each once, by the parser of its format: Python, TypeScript and JavaScript by
 *   `Parser.parse` of Lezer with the dialect that the readers ask for, YAML by `parseYaml`, JSON by `parseTree`, TOML by
 *   `parseTOML`; files of other formats count as nothing.
 * - `texts`: parsing only the texts that the readers really parsed. Of code, that is what names a framework: the rest is
 *   searched, not parsed. This one, the stricter, has the bound, for each folder; the last line has all of them as
 *   one, since fixed costs weigh more in small ones. `parsed again` counts texts that were parsed more often than there
 *   are files that hold them; those are on the side of reading alone.
 *
 * Times are of the processor (all threads, so that collecting garbage counts), in one process: after a second and a half
 * of warming up, a round reads the folder and then parses its texts, and the median of the rounds' ratios counts. What is
 * kept between files is forgotten before each reading. Of a small folder a round does both several times (`x 12`), since
 * what is short is measured badly; fixed costs of a file or a folder stay in it each time.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const ROUNDS = 9;
/** Milliseconds of reading before anything counts: what runs for the first time is slow on both sides. */
const WARM = 1500;
/** Milliseconds that a round reads for, at least. */
const LEAST = 100;
const MOST_TIMES = 50;
/** More than the readers keep. */
const MOST_KEPT = 40;
const LARGEST = 2_000_000;
/** How often the time of parsing may be taken for reading. */
const BOUND = 1.5;

/** Parsers by the call that all readers of that format go through. */
const PARSERS = [
  ['YAML', /model\/yaml-whole\.ts$/, 'parseYaml'],
  ['JSON', /^jsonc-parser$/, 'parseTree'],
  ['TOML', /^toml-eslint-parser$/, 'parseTOML'],
];

const { readers, readFile, wants, parserOf, skippedFile, skippedFolder, isSilent } = await bundled();
const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('Which folder?');
const rows = folders.map(measure);
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
const [texts, files] = [sum('reading') / sum('texts'), sum('reading') / sum('files')];
const worst = Math.max(...rows.map((row) => row.ratio));
console.log(
  `all ${folders.length} folders: texts ${texts.toFixed(2)}, files ${files.toFixed(2)}; the worst of them texts ${worst.toFixed(2)}`,
);
process.exitCode = worst > BOUND ? 1 : 0;

function measure(folder) {
  const texts = textsOf(folder);
  const paths = [...texts.keys()];
  const read = () => {
    const other = (path) => texts.get(path) ?? null;
    let facts = 0;
    for (const path of paths) facts += readFile(readers, path, texts.get(path), other)?.facts.length ?? 0;
    return facts;
  };
  forget();
  const parsed = recorded(read);
  const once = eachFileOnce(parsed, [...texts.values()]);
  const again = parsed.length - once.length;
  const whole = paths.flatMap((path) => {
    const parse = parserOf(path);
    return parse === null ? [] : [() => attempt(() => parse(texts.get(path)))];
  });
  const times = { read: [], parse: [], whole: [], texts: [], files: [] };
  let repeated = 1;
  let warm = 0;
  for (let round = 0; round < ROUNDS; ) {
    let [reading, parsing, parsingAll] = [0, 0, 0];
    for (let i = 0; i < repeated; i++) {
      forget();
      reading += time(read);
    }
    for (let i = 0; i < repeated; i++)
      parsing += time(() => {
        for (const { parse } of once) parse();
      });
    for (let i = 0; i < repeated; i++)
      parsingAll += time(() => {
        for (const parse of whole) parse();
      });
    if (warm < WARM) {
      warm += reading;
      repeated = Math.min(MOST_TIMES, Math.max(1, Math.ceil((LEAST * repeated) / reading)));
      continue;
    }
    round++;
    times.read.push(reading / repeated);
    times.parse.push(parsing / repeated);
    times.whole.push(parsingAll / repeated);
    times.texts.push(reading / parsing);
    times.files.push(reading / parsingAll);
  }
  const [reading, parsing, parsingAll] = [median(times.read), median(times.parse), median(times.whole)];
  const ratio = median(times.texts);
  const kinds = new Map();
  for (const { kind } of once) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const names = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
  console.log(
    `texts ${ratio.toFixed(2)}, files ${median(times.files).toFixed(2)}  ${folder.split('/').at(-1)}: reading ${paths.length}` +
      ` files ${reading.toFixed(1)} ms (${read()} facts), parsing ${whole.length} of them ${parsingAll.toFixed(1)} ms,` +
      ` the ${once.length} texts of readers (${names}) ${parsing.toFixed(1)} ms, ${again} parsed again` +
      (repeated > 1 ? `, x ${repeated}` : ''),
  );
  return { reading, texts: parsing, files: parsingAll, ratio };
}

/** What was parsed, but no text more often than there are files that hold it. */
function eachFileOnce(parsed, texts) {
  const left = new Map();
  for (const text of texts) left.set(text, (left.get(text) ?? 0) + 1);
  return parsed.filter(({ text, kind }) => {
    const key = left.has(text) ? text : `${kind} ${text}`;
    const count = left.get(key) ?? 1;
    left.set(key, count - 1);
    return count > 0;
  });
}

/** A file that no parser takes is left there. */
function attempt(parse) {
  try {
    parse();
  } catch {
    // The time it took counts all the same.
  }
}

/** Puts other files into the places of those that stay parsed for a moment. */
function forget() {
  for (let i = 0; i < MOST_KEPT; i++) readFile(readers, `${i}/compose.yaml`, 'a: 1', () => null);
}

function recorded(work) {
  globalThis.parsedTexts = [];
  work();
  const found = globalThis.parsedTexts;
  globalThis.parsedTexts = null;
  return found;
}

function time(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** Everything that is read by default, as `init` chooses it (but for what git ignores). */
function textsOf(folder) {
  const texts = new Map();
  const walk = (inner) => {
    const entries = readdirSync(join(folder, inner), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory() && !isSilent(path) && !skippedFolder(path)) walk(path);
      else if (entry.isFile() && wants(path) && !skippedFile(path)) {
        if (statSync(join(folder, path)).size <= LARGEST)
          texts.set(path, readFileSync(join(folder, path), 'utf8'));
      }
    }
  };
  walk('');
  return texts;
}

/** The readers as one file, with parsers that say what they are given while `parsedTexts` is a list. */
async function bundled() {
  const outfile = join(ROOT, 'build/bench-discover.mjs');
  const entry = `
    import { Parser } from '@lezer/common';
    import { READERS } from './src/discover/readers.ts';
    import { isWanted } from './src/discover/read-file.ts';
    export { readFile } from './src/discover/read-file.ts';
    export { isSilent, skippedFile, skippedFolder } from './src/discover/walk.ts';
    import { parser as python } from '@lezer/python';
    import { parser as script } from '@lezer/javascript';
    import { parseTree } from 'jsonc-parser';
    import { parseTOML } from 'toml-eslint-parser';
    import { parseYaml } from './src/model/yaml-whole.ts';
    const plain = script.configure({ dialect: 'ts' });
    const jsx = script.configure({ dialect: 'ts jsx' });
    const PARSERS = [
      [/\\.pyi?$/, (text) => python.parse(text)],
      [/\\.[cm]?ts$/, (text) => plain.parse(text)],
      [/\\.(?:tsx|jsx|js|mjs|cjs)$/, (text) => jsx.parse(text)],
      [/\\.ya?ml$/, (text) => parseYaml(text, 1000)],
      [/\\.jsonc?$/, (text) => parseTree(text)],
      [/\\.toml$/, (text) => parseTOML(text)],
    ];
    export const parserOf = (path) => PARSERS.find(([name]) => name.test(path))?.[1] ?? null;
    export const readers = READERS;
    export const wants = (path) => isWanted(READERS, path);
    const parse = Parser.prototype.parse;
    Parser.prototype.parse = function (text, ...rest) {
      const again = () => parse.call(this, text, ...rest);
      globalThis.parsedTexts?.push({ kind: 'code', text, parse: again });
      return again();
    };`;
  await esbuild.build({
    stdin: { contents: entry, resolveDir: ROOT, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [{ name: 'recording', setup: recording }],
  });
  return import(pathToFileURL(outfile));
}

function recording(build) {
  for (const [kind, filter, name] of PARSERS) {
    build.onResolve(
      { filter: /./ },
      async ({ path, importer, namespace, resolveDir, kind: how, pluginData }) => {
        const isIt = filter.test(path) || filter.test(path.replace(/^\.\//, 'model/'));
        if (pluginData === 'inner' || !isIt || namespace === 'recorded') return null;
        const found = await build.resolve(path, { importer, resolveDir, kind: how, pluginData: 'inner' });
        return { path: found.path, namespace: 'recorded', pluginData: { kind, name } };
      },
    );
  }
  build.onLoad({ filter: /./, namespace: 'recorded' }, ({ path, pluginData: { kind, name } }) => ({
    resolveDir: ROOT,
    loader: 'js',
    contents: `
      import { ${name} as inner } from ${JSON.stringify(path)};
      export * from ${JSON.stringify(path)};
      export function ${name}(text, ...rest) {
        const again = () => inner(text, ...rest);
        globalThis.parsedTexts?.push({ kind: '${kind}', text, parse: again });
        return again();
      }`,
  }));
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { installTools, node24 } from '../test/tools/install.mjs';
import { describe, EVIDENCE } from './describe.mjs';
import { interleaved, reported, wall } from './measure.mjs';
import { paths } from './paths.mjs';

// What is measured, how and against whom: README.md beside this file.
const MAESTRO = fileURLToPath(new URL('../bin/maestro.js', import.meta.url));
const YAML_ALONE = fileURLToPath(new URL('yaml-alone.mjs', import.meta.url));
const BOUNDS = { node20: 2.6, node24: 4.0, yaml: 1.6, tenfold: 12, dense: 1 };
/** Agents that all hand tasks to each other, in a description of 1,000 components. */
const CORE = 32;

const folder = mkdtempSync(join(tmpdir(), 'maestro-bench-'));
try {
  const onlyPaths = process.argv.includes('--paths');
  const sizes = onlyPaths ? [] : [write(60), write(1000), write(10_000), write(1000, CORE, 'dense')];
  const whole = onlyPaths ? [] : processes();
  const inside = (await paths()).map(({ what, measured, against, bound }) =>
    row(what, measured, against, bound),
  );
  const rows = [...whole, ...inside];
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ version: 'bench-v1', sizes, rows }, null, 2));
  else print(sizes, rows);
  if (inside.some(({ ok }) => !ok)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What is measured in processes of their own. */
function processes() {
  installTools();
  return [...startup('node20', process.execPath), ...startup('node24', node24()), ...growth(), ...dense()];
}

/** Writes the description of that size, and says what is in it. */
function write(size, core = 0, name = String(size)) {
  const { text, ...counts } = describe(size, core);
  mkdirSync(dirname(join(folder, name, EVIDENCE)), { recursive: true });
  writeFileSync(join(folder, name, EVIDENCE), 'What to do.\n');
  writeFileSync(join(folder, name, 'maestro.yaml'), text);
  return { ...counts, bytes: Buffer.byteLength(text) };
}

/** Whole process, 60 components, against a node that does nothing. */
function startup(name, node) {
  const version = name === 'node20' ? process.version : 'Node 24';
  const [lint, bare] = interleaved(31, 3, [() => lintOf(60, node), () => wall(node, ['-e', '0'], folder)]);
  return [row(`lint of 60 components / bare node (${version})`, lint, bare, BOUNDS[name])];
}

/** Whole process on 10,000 components, against `yaml` alone and against a tenth of the components. */
function growth() {
  const node = process.execPath;
  const [large, yaml, small] = interleaved(5, 1, [
    () => lintOf(10_000, node),
    () => reported(node, [YAML_ALONE, join(folder, '10000', 'maestro.yaml')], folder),
    () => lintOf(1000, node),
  ]);
  return [
    row('lint of 10,000 components / parseDocument of `yaml`', large, yaml, BOUNDS.yaml),
    row('lint of 10,000 components / of 1,000', large, small, BOUNDS.tenfold),
  ];
}

/** What a lint of a dense core costs beyond its start and the parsing of the file, against `yaml` alone. */
function dense() {
  const node = process.execPath;
  mkdirSync(join(folder, 'one'));
  writeFileSync(
    join(folder, 'one', 'maestro.yaml'),
    'maestro: 1\nsystem: { name: one }\nmodels: { planner: {} }\n',
  );
  const file = join(folder, 'dense', 'maestro.yaml');
  const ownParser = bundledParser();
  const [lint, start, own, yaml] = interleaved(11, 2, [
    () => lintOf('dense', node),
    () => lintOf('one', node),
    () => reported(node, [ownParser, file], folder),
    () => reported(node, [YAML_ALONE, file], folder),
  ]);
  const what = 'lint of a dense core beyond its start';
  return [row(`${what} and parsing / parseDocument of \`yaml\``, lint - start - own, yaml, BOUNDS.dense)];
}

/** The parser of descriptions as a program of its own, which says how long it takes as yaml-alone.mjs does. */
function bundledParser() {
  const outfile = join(folder, 'own-parser.cjs');
  const contents = `
    import { readFileSync } from 'node:fs';
    import { readYaml } from './src/model/yaml.ts';
    const text = readFileSync(process.argv[2], 'utf8');
    const started = performance.now();
    const { data, problems } = readYaml('maestro.yaml', text);
    const time = performance.now() - started;
    if (problems.length > 0 || !Object.hasOwn(data, 'agents')) throw new Error('not the description that was written');
    process.stdout.write(String(time));`;
  esbuild.buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  return outfile;
}

function lintOf(name, node) {
  return wall(node, [MAESTRO, 'lint', 'maestro.yaml', '--fail-on', 'never'], join(folder, String(name)));
}

function row(what, measured, against, bound) {
  const ratio = measured / against;
  const round = (number, digits) => Number(number.toFixed(digits));
  return {
    what,
    ms: round(measured, 1),
    againstMs: round(against, 1),
    ratio: round(ratio, 2),
    bound: round(bound, 2),
    ok: ratio <= bound,
  };
}

function print(sizes, rows) {
  for (const { components, edges, lines, bytes } of sizes) {
    console.log(`${components} components: ${edges} edges, ${lines} lines, ${bytes} bytes`);
  }
  const cells = rows.map(({ what, ms, againstMs, ratio, bound, ok }) => [
    what,
    `${ms} ms`,
    `${againstMs} ms`,
    ratio.toFixed(2),
    String(bound),
    ok ? 'ok' : 'over',
  ]);
  const table = [['measured (medians)', 'time', 'against', 'ratio', 'bound', ''], ...cells];
  const widths = table[0].map((_, i) => Math.max(...table.map((line) => line[i].length)));
  if (sizes.length > 0) console.log('');
  for (const line of table) {
    console.log(
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join('  ')
        .trimEnd(),
    );
  }
}

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import esbuild from 'esbuild';
import { eager } from './eager.mjs';
import { root } from './root.mjs';

/**
 * What is built and committed: one unhashed file an entry, so that git installs, the Action and hooks need no build.
 * Libraries and data that only some runs of the whole program need are entries of their own.
 */
const ENTRIES = {
  maestro: 'src/cli/bin.ts',
  globby: 'globby',
  ignore: 'ignore',
  picomatch: 'picomatch',
  catalogue: 'build/catalogue.js',
  discover: 'src/cli/discovery.ts',
};

/** The GitHub Action: the same sources with what talks to GitHub, which no other program has. */
const ACTION = { action: 'src/github/bin.ts' };

/** The program that runs first: the same sources, with stand-ins for what only the whole program has. */
const QUICK = { quick: 'src/cli/bin-quick.ts' };

/** Modules that the quick program does without, and what it sees of them. Using one throws NeedsWhole. */
const STAND_INS = {
  'src/model/include.ts': 'gather',
  'src/model/yaml-whole.ts': 'readWhole',
  'src/cli/silence-run.ts': 'silenceRun',
  'src/rules/evidence-check.ts': 'checkContent',
  'src/cli/git-history.ts': 'lastChange',
  'build/validate-model.js': 'validate',
  'build/validate-config.js': 'validate',
};

/** Path and content of every bundle, all libraries inside, and of the licences of those libraries. */
export async function bundle() {
  const whole = await build(ENTRIES, [entriesStayApart, noChildProcess]);
  const action = await build(ACTION, [entriesStayApart, noChildProcess]);
  const quick = await build(QUICK, [entriesStayApart, standIns]);
  return [
    ...[...whole.outputFiles, ...action.outputFiles].map(named),
    ...quick.outputFiles.map(named).map(([path, code]) => [path, eager(code)]),
    ['dist/package.json', '{ "type": "commonjs" }\n'],
    [
      'dist/LICENSES.txt',
      licences([whole, action, quick].flatMap(({ metafile }) => Object.keys(metafile.inputs))),
    ],
  ];
}

const named = ({ path, text }) => [relative(root, path).replaceAll('\\', '/'), text];

const build = (entryPoints, plugins) =>
  esbuild.build({
    entryPoints,
    plugins,
    outdir: 'dist',
    write: false,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    // Its other build asks for its parts at run time, which no bundle holds.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    platform: 'node',
    target: 'node20.19',
    // As an ES module, importing node:fs alone would load all of node:stream: 10 ms of every run on Node 20.
    format: 'cjs',
    // `import()` of a CommonJS file starts Node's ES module loader and reads the file twice: 20 ms; `require` does not.
    supported: { 'dynamic-import': false },
    // A source of one-byte characters is half the memory and compiles faster.
    charset: 'ascii',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });

const standIns = {
  name: 'stand-ins',
  setup(build) {
    const of = (path) => Object.keys(STAND_INS).find((name) => path === root + name);
    build.onLoad({ filter: /./ }, ({ path }) => {
      const name = of(path);
      if (!name) return null;
      const contents = `import { NeedsWhole } from '${root}src/model/needs-whole.ts';
export const ${STAND_INS[name]} = () => { throw new NeedsWhole(); };`;
      return { contents, loader: 'js', resolveDir: root };
    });
    build.onResolve({ filter: /build\/pack\.js$/ }, () => ({ path: `${root}build/pack-quick.js` }));
    // Other formats than text, and rules of a team, are for the whole program, which knows how to ask for them.
    const filter =
      /(report\/(json|sarif|github|markdown|gitlab|junit)|\/(load-pack|pack-files|framework|include-files|base|staged|git-policy|silence-files|assert-rules|shard|drift-run|drift\/rules|unproven-run))\.ts$/;
    build.onResolve({ filter }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : null,
    );
  },
};

/** A dynamic import of another entry loads that entry's file instead of taking its code in. */
const entriesStayApart = {
  name: 'entries-stay-apart',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return null;
      const file = join(resolveDir, path);
      const entry = Object.keys(ENTRIES).find(
        (name) => path === ENTRIES[name] || file === join(root, ENTRIES[name]),
      );
      return entry ? { path: `./${entry}.js`, external: true } : null;
    });
  },
};

/** Commander can start programs as subcommands; we have none, and `node:child_process` costs milliseconds to load. */
const noChildProcess = {
  name: 'no-child-process',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      importer.includes('/node_modules/commander/') ? { path, namespace: 'nothing' } : null,
    );
    build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: 'export {}' }));
  },
};

/** The licence of every package that went into the bundle, as these licences ask. */
function licences(inputs) {
  const packages = new Map();
  for (const input of inputs) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (folder) packages.set(folder, JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
  }
  return [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, { name, version, license, homepage }]) => {
      const text =
        licenceText(join(root, folder)) ?? `The package carries no licence text; see ${homepage ?? name}.\n`;
      return `${name} ${version} (${license})\n\n${text}`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceText(folder) {
  for (const name of ['LICENSE', 'LICENSE.md', 'license', 'LICENCE', 'LICENSE.txt']) {
    try {
      return `${readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim()}\n`;
    } catch {
      // The next name.
    }
  }
  return null;
}

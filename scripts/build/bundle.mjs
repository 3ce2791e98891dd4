import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import esbuild from 'esbuild';
import { root } from './root.mjs';

/**
 * What is built and committed: one unhashed file an entry, so that git installs, the Action and hooks need no build.
 * The program starts from the first alone; the others are libraries and data that only some runs need.
 */
const ENTRIES = {
  maestro: 'src/cli/bin.ts',
  globby: 'globby',
  picomatch: 'picomatch',
  catalogue: 'build/catalogue.js',
};

/** Path and content of every bundle, all libraries inside, and of the licences of those libraries. */
export async function bundle() {
  const { metafile, outputFiles } = await esbuild.build({
    entryPoints: ENTRIES,
    outdir: 'dist',
    write: false,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20.19',
    // As an ES module, importing node:fs alone would load all of node:stream: 10 ms of every run on Node 20.
    format: 'cjs',
    // A source of one-byte characters is half the memory and compiles faster.
    charset: 'ascii',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    plugins: [entriesStayApart, noChildProcess],
  });
  return [
    ...outputFiles.map(({ path, text }) => [relative(root, path).replaceAll('\\', '/'), text]),
    ['dist/package.json', '{ "type": "commonjs" }\n'],
    ['dist/LICENSES.txt', licences(Object.keys(metafile.inputs))],
  ];
}

/** A dynamic import of another entry loads that entry's file instead of taking its code in. */
const entriesStayApart = {
  name: 'entries-stay-apart',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import') return null;
      const entry = Object.keys(ENTRIES).find(
        (name) => path === ENTRIES[name] || path.endsWith(`/${ENTRIES[name]}`),
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

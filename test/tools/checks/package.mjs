import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, ensureSame, folder, maestro, ROOT, succeed } from '../support.mjs';

const { name, files, bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** What npm puts into every package, whatever `files` says. */
const ALWAYS = ['package.json', 'README.md', 'LICENSE', 'NOTICE'];
const NEEDED = [
  'package.json',
  'README.md',
  'LICENSE',
  'bin/maestro.js',
  'dist/maestro.js',
  'dist/LICENSES.txt',
];

const AGENT = 'maestro: 1\nsystem: { name: packed }\nagents:\n  trader: { autonomy: autonomous }\n';
const LINT = ['lint', 'maestro.yaml', '--fail-on', 'never'];

export const checks = [
  {
    name: 'the package holds what it needs and nothing else, and lints where it is installed',
    run() {
      const out = folder();
      const { stdout } = succeed('npm', ['pack', '--json', '--pack-destination', out]);
      const packed = JSON.parse(stdout);
      const {
        filename,
        size,
        unpackedSize,
        files: entries,
      } = Array.isArray(packed) ? packed[0] : packed[name];
      console.log(`     ${filename}: ${size} bytes, ${unpackedSize} unpacked, ${entries.length} files`);
      checkFiles(entries.map(({ path }) => path));
      checkInstalled(join(out, filename));
    },
  },
];

function checkFiles(paths) {
  const allowed = (path) =>
    ALWAYS.includes(path) || files.some((entry) => path === entry || path.startsWith(`${entry}/`));
  const junk = paths.filter(
    (path) => !allowed(path) || /(^|\/)(test|src|node_modules)\/|\.tsx?$|\.part$/.test(path),
  );
  ensure(junk.length === 0, `the package holds ${junk.join(', ')}`);
  const missing = NEEDED.filter((path) => !paths.includes(path));
  ensure(missing.length === 0, `the package lacks ${missing.join(', ')}`);
  const unknown = files.filter((entry) => !existsSync(join(ROOT, entry.replace(/^!/, ''))));
  const unwanted = files.filter((entry) => entry.startsWith('!') && paths.includes(entry.slice(1)));
  ensure(unwanted.length === 0, `the package holds ${unwanted.join(', ')} all the same`);
  ensure(unknown.length === 0, `package.json names ${unknown.join(', ')}, which is not there`);
}

function checkInstalled(tarball) {
  const cwd = folder({ 'package.json': '{ "private": true }', 'maestro.yaml': AGENT });
  succeed('npm', ['install', '--omit=dev', '--ignore-scripts', '--offline', tarball], { cwd });
  const packages = readdirSync(join(cwd, 'node_modules')).filter((entry) => !entry.startsWith('.'));
  ensure(packages.join() === name, `it brings other packages: ${packages.join(', ')}`);
  const expected = maestro(LINT, { cwd }).stdout;
  ensure(/kill-switch/.test(expected), 'the linter finds nothing in the file for this check');
  for (const command of Object.keys(bin)) {
    const viaNpx = succeed('npx', ['--no-install', command, ...LINT], { cwd });
    ensureSame(`npx ${command}`, expected, viaNpx.stdout);
    const viaBin = succeed(join(cwd, 'node_modules/.bin', command), LINT, { cwd });
    ensureSame(`node_modules/.bin/${command}`, expected, viaBin.stdout);
  }
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { examples } from '../descriptions.mjs';
import { ensure, ensureSame, folder, maestro, ROOT, run } from '../support.mjs';

const LINT = ['lint', 'examples', '--fail-on', 'never'];
const ALL_FORMATS = ['text', 'json', 'sarif'].flatMap((format) => [
  '--format',
  format,
  '--output',
  `out.${format}`,
]);
const BLOCK = pathToFileURL(join(ROOT, 'test/tools/block-network.mjs')).href;
const CONNECT = "require('node:net').connect(9, '127.0.0.1').on('error', () => process.exit(7))";

export const checks = [
  {
    name: 'lint asks for no network',
    run() {
      const record = join(folder(), 'asked');
      writeFileSync(record, '');
      const env = { NODE_OPTIONS: `--import=${BLOCK}`, MAESTRO_NETWORK_RECORD: record };
      const asks = run(process.execPath, ['-e', CONNECT], { env });
      ensure(
        asks.code !== 0 && readFileSync(record, 'utf8') === 'net.connect\n',
        'a connection is not noticed',
      );
      writeFileSync(record, '');
      for (const args of [LINT, [...LINT, ...ALL_FORMATS]]) {
        const { code, stderr } = maestro(args, { cwd: examples(), env });
        ensure(code === 0, `lint ended with ${code}\n${stderr}`);
      }
      ensure(readFileSync(record, 'utf8') === '', `lint used ${readFileSync(record, 'utf8').trim()}`);
    },
  },
  {
    name: 'lint prints the same where there is no network',
    run() {
      const cwd = examples();
      const open = maestro(LINT, { cwd });
      const closed = withoutNetwork([join(ROOT, 'bin/maestro.js'), ...LINT], cwd);
      ensure(closed.code === 0, `lint ended with ${closed.code}\n${closed.stderr}`);
      ensureSame('the report', open.stdout, closed.stdout);
    },
  },
];

/** Runs node in a network namespace of its own, where not even the loopback is up; throws when that cannot be had. */
function withoutNetwork(args, cwd) {
  for (const flags of ['-n', '-rn']) {
    const inside = (nodeArgs) => run('unshare', [flags, process.execPath, ...nodeArgs], { cwd });
    if (inside(['-e', '0']).code !== 0) continue;
    const names = inside(['-p', 'Object.keys(os.networkInterfaces()).length']).stdout.trim();
    ensure(names === '0', `the closed namespace has ${names} networks`);
    return inside(args);
  }
  throw new Error('no namespace without a network can be had here: unshare -n and unshare -rn both fail');
}

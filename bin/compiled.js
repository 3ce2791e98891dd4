// What Node does itself from version 22 on: code that V8 has compiled is kept in the temporary folder, which saves a fifth
// of every start but the first. Whoever can write there could have us run anything, so only a folder that is this
// user's alone is used. `NODE_DISABLE_COMPILE_CACHE=1` switches it off, as it does there.
const { hash } = require('node:crypto');
const {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** Programs of other versions whose code is kept beside. */
const MOST_KEPT = 8;
const WRAPPER = ['(function (exports, require, module, __filename, __dirname) {', '\n})'];

/** What a file of CommonJS exports; it imports nothing by `import()`. */
exports.load = (file) => {
  const folder = ownFolder();
  if (folder === null) return require(file);
  const source = readFileSync(file, 'utf8');
  const path = join(folder, `${process.version}-${process.arch}-${hash('sha256', source)}`);
  const script = new Script(WRAPPER.join(source), {
    filename: file,
    columnOffset: -WRAPPER[0].length,
    cachedData: kept(path),
  });
  // Undefined where there was none, true where it is of another V8.
  if (script.cachedDataRejected !== false) keep(folder, path, script.createCachedData());
  const module = { exports: {} };
  const run = script.runInThisContext();
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
};

/** A folder that nobody else can read or write; null where there is none. */
function ownFolder() {
  const user = process.getuid?.();
  if (user === undefined || process.env.NODE_DISABLE_COMPILE_CACHE) return null;
  const folder = join(process.env.NODE_COMPILE_CACHE || tmpdir(), `maestro-lint-${user}`);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It is there already, or cannot be made: the next look tells.
  }
  try {
    const stat = lstatSync(folder);
    return stat.isDirectory() && stat.uid === user && (stat.mode & 0o077) === 0 ? folder : null;
  } catch {
    return null;
  }
}

function kept(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** A run that cannot keep anything is a slower one, and nothing else. */
function keep(folder, path, code) {
  try {
    const others = readdirSync(folder).map((name) => join(folder, name));
    const byAge = others.map((other) => ({ other, at: statSync(other).mtimeMs })).sort((a, b) => b.at - a.at);
    for (const { other } of byAge.slice(MOST_KEPT - 1)) rmSync(other);
    const whole = `${path}.${process.pid}`;
    writeFileSync(whole, code, { mode: 0o600, flag: 'wx' });
    renameSync(whole, path);
  } catch {
    // Another run may have been quicker.
  }
}

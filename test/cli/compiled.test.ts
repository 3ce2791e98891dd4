import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, HOME } from '../support/cli.ts';

const PROGRAM = `const { join } = require('node:path');
exports.says = (name) => join(__dirname, name) + require('./other.js');
`;
const LOAD = `console.log(require(process.argv[1]).load(process.argv[2]).says('x'))`;

/** Runs a program in a process of its own that keeps compiled code in `cache`; what it prints. */
function run(home: string, cache: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['-e', LOAD, join(HOME, 'bin/compiled.js'), join(home, 'program.js')],
    { encoding: 'utf8', env: { NODE_COMPILE_CACHE: cache, ...env } },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trim();
}

const home = (program = PROGRAM) => folder({ 'program.js': program, 'other.js': 'module.exports = "!";' });
const own = (cache: string) => join(cache, `maestro-lint-${process.getuid!()}`);
const kept = (cache: string) => readdirSync(own(cache)).map((name) => join(own(cache), name));

describe('compiled code', () => {
  test('is made once, for this user alone, and taken as it is', () => {
    const [cache, program] = [folder({}), home()];
    expect(run(program, cache)).toBe(`${join(program, 'x')}!`);
    expect(statSync(own(cache)).mode & 0o777).toBe(0o700);
    const [path, ...others] = kept(cache);
    expect(others).toEqual([]);
    expect(statSync(path!).mode & 0o777).toBe(0o600);
    const first = readFileSync(path!);
    utimesSync(path!, 1, 1);
    expect(run(program, cache)).toBe(`${join(program, 'x')}!`);
    expect(kept(cache)).toEqual([path]);
    expect(readFileSync(path!).equals(first)).toBe(true);
    // Made again, it would be new.
    expect(statSync(path!).mtimeMs).toBe(1000);
  });

  test('of another text is another one, and few are kept', () => {
    const cache = folder({});
    for (let i = 0; i < 12; i++) {
      const program = home(PROGRAM.replace("'./other.js')", `'./other.js') + ${i}`));
      expect(run(program, cache)).toBe(`${join(program, 'x')}!${i}`);
    }
    expect(kept(cache)).toHaveLength(8);
  });

  test.each([
    ['nothing', () => ''],
    ['its first half', (code: Buffer) => code.subarray(0, code.length >> 1)],
    ['something else', () => 'x'.repeat(5000)],
    ['a changed head', (code: Buffer) => Buffer.concat([Buffer.from([1, 2, 3, 4]), code.subarray(4)])],
  ])('that is damaged is made again: %s', (_, damaged) => {
    const [cache, program] = [folder({}), home()];
    run(program, cache);
    const [path] = kept(cache);
    const whole = readFileSync(path!);
    writeFileSync(path!, damaged(whole));
    expect(run(program, cache)).toBe(`${join(program, 'x')}!`);
    expect(readFileSync(path!).length).toBe(whole.length);
  });

  test.each([
    [
      'a folder that others can write to',
      (cache: string) => {
        mkdirSync(own(cache));
        chmodSync(own(cache), 0o777);
      },
    ],
    [
      'a link to a folder',
      (cache: string) => {
        mkdirSync(join(cache, 'elsewhere'), { mode: 0o700 });
        symlinkSync('elsewhere', own(cache));
      },
    ],
    ['a file', (cache: string) => writeFileSync(own(cache), '')],
  ])('is not kept in %s', (_, made) => {
    const [cache, program] = [folder({}), home()];
    made(cache);
    const before = statSync(own(cache)).isDirectory() ? kept(cache) : null;
    expect(run(program, cache)).toBe(`${join(program, 'x')}!`);
    if (before !== null) expect(kept(cache)).toEqual(before);
  });

  test('is not kept where nobody wants it, or where there is no room for it', () => {
    const [cache, program] = [folder({}), home()];
    expect(run(program, cache, { NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(`${join(program, 'x')}!`);
    expect(existsSync(own(cache))).toBe(false);
    for (const nowhere of [join(cache, 'not/there'), join(program, 'program.js'), 'x'.repeat(5000)])
      expect(run(program, nowhere)).toBe(`${join(program, 'x')}!`);
  });
});

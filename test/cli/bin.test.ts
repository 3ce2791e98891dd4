import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, HOME, maestro, ONE_RULE, trader } from '../support/cli.ts';
import { BUILT } from './built-cases.ts';

/** The program as people start it: the committed bundle in a process of its own. */
function run(cwd: string, argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(HOME, 'bin/maestro.js'), ...argv], {
    cwd,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 1 << 28,
    env: { PATH: process.env['PATH'], ...env },
  });
  return { code: status, stdout, stderr };
}

describe('the bundle', () => {
  test('does what the sources do', async () => {
    const cwd = folder({ 'a/maestro.yaml': trader('a'), 'b.maestro.yaml': 'maestro: 1\nsystem: {}\n' });
    for (const format of ['text', 'json', 'sarif']) {
      const argv = ['lint', '-f', format, ...ONE_RULE];
      const { code, stdout, stderr } = await maestro(cwd, argv);
      expect(run(cwd, argv), 'is dist fresh? run `npm run build`').toEqual({ code, stdout, stderr });
    }
  });

  test.each(['pipe', 'directory', 'dangling-link', 'alias-bomb', 'deep-open', 'long-line-open', 'binary'])(
    '%s neither hangs nor crashes',
    (name) => {
      const cwd = folder({ 'good.maestro.yaml': trader() });
      BUILT[name]!(cwd);
      const { code, stdout, stderr } = run(cwd, ['maestro.yaml', '.', ...ONE_RULE]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
      expect(stdout).toContain('1 finding: 1 high');
    },
  );

  test('ends with the codes that are promised', () => {
    expect(run(folder({ 'maestro.yaml': trader() }), []).code).toBe(1);
    expect(run(folder({ 'maestro.yaml': trader() }), ['--fail-on', 'never']).code).toBe(0);
    expect(run(folder({}), []).code).toBe(3);
    expect(run(folder({}), ['--nope']).code).toBe(2);
  });

  test('writes all of a large report into a pipe, and stops when its reader does', () => {
    const agents = Array.from({ length: 1500 }, (_, i) => `  agent_${i}: { autonomy: bounded }`).join('\n');
    const cwd = folder({ 'maestro.yaml': `maestro: 1\nsystem: { name: a }\nagents:\n${agents}\n` });
    const { stdout } = run(cwd, ['-f', 'json', ...ONE_RULE]);
    expect(JSON.parse(stdout).findings).toHaveLength(1500);
    const command = `"${process.execPath}" "${join(HOME, 'bin/maestro.js')}" -f json ${ONE_RULE.join(' ')}`;
    const head = spawnSync('sh', ['-c', `${command} | head -n 1`], { cwd, encoding: 'utf8' });
    expect(head).toMatchObject({ status: 0, stdout: '{\n', stderr: '' });
  });

  test('is pure text without a terminal', () => {
    const cwd = folder({ 'maestro.yaml': trader() });
    expect(run(cwd, []).stdout).not.toContain('\x1b');
    expect(run(cwd, [], { FORCE_COLOR: '1' }).stdout).toContain('\x1b[');
    expect(run(cwd, [], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).not.toContain('\x1b');
  });

  test('works from a folder whose name is odd, and with no home', () => {
    const cwd = folder({ 'a b#c%20/ünï "q"/maestro.yaml': trader() });
    const { code, stdout } = run(cwd, ['-f', 'sarif', ...ONE_RULE], { HOME: '/nowhere' });
    expect(code).toBe(1);
    const [result] = JSON.parse(stdout).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe(
      'a%20b%23c%2520/%C3%BCn%C3%AF%20%22q%22/maestro.yaml',
    );
  });

  test('opens no socket and reads no file of others', () => {
    const cwd = folder({ 'maestro.yaml': trader() });
    writeFileSync(
      join(cwd, 'guard.cjs'),
      "for (const name of ['net', 'tls', 'dgram', 'dns', 'http', 'https', 'child_process']) { const m = require(name); for (const key of ['connect', 'createConnection', 'request', 'get', 'lookup', 'createSocket', 'spawn', 'exec', 'fork']) if (m[key]) m[key] = () => { throw new Error('no ' + name); }; }",
    );
    const argv = [
      '--require',
      './guard.cjs',
      join(HOME, 'bin/maestro.js'),
      ...ONE_RULE,
      '--fail-on',
      'never',
    ];
    expect(() => execFileSync(process.execPath, argv, { cwd, encoding: 'utf8' })).not.toThrow();
  });
});

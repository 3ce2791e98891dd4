import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { colorLevel } from '../../src/cli/color.ts';
import { folder, maestro, ONE_RULE, trader } from '../support/cli.ts';

const lint = (cwd: string, ...argv: string[]) => maestro(cwd, ['lint', ...argv, ...ONE_RULE]);
const system = () => folder({ 'maestro.yaml': trader() });

describe('how many findings text shows', () => {
  const ids = Array.from({ length: 250 }, (_, i) => `t${i}`);
  const cwd = () =>
    folder({
      'maestro.yaml': `maestro: 1\nsystem: { name: many }\nagents:\n  a:\n    tools: [${ids.join(', ')}]\ntools:\n${ids.map((id) => `  ${id}: { kind: payment }\n`).join('')}`,
    });
  const all = (...argv: string[]) =>
    maestro(cwd(), ['lint', '--rule', 'high-impact-action-unapproved', ...argv]);
  const shown = (stdout: string) => stdout.match(/^\w+\[/gm)?.length ?? 0;

  test.each([
    ['as many as anybody reads', [], 200],
    ['as many as are asked for', ['--max-findings', '7'], 7],
    ['none', ['--max-findings', '0'], 0],
    ['all', ['--max-findings', 'all'], 250],
  ])('%s', async (_, argv, most) => {
    const { code, stdout } = await all(...argv);
    expect({ code, shown: shown(stdout) }).toEqual({ code: 1, shown: most });
    expect(stdout).toContain('250 findings: ');
    expect(stdout.includes(`${250 - most} more findings`)).toBe(most < 250);
  });

  test('every other format holds them all', async () => {
    const { stdout } = await all('--max-findings', '7', '--format', 'json');
    expect(JSON.parse(stdout).findings).toHaveLength(250);
  });

  test('what is no number is refused', async () => {
    const { code, stderr } = await all('--max-findings=-1');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('-1 is no number of findings'),
    });
  });
});

describe('where reports go', () => {
  test('each format to its own file, one to standard output', async () => {
    const cwd = system();
    const argv = [
      '-f',
      'text',
      '-f',
      'sarif',
      '-o',
      'a.sarif',
      '--format',
      'json',
      '--output',
      'deep/er/b.json',
    ];
    const { code, stdout, stderr } = await lint(cwd, ...argv);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toBe((await lint(cwd)).stdout);
    expect(readFileSync(join(cwd, 'a.sarif'), 'utf8')).toBe((await lint(cwd, '-f', 'sarif')).stdout);
    expect(readFileSync(join(cwd, 'deep/er/b.json'), 'utf8')).toBe((await lint(cwd, '-f', 'json')).stdout);
  });

  test('all to files leaves standard output empty', async () => {
    const cwd = system();
    expect((await lint(cwd, '-f', 'json', '-o', 'a.json')).stdout).toBe('');
  });

  test('whole or not at all: what was there is replaced in one step, nothing else stays', async () => {
    const cwd = system();
    writeFileSync(join(cwd, 'a.json'), 'old');
    const before = statSync(join(cwd, 'a.json')).ino;
    await lint(cwd, '-f', 'json', '-o', 'a.json');
    expect(statSync(join(cwd, 'a.json')).ino).not.toBe(before);
    expect(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')).version).toBe('json-v1');
    expect(readdirSync(cwd)).toEqual(['a.json', 'maestro.yaml']);
  });

  test('a place that cannot be written is a mistake of the user, and leaves nothing behind', async () => {
    const cwd = system();
    mkdirSync(join(cwd, 'taken'));
    for (const output of ['taken', 'maestro.yaml/x.json']) {
      const { code, stderr } = await lint(cwd, '-f', 'json', '-o', output);
      expect(code).toBe(2);
      expect(stderr).toMatch(new RegExp(`^maestro: cannot write ${output}: E[A-Z]+\\n$`));
    }
    expect(readdirSync(cwd)).toEqual(['maestro.yaml', 'taken']);
  });

  test('a link stays a link, a device stays a device', async () => {
    const cwd = folder({ 'maestro.yaml': trader(), 'real.json': 'old' });
    symlinkSync('real.json', join(cwd, 'link.json'));
    await lint(cwd, '-f', 'json', '-o', 'link.json');
    expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, 'real.json'), 'utf8')).toContain('json-v1');
    expect((await lint(cwd, '-f', 'json', '-o', '/dev/null')).code).toBe(1);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('also when the config is wrong or there is nothing to lint', async () => {
    const cwd = folder({ 'maestro.config.yaml': 'config: 9\n' });
    expect((await lint(cwd, '-f', 'json', '-o', 'a.json')).code).toBe(2);
    expect(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')).complete).toBe(false);
    const empty = folder({});
    expect((await lint(empty, '-f', 'sarif', '-o', 'a.sarif')).code).toBe(3);
    expect(JSON.parse(readFileSync(join(empty, 'a.sarif'), 'utf8')).runs[0].results).toEqual([]);
  });

  test('same input, same bytes, wherever it lies', async () => {
    const files = {
      'b/maestro.yaml': trader('b'),
      'a/maestro.yaml': 'maestro: 1\n',
      'c.maestro.yaml': trader('c'),
    };
    for (const format of ['text', 'json', 'sarif']) {
      const { stdout } = await lint(folder(files), '-f', format);
      expect((await lint(folder(files), '-f', format)).stdout).toBe(stdout);
      expect(stdout).not.toMatch(/\/tmp\/|\d{2}:\d{2}:\d{2}/);
    }
  });
});

describe('--sarif-dir', () => {
  test('one file a system, each with its own category and findings', async () => {
    const cwd = folder({
      'a.maestro.yaml': trader('pay ments'),
      'b.maestro.yaml': trader('pay_ments'),
      'c.maestro.yaml': trader('../../etc/x'),
      'd.maestro.yaml': trader('クレーム'),
    });
    const { code, stdout } = await lint(cwd, '--sarif-dir', 'out');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(readdirSync(join(cwd, 'out'))).toEqual([
      '_etc_x.sarif',
      'pay_ments-2.sarif',
      'pay_ments.sarif',
      'クレーム.sarif',
    ]);
    const categories = readdirSync(join(cwd, 'out')).map((name) => {
      const [run] = JSON.parse(readFileSync(join(cwd, 'out', name), 'utf8')).runs;
      expect(run.results).toHaveLength(1);
      return run.automationDetails.id;
    });
    expect(new Set(categories).size).toBe(4);
  });

  test('beside other reports', async () => {
    const cwd = system();
    const { stdout } = await lint(cwd, '--sarif-dir', 'out', '-f', 'text');
    expect(stdout).toContain('1 finding');
    expect(existsSync(join(cwd, 'out/desk.sarif'))).toBe(true);
  });

  test('a file that cannot be read fails them all', async () => {
    const cwd = folder({ 'a.maestro.yaml': trader('a'), 'b.maestro.yaml': 'maestro: 1\n' });
    expect((await lint(cwd, '--sarif-dir', 'out')).code).toBe(2);
    const [run] = JSON.parse(readFileSync(join(cwd, 'out/a.sarif'), 'utf8')).runs;
    expect(run.invocations[0].executionSuccessful).toBe(false);
  });
});

describe('colour', () => {
  test.each([
    [{}, false, 0],
    [{}, true, 1],
    [{ NO_COLOR: '1' }, true, 0],
    [{ NO_COLOR: '' }, true, 1],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, 0],
    [{ FORCE_COLOR: '1' }, false, 1],
    [{ FORCE_COLOR: '' }, false, 1],
    [{ FORCE_COLOR: '3' }, false, 3],
    [{ FORCE_COLOR: '0' }, true, 0],
    [{ FORCE_COLOR: 'false' }, true, 0],
    [{ TERM: 'dumb' }, true, 0],
  ] as const)('%j on a terminal: %s gives %i', (env, isTTY, level) => {
    expect(colorLevel(env, isTTY)).toBe(level);
  });

  test('only on a terminal, never in a file, and the words are the same', async () => {
    const cwd = system();
    const plain = await lint(cwd);
    expect(plain.stdout).not.toContain('\x1b');
    const argv = ['lint', ...ONE_RULE];
    const painted = await maestro(cwd, argv, { terminal: 100 });
    expect(painted.stdout).toContain('\x1b[');
    const unpainted = await maestro(cwd, argv, { terminal: 100, env: { NO_COLOR: '1' } });
    expect(painted.stdout.replace(/\x1b\]8;;[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;]*m/g, '')).toBe(
      unpainted.stdout,
    );
    // Only where lines end is different: a terminal has a width.
    const words = (report: string) => report.replace(/( \u00b7)?\s+/g, ' ');
    expect(words(unpainted.stdout)).toBe(words(plain.stdout));
    expect(plain.stdout).toMatch(/^high\[kill-switch-missing\] .{80,}$/m);
    for (const line of unpainted.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    expect((await maestro(cwd, argv, { env: { FORCE_COLOR: '1' } })).stdout).toContain('\x1b[');
    await maestro(cwd, [...argv, '-f', 'text', '-o', 'a.txt'], { terminal: 100, env: { FORCE_COLOR: '1' } });
    expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toBe(plain.stdout);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder } from '../support/cli.ts';

const root = new URL('../../', import.meta.url).pathname;
const programs = {
  quick: `require('${root}dist/quick.js').runQuick('${root}')`,
  whole: `require('${root}dist/maestro.js').run('${root}')`,
};

/** What one of the two programs prints and ends with; `null` when the quick one leaves the run to the other. */
function run(program: keyof typeof programs, args: readonly string[], cwd = root) {
  const script = `process.argv.splice(1, 0, 'maestro'); ${programs[program]}.then((code) => { process.exitCode = code ?? 99; });`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script, '--', ...args], {
    cwd,
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

describe('the quick program', () => {
  test.each([
    [['lint', 'examples/mcp-host/as-found.maestro.yaml']],
    [['lint', 'examples/support-rag/as-found.maestro.yaml', '--fail-on', 'critical']],
    [['lint', 'examples/onchain-agents/as-found.maestro.yaml']],
    [['lint', 'examples/a2a-documents/as-found.maestro.yaml']],
    [['lint', 'examples/a2a-analysis/as-found.maestro.yaml']],
    [['lint', 'test/golden/paths/desk.maestro.yaml']],
    [['lint', 'test/golden/paths/crossing.maestro.yaml']],
  ])('prints and ends like the whole one: %j', (args) => {
    const quick = run('quick', args);
    expect(quick.status).not.toBe(99);
    expect(quick).toEqual(run('whole', args));
    expect(quick.stdout).toContain('checked');
  });

  test.each([
    [['rules']],
    [['--version']],
    [['lint', '--format', 'json', 'examples']],
    [['lint', '--fail-on', 'bad', 'examples']],
    [['lint', 'examples/mcp-host/hardened.maestro.yaml']],
    [['lint', 'test/golden/bad-input/unknown-key/maestro.yaml']],
  ])('leaves everything else to the whole one, before it prints anything: %j', (args) => {
    expect(run('quick', args)).toEqual({ stdout: '', stderr: '', status: 99 });
  });

  test('leaves a folder with a config to the whole one', () => {
    const text = readFileSync(join(root, 'examples/mcp-host/as-found.maestro.yaml'), 'utf8');
    const cwd = folder({ 'maestro.yaml': text, 'maestro.config.yaml': 'config: 1\n' });
    expect(run('quick', ['lint', 'maestro.yaml'], cwd).status).toBe(99);
  });

  test.each([
    ['maestro.waivers.yaml', 'waivers: 1\naccepted: []\n'],
    ['maestro.baseline.json', '{ "baseline": 1, "findings": [] }\n'],
    ['maestro.yaml', (text: string) => `${text}\nwaivers: []\n# maestro: ignore[owner-missing] why\n`],
    [
      'maestro.yaml',
      (text: string) =>
        `${text}\nwaivers: [{ rule: owner-missing, component: system, reason: r, owner: o }]\n`,
    ],
  ])('leaves what hides findings to the whole one: %s', (name, content) => {
    const text = readFileSync(join(root, 'examples/mcp-host/as-found.maestro.yaml'), 'utf8');
    const cwd = folder({ 'maestro.yaml': text });
    expect(run('quick', ['lint', 'maestro.yaml'], cwd).status).toBe(1);
    writeFileSync(join(cwd, name), typeof content === 'string' ? content : content(text));
    expect(run('quick', ['lint', 'maestro.yaml'], cwd)).toEqual({ stdout: '', stderr: '', status: 99 });
  });

  test('stands in front of the whole one in the installed program', () => {
    const home = folder({});
    for (const part of ['bin', 'dist']) cpSync(join(root, part), join(home, part), { recursive: true });
    expect(readdirSync(join(home, 'dist'))).toContain('quick.js');
    const version = execFileSync(process.execPath, [join(home, 'bin/maestro.js'), '--version'], {
      encoding: 'utf8',
    });
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

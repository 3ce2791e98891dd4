import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, maestro, trader } from '../support/cli.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';

const one = () => folder({ 'maestro.yaml': trader() });

describe('what is drawn', () => {
  test('the only system there is, as Mermaid', async () => {
    const { code, stdout, stderr } = await maestro(one(), ['graph']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^flowchart TB\n/);
    expect(stdout).toContain('n1("<b>trader</b><br/><small>agent · autonomous</small>")');
  });

  test.each([
    ['mermaid', /^flowchart /],
    ['dot', /^\/\/ .*\ndigraph /],
    ['svg', /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /],
  ])('as %s', async (format, begins) => {
    const { code, stdout } = await maestro(one(), ['graph', '--format', format]);
    expect(code).toBe(0);
    expect(stdout).toMatch(begins);
    expect(stdout).toContain('trader');
  });

  test('the system that is named, beside others', async () => {
    const cwd = folder({ 'a.maestro.yaml': trader('a'), 'b.maestro.yaml': trader('b') });
    const { code, stdout } = await maestro(cwd, ['graph', 'b.maestro.yaml', '-f', 'svg']);
    expect(code).toBe(0);
    expect(stdout).toContain('<title>b: ');
  });

  test('with everything it includes', async () => {
    const part = 'agents: { helper: { autonomy: suggest } }\n';
    const whole = 'maestro: 1\nsystem: { name: whole }\ninclude: [parts/*.yaml]\n';
    const { stdout } = await maestro(folder({ 'maestro.yaml': whole, 'parts/a.yaml': part }), ['graph']);
    expect(stdout).toContain('<b>helper</b>');
  });

  test.each(DESCRIPTIONS)('$name, in every format', async ({ text }) => {
    const cwd = folder({ 'maestro.yaml': text });
    for (const format of ['mermaid', 'dot', 'svg']) {
      const { code, stdout, stderr } = await maestro(cwd, ['graph', '--findings', '-f', format]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('--findings', () => {
  test('marks what lint reports, by the same config, and changes no exit code', async () => {
    const cwd = one();
    const { code, stdout } = await maestro(cwd, ['graph', '--findings']);
    expect(code).toBe(0);
    expect(stdout).toContain('high#58; kill-switch-missing');
    expect((await maestro(cwd, ['graph'])).stdout).not.toContain('kill-switch-missing');
    const config = { 'maestro.config.yaml': 'config: 1\nrules: { kill-switch-missing: low }\n' };
    const milder = await maestro(folder({ 'maestro.yaml': trader(), ...config }), ['graph', '--findings']);
    expect(milder.stdout).toContain('low#58; kill-switch-missing');
  });

  test('shows the worst attack path', async () => {
    const text = `maestro: 1
system: { name: shop }
boundaries: { net: { trust: untrusted } }
actors: { inbox: { kind: content, boundary: net } }
agents: { clerk: { autonomy: bounded, reads: inbox, tools: { python: {} } } }
tools: { python: { kind: code-interpreter } }
`;
    const { stdout } = await maestro(folder({ 'maestro.yaml': text }), ['graph', '--findings']);
    expect(stdout).toContain('<b>① inbox</b>');
    expect(stdout).toContain('<b>② clerk</b>');
    expect(stdout).toContain('<b>③ python</b>');
    expect(stdout).toMatch(/-->\|"<b>② read<\/b>/);
    expect(stdout.match(/linkStyle \d+ stroke/g)).toHaveLength(2);
    expect(stdout).toContain('Worst attack path (critical)');
  });
});

describe('--around', () => {
  const text =
    'maestro: 1\nsystem: { name: a }\nagents: { a: { delegates_to: b }, b: { delegates_to: c }, c: {}, far: {} }\n';

  test('draws a component with its neighbours', async () => {
    const { stdout } = await maestro(folder({ 'maestro.yaml': text }), ['graph', '--around', 'a']);
    expect(stdout.match(/<b>\w+<\/b><br/g)).toEqual(['<b>a</b><br', '<b>b</b><br']);
    expect(stdout).toContain('Around a#58; 2 of 4 components');
  });

  test('one that is not there is a mistake', async () => {
    const { code, stdout, stderr } = await maestro(folder({ 'maestro.yaml': text }), [
      'graph',
      '--around',
      'fan',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('maestro: no component is called fan\n  Did you mean far?\n');
  });
});

test('too much for one picture is drawn smaller, and said', async () => {
  const agents = Array.from({ length: 200 }, (_, i) => `  a${i}: {}`).join('\n');
  const cwd = folder({ 'maestro.yaml': `maestro: 1\nsystem: { name: crowd }\nagents:\n${agents}\n` });
  const { code, stdout, stderr } = await maestro(cwd, ['graph']);
  expect(code).toBe(0);
  expect(stdout).toContain('<b>200 agents</b>');
  expect(stderr).toBe(
    'maestro: too much for one picture: components of one kind are drawn as one\n  `--around <component>` draws one of them with what it has to do with\n',
  );
});

test('--output writes a file and prints nothing', async () => {
  const cwd = one();
  const { code, stdout } = await maestro(cwd, ['graph', '-f', 'svg', '-o', 'docs/system.svg']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(readFileSync(join(cwd, 'docs/system.svg'), 'utf8')).toMatch(/^<svg /);
});

describe('what cannot be drawn', () => {
  test('several systems: their files, and how to name one', async () => {
    const cwd = folder({ 'a.maestro.yaml': trader('a'), 'b/maestro.yaml': trader('b') });
    const { code, stdout, stderr } = await maestro(cwd, ['graph']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'maestro: there are 2 systems here: a.maestro.yaml, b/maestro.yaml\n  Name the one to draw: `maestro graph a.maestro.yaml`\n',
    );
  });

  test('nothing is no picture', async () => {
    const { code, stdout, stderr } = await maestro(folder({ 'notes.txt': '' }), ['graph']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^maestro: nothing to draw: /);
  });

  test('mistakes are shown as lint shows them, and nothing is written', async () => {
    const cwd = folder({ 'maestro.yaml': trader('desk', 'a-lot') });
    const { code, stdout, stderr } = await maestro(cwd, ['graph', '-o', 'out.svg']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(() => readFileSync(join(cwd, 'out.svg'))).toThrow(/ENOENT/);
    const lint = await maestro(cwd, ['lint']);
    expect(stderr).toMatch(/^error\[value\]|^error\[/);
    expect(lint.stdout).toContain(stderr.trimEnd());
  });

  test.each([
    ['a path that is not there', ['graph', 'gone.maestro.yaml'], /There is no `gone\.maestro\.yaml`/],
    ['a format that is not there', ['graph', '--format', 'png'], /Allowed choices are mermaid, dot, svg/],
    ['two paths', ['graph', 'a', 'b'], /too many arguments/],
  ])('%s', async (_, argv, says) => {
    const { code, stdout, stderr } = await maestro(one(), argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

test('--help has examples', async () => {
  const { code, stdout } = await maestro(one(), ['graph', '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Examples:\n {2}maestro graph\n/);
});

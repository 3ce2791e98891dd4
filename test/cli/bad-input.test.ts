import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { folder, maestro, ONE_RULE, trader } from '../support/cli.ts';
import { expectGolden } from '../support/golden.ts';
import { BUILT } from './built-cases.ts';

const GOLDEN = fileURLToPath(new URL('../golden/bad-input/', import.meta.url));
const written = readdirSync(GOLDEN).filter((name) => !(name in BUILT));
/** Seconds of the processor, far more than any case needs: what a stranger can make slow takes minutes. */
const MOST = 8;

/** A folder with the bad input of a case, and a good file beside it. */
function setUp(name: string): string {
  const cwd = folder({ 'good/good.maestro.yaml': trader('good') });
  const build = BUILT[name];
  if (build) build(cwd);
  else cpSync(join(GOLDEN, name, 'maestro.yaml'), join(cwd, 'maestro.yaml'));
  return cwd;
}

describe.each([...written, ...Object.keys(BUILT)])('%s', (name) => {
  const files = name === 'same-system' ? ['maestro.yaml', 'desk.maestro.yaml'] : ['maestro.yaml'];

  test('is told as it should be', async () => {
    const result = await maestro(setUp(name), [...files, ...ONE_RULE]);
    expectGolden(join(GOLDEN, name, 'output.txt'), result.stdout);
    expect(result).toMatchObject({ code: 2, stderr: '' });
    expect(result.stdout).not.toMatch(/\n\s+at /);
    expect(result.cpu).toBeLessThan(MOST);
  });

  test('leaves the other files alone, and no report looks clean', async () => {
    const cwd = setUp(name);
    const formats = ['-f', 'json', '-f', 'sarif', '-o', 'out/x.sarif'];
    const json = await maestro(cwd, ['lint', ...files, 'good', ...formats, ...ONE_RULE]);
    const report = JSON.parse(json.stdout);
    expect(json.code).toBe(2);
    expect(report.complete).toBe(false);
    expect(report.errors.length).toBeGreaterThan(0);
    expect(report.findings.map((finding: { system: string }) => finding.system)).toContain('good');
    for (const { file, message, location } of report.errors) {
      expect(file).toMatch(/^(?:desk\.)?maestro\.yaml$/);
      expect(message).toMatch(/^\S[\s\S]*\S$/);
      if (location) expect(location.line * location.column).toBeGreaterThan(0);
    }
    const sarif: Log = JSON.parse(readFileSync(join(cwd, 'out/x.sarif'), 'utf8'));
    const [run] = sarif.runs;
    expect(run?.invocations?.[0]?.executionSuccessful).toBe(false);
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.length).toBe(report.errors.length);
    expect(run?.results?.length).toBeGreaterThan(0);
    expect(json.cpu).toBeLessThan(MOST);
  });
});

test('what is found is told like what is named, folders, links and pipes too', async () => {
  for (const name of ['directory', 'dangling-link', 'link-circle', 'pipe', 'binary']) {
    const { code, stdout } = await maestro(setUp(name), [...ONE_RULE]);
    expect(code, name).toBe(2);
    expect(stdout, name).toContain('maestro.yaml');
    expect(stdout, name).toContain('1 finding: 1 high; 1 error');
  }
});

describe('no mistake at all', () => {
  const clean = async (content: string, argv: readonly string[] = []) => {
    const cwd = folder({ 'maestro.yaml': content });
    return maestro(cwd, ['maestro.yaml', '--format', 'json', ...ONE_RULE, ...argv]);
  };

  test('versions and ids keep the form they are written in', async () => {
    const text = `maestro: "1"
system: { name: 0x10, version: 2.10 }
agents:
  007: { version: 1.0, delegates_to: 1e3, autonomy: autonomous }
  1e3: { autonomy: suggest, reads: [12] }
data: { 12: { kind: database } }
`;
    const { code, stdout } = await clean(text);
    const report = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(report.errors).toEqual([]);
    expect(report.findings[0]).toMatchObject({ system: '0x10', subject: ['007'] });
  });

  test('names that every object has are names like others', async () => {
    const text = `maestro: 1
system: { name: constructor }
agents:
  constructor: { autonomy: autonomous, delegates_to: toString }
  toString: { autonomy: suggest, reads: [hasOwnProperty], tools: { valueOf: { actions: [isPrototypeOf] } } }
data: { hasOwnProperty: { kind: database } }
tools: { valueOf: { actions: { isPrototypeOf: { effect: read } } } }
`;
    const report = JSON.parse((await clean(text)).stdout);
    expect(report.errors).toEqual([]);
    expect(report.findings.map((finding: { subject: string[] }) => finding.subject)).toEqual([
      ['constructor'],
    ]);
  });

  test('merge keys and anchors: what is written wins, places are those of the text', async () => {
    const text = `maestro: 1
system: { name: shop }
x-worker: &worker
  autonomy: autonomous
  role: worker
agents:
  one: *worker
  two: { <<: *worker, autonomy: suggest }
  three:
    <<: [{ autonomy: suggest }, *worker]
  four:
    <<: *worker
`;
    const { stdout } = await clean(text);
    const report = JSON.parse(stdout);
    expect(report.errors).toEqual([]);
    expect(report.findings.map((finding: { subject: string[] }) => finding.subject[0])).toEqual([
      'one',
      'four',
    ]);
  });

  test('line ends of Windows and a byte order mark move nothing', async () => {
    const plain = trader();
    const { stdout } = await clean(plain);
    expect((await clean(plain.replaceAll('\n', '\r\n'))).stdout).toBe(stdout);
    expect((await clean(`\ufeff${plain}`)).stdout).toBe(stdout);
  });

  test('a line of a megabyte', async () => {
    const filler = 'the quick brown fox, '.repeat(50_000);
    const text = `maestro: 1\nsystem: { name: shop }\nagents: { a: { description: "${filler}", autonomy: bounded } }\n`;
    const json = await clean(text);
    expect(JSON.parse(json.stdout).findings).toHaveLength(1);
    expect(json.cpu).toBeLessThan(MOST);
    const cwd = folder({ 'maestro.yaml': text });
    const { stdout, cpu } = await maestro(cwd, ['--format', 'text', ...ONE_RULE]);
    expect(stdout.length).toBeLessThan(3000);
    expect(cpu).toBeLessThan(MOST);
  });
});

test('the goldens are those of the cases', () => {
  expect(readdirSync(GOLDEN)).toEqual(expect.arrayContaining(Object.keys(BUILT)));
});

test('secrets stay out of every message', async () => {
  const key = 'sk_live_abcdefghijklmnop1234';
  const cwd = folder({ 'maestro.yaml': 'x' });
  const texts = [
    `maestro: ${key}\n`,
    `maestro: 1\nsystem: { name: a, ${key}: b }\n`,
    `maestro: 1\nsystem: { name: a, criticality: ${key} }\n`,
    `maestro: 1\nsystem: { name: a, reviewed: "${'long '.repeat(8)}${key}" }\n`,
    `maestro: 1\nsystem: { name: a }\nagents: { a: { reads: ${key} } }\n`,
    `maestro: 1\nsystem: { name: a }\nagents: { a: { tools: { b: { actions: [${key}] } } } }\ntools: { b: {} }\n`,
    `maestro: 1\nsystem: { name: a }\nagents: { ${key}: {} }\ntools: { ${key}: {} }\n`,
    `maestro: 1\nsystem: { name: a }\nagents: { a: { controls: { ${key}: true } } }\n`,
    `maestro: 1\nsystem: { name: a, description: hello, ${key} }\n`,
    `maestro: 1\nsystem: [ ${key}\n`,
    `maestro: 1\nsystem: *${key}\n`,
  ];
  for (const text of texts) {
    writeFileSync(join(cwd, 'maestro.yaml'), text);
    for (const format of ['text', 'json', 'sarif']) {
      const { code, stdout } = await maestro(cwd, ['--format', format, ...ONE_RULE]);
      expect(code, text).toBe(2);
      expect(stdout, text).not.toContain(key.slice(8));
    }
  }
});

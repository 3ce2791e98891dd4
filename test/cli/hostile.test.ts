import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/cli/output.ts';
import { folder, maestro } from '../support/cli.ts';
import { foreign } from '../support/gfm.ts';
import { commandsIn } from '../support/runner.ts';

/** Characters nobody sees, and sequences that terminals, runners and markup act on. */
const HIDDEN = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
const ACTED_ON = /^\s*::[a-z-]+|-->|<!--|\]\]>|##\[|##vso\[/im;
/** Arrows of Mermaid end like a comment; pictures are ours, and read by the tests with real tools. */
const PICTURE = /^```mermaid\n.*?^```$/gms;
const PAGES = /^https:\/\/github\.com\/maestro-lint\/maestro-lint\/blob\/main\/docs\/rules\/[\w-]+\.md$/;

/** What a format prints, held against what it must not hold; commands only for the format that is made of them. */
function harmless(format: string, stdout: string, attack: string): void {
  expect(stdout, attack).not.toMatch(HIDDEN);
  if (format === 'github') {
    const commands = commandsIn(stdout);
    expect(commands.length, attack).toBeLessThanOrEqual(10);
    for (const { name, properties } of commands) {
      expect(['error', 'warning', 'notice'], attack).toContain(name);
      expect(Object.keys(properties).join(), attack).toMatch(
        /^(?:file,(?:line,endLine,(?:col,endColumn,)?)?)?title$/,
      );
    }
    expect(stdout.split('\n').length, attack).toBe(commands.length + 2);
    return;
  }
  expect(stdout.replace(PICTURE, ''), attack).not.toMatch(ACTED_ON);
  if (format === 'markdown') expect(foreign(stdout, PAGES), attack).toEqual([]);
  if (['json', 'sarif', 'gitlab'].includes(format)) expect(() => JSON.parse(stdout), attack).not.toThrow();
}

/** What a stranger may write between double quotes. */
const ATTACKS: readonly string[] = [
  'a\\nb',
  '\\n::error file=x::owned',
  '::add-mask::x',
  '\\r::set-output name=a::b',
  '##[error]x',
  '##vso[task.setvariable]x',
  'a --> b',
  '<!-- maestro -->',
  ']]>',
  '\\e[31mred\\e[0m',
  '\\e]8;;http://evil.example\\aclick\\e]8;;\\a',
  '\\u009b31m',
  'pay\\u202eer',
  'pay\\u200ber',
  '\\u2028line',
  '\\0nul',
  '\\ufeffbom',
  '\\ud800',
  '@everyone',
  '{0} [link](1)',
  '</script><script>alert(1)</script>',
  '![x](https://evil.example/x.png) https://evil.example www.evil.example',
  '| a | b | `c` $x$ :tada: #1 @octocat/x GH-1',
  '*b* _i_ ~~s~~ - [x] > [!NOTE]',
];

const DESCRIPTIONS: Readonly<Record<string, (attack: string) => string>> = {
  'the name of the system': (attack) =>
    `maestro: 1\nsystem: { name: "${attack}" }\nagents: { a: { autonomy: autonomous } }\n`,
  'texts that rules print': (attack) =>
    `maestro: 1
system: { name: a, owner: "${attack}" }
models: { m: { provider: "${attack}", version: "${attack}", hosting: vendor } }
data: { d: { kind: database, classification: restricted, name: "${attack}" } }
agents:
  a: { name: "${attack}", autonomy: autonomous, framework: "${attack}", models: m, reads: d, identity: { principal: "${attack}", provider: "${attack}", credential: api-key, secret_in: code }, tools: { t: {} }, description: "${attack}" }
  b: { autonomy: autonomous, identity: { principal: "${attack}", provider: "${attack}", credential: api-key } }
tools: { t: { kind: mcp-server, url: "http://${attack}", protocol: "${attack}", publisher: community, version: "${attack}", actions: { send: { effect: send, description: "${attack}" } } } }
`,
  'an id': (attack) => `maestro: 1\nsystem: { name: a }\nagents: { "${attack}": {} }\n`,
  'a key': (attack) => `maestro: 1\nsystem: { name: a, "${attack}": b }\n`,
  'a word': (attack) => `maestro: 1\nsystem: { name: a, criticality: "${attack}" }\n`,
  'a reference': (attack) =>
    `maestro: 1\nsystem: { name: a }\nagents: { a: { reads: { "${attack}": {} }, models: "${attack}" } }\n`,
  'a control': (attack) =>
    `maestro: 1\nsystem: { name: a }\nagents: { a: { controls: { "${attack}": true } } }\n`,
  'an action': (attack) =>
    `maestro: 1\nsystem: { name: a }\ntools: { t: { actions: { "${attack}": {} } } }\n`,
  'a version': (attack) => `maestro: "${attack}"\n`,
  'an extension': (attack) =>
    `maestro: 1\nsystem: { name: a, x-note: "${attack}" }\nagents: { a: { autonomy: autonomous } }\n`,
};

describe.each(Object.entries(DESCRIPTIONS))('%s', (_, describes) => {
  test('comes out raw in no report', async () => {
    for (const [i, attack] of ATTACKS.entries()) {
      const cwd = folder({ 'maestro.yaml': describes(attack) });
      // Every attack meets every format once in a while, and half of them each time.
      for (const format of FORMATS.filter((_, n) => n % 2 === i % 2)) {
        const { code, stdout, stderr } = await maestro(cwd, ['-f', format, '--profile', 'strict']);
        expect([0, 1, 2], attack).toContain(code);
        expect(stderr, attack).toBe('');
        harmless(format, stdout, attack);
      }
    }
  });
});

test('names of files are as hostile', async () => {
  const files = [
    'a\x1b[31m.maestro.yaml',
    '::error::x/maestro.yaml',
    'b -->/maestro.yaml',
    'c\nd/maestro.yaml',
    '\u202ex/maestro.yaml',
  ];
  for (const file of files) {
    for (const content of [
      'maestro: 1\nsystem: { name: a }\nagents: { a: { autonomy: autonomous } }\n',
      'maestro: 1\n',
    ]) {
      const cwd = folder({ [file]: content });
      for (const format of FORMATS) {
        const { code, stdout } = await maestro(cwd, ['lint', '-f', format, file]);
        expect([1, 2], file).toContain(code);
        harmless(format, stdout, file);
      }
    }
  }
});

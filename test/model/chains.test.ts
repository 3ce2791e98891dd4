import { describe, expect, test } from 'vitest';
import { folder, maestro } from '../support/cli.ts';

const HEAD = 'maestro: 1\nsystem: { name: deep }\n';

/** `count` of one section, each inside the next; the last one inside `last`. */
const chain = (section: string, key: string, count: number, last: string): string =>
  `${section}:\n${Array.from({ length: count }, (_, i) => `  n${i}: { ${key}: n${i + 1} }\n`).join('')}  n${count}: ${last}\n`;

const AGENT =
  'agents: { a: { runs_on: n0, autonomy: autonomous, tools: [t] } }\ntools: { t: { kind: shell } }\n';

async function lint(text: string) {
  const { code, stdout, stderr } = await maestro(folder({ 'maestro.yaml': HEAD + text }), ['-f', 'json']);
  return { code, stderr, errors: JSON.parse(stdout).errors };
}

describe.each([
  ['hosts that run on each other', chain('infrastructure', 'runs_on', 9, '{ kind: sandbox }') + AGENT],
  ['hosts within each other', chain('infrastructure', 'within', 90, '{ kind: vm }') + AGENT],
  ['zones within each other', chain('boundaries', 'within', 90, '{ trust: untrusted }')],
  ['hosts in a circle', chain('infrastructure', 'within', 20, '{ within: n0 }') + AGENT],
])('%s', (_, text) => {
  test('are read', async () => expect(await lint(text)).toMatchObject({ stderr: '', errors: [] }));
});

describe.each([
  ['hosts that run on each other', chain('infrastructure', 'runs_on', 5000, '{ kind: sandbox }') + AGENT],
  ['hosts within each other', chain('infrastructure', 'within', 100, '{ kind: vm }') + AGENT],
  ['zones within each other', chain('boundaries', 'within', 5000, '{ trust: untrusted }')],
  ['hosts in a circle', chain('infrastructure', 'within', 5000, '{ within: n0 }') + AGENT],
  ['zones in a circle', chain('boundaries', 'within', 5000, '{ within: n0 }')],
])('too many %s', (_, text) => {
  test('are a mistake with a place', async () => {
    const { code, stderr, errors } = await lint(text);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'endless-chain', location: { file: 'maestro.yaml' } });
  });
});

import { expect, test } from 'vitest';
import { folder, maestro } from '../support/cli.ts';

const HEAD = 'maestro: 1\nsystem: { name: large }\n';
const many = (count: number, each: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => each(i)).join(', ');

/** Files of some hundred kilobytes in which one thing is there so often that looking at it pair by pair takes minutes. */
const LARGE: Readonly<Record<string, string>> = {
  'actions that are granted and that the tool does not have': `agents: { a: { tools: { t: { actions: [${many(6000, (i) => `action_b${i}`)}] } } } }
tools: { t: { actions: [${many(6000, (i) => `action_a${i}`)}] } }\n`,
  'controls that nobody knows': `agents: { a: { controls: { ${many(30_000, (i) => `row_level_security_${i}: true`)} } } }\n`,
  'granted actions with something of their own': `agents: { a: { tools: { t: { actions: { ${many(8000, (i) => `x${i}: { controls: { human_approval: true } }`)} } } } } }
tools: { t: { actions: { ${many(8000, (i) => `x${i}: { effect: pay }`)} } } }\n`,
};

/** Seconds of the processor: looked at pair by pair, each of these takes minutes. */
const MOST = 8;

test.each(Object.keys(LARGE))('%s', async (name) => {
  const cwd = folder({ 'maestro.yaml': HEAD + LARGE[name]! });
  const { code, cpu } = await maestro(cwd, ['lint', '--format', 'json', 'maestro.yaml']);
  expect([1, 2]).toContain(code);
  expect(cpu).toBeLessThan(MOST);
});

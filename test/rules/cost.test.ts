import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseOnly } from '../../src/rules/cel.ts';
import { refuseCostly } from '../../src/rules/cost.ts';
import { loadRule } from '../../src/rules/load.ts';
import { threats, vocabulary } from '../support/pack.ts';

const nested = (list: string, levels: number): string =>
  Array.from({ length: levels }).reduce<string>((body, _, i) => `${list}.all(v${i}, ${body})`, 'true');

/** Each takes seconds to hours, or all memory, on the smallest description. */
const COSTLY: Readonly<Record<string, string>> = {
  'macros in each other over a list that is written out': nested('[1, 2, 3, 4, 5, 6, 7, 8]', 8),
  'macros in each other over lists of the description': nested('agent.tools', 5),
  'texts that are doubled': `agent.tools.map(t, t.id)${'.map(x, x + x)'.repeat(28)}.exists(x, x.endsWith("b"))`,
  'lists that are doubled': `[[1]]${'.map(x, x + x)'.repeat(24)}.exists(x, x.size() > 3)`,
  'long sums of lists in each other': nested(`(${'agent.tools + '.repeat(200)}agent.tools)`, 3),
  'a pattern of stars only': `glob(agent.description, "${'*a'.repeat(5000)}b")`,
};

const USUAL: Readonly<Record<string, string>> = {
  'three lists in each other': nested('agent.tools', 3),
  'the targets of what its tools do':
    'agent.tools.exists(t, t.actions.exists(a, a.targets.exists(d, d.private && !d.enforces("dlp") && d.id != agent.id)))',
  'a sum of lists':
    '(agent.reads + agent.writes + agent.memory).exists(d, d.private && d.trust != "restricted")',
  'two hundred comparisons': Array.from({ length: 200 }, (_, i) => `agent.id != "a${i}"`).join(' && '),
  'a pattern': 'glob(agent.url, "https://*.example/*") || looks_secret(agent.description)',
  'texts put together':
    'agent.tools.filter(t, t.kind == "mcp-server").map(t, t.id + " (" + t.kind + ")").size() > 3',
};

describe('what an expression costs by its form alone', () => {
  test.each(Object.entries(COSTLY))('%s: refused', (_, text) => {
    expect(() => refuseCostly(parseOnly(text))).toThrow(/too long/);
  });

  test.each(Object.entries(USUAL))('%s: allowed', (_, text) => {
    expect(() => refuseCostly(parseOnly(text))).not.toThrow();
  });
});

const file = 'rules/agent-frameworks/kill-switch-missing.yaml';
const rule = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** What the engine knows and rules may not use: it can fail while the rule runs, or a compiled rule would do otherwise. */
test.each([
  'int(agent.id) > 0',
  'timestamp(agent.id) > timestamp("2026-01-01T00:00:00Z")',
  '1 / agent.tools.size() > 0',
  'agent.tools.size() * 9223372036854775807 > 0',
  'agent.tools.size() + 9223372036854775807 > 0',
  'agent.tools.size() % 2 == 0',
  'agent == agent',
  'agent.id.substring(5) == ""',
  'string(1) == "1"',
])('%s: refused, with a place', (when) => {
  const { loaded, problems } = loadRule(file, rule.replace(/^when: .*$/m, `when: ${when}`), {
    vocabulary,
    threats,
  });
  expect(loaded).toBeNull();
  expect(problems[0]).toMatchObject({ code: expect.stringMatching(/^expression-/), location: { line: 12 } });
});

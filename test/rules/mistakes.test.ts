import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folder, maestro } from '../support/cli.ts';

const rule = readFileSync(
  new URL('../../rules/agent-frameworks/kill-switch-missing.yaml', import.meta.url),
  'utf8',
);

/** What people get wrong when they write a rule: a change to a good one. */
const MISTAKES: Readonly<Record<string, (text: string) => string>> = {
  'misspelt-field': (text) => text.replace('agent.autonomy in', 'agent.autonomi in'),
  'field-of-another-type': (text) =>
    text.replace(/^when: .*/m, 'when: agent.tools.exists(t, t.users == "x")'),
  'misspelt-field-of-member': (text) =>
    text.replace(/^when: .*/m, 'when: agent.tools.exists(t, t.publishr == "community")'),
  'wrong-enum-word': (text) => text.replace('"autonomous"]', '"autonomus"]'),
  'unknown-control': (text) => text.replace('enforces("kill_switch")', 'enforces("kil_switch")'),
  'wrong-type': (text) => text.replace(/^when: .*/m, 'when: agent.autonomy'),
  'missing-brace': (text) => text.replace('({agent.autonomy})', '({agent.autonomy)'),
  has: (text) => text.replace(/^when: .*/m, 'when: has(agent.autonomy)'),
  matches: (text) => text.replace(/^when: .*/m, 'when: agent.id.matches("(a+)+$")'),
  'system-list-per-subject': (text) =>
    text.replace(/^when: .*/m, 'when: system.agents.exists(a, a.id == agent.id)'),
  'nested-system-lists': (text) =>
    text
      .replace('for: agent', 'for: system')
      .replace(/^when: .*/m, 'when: system.agents.exists(a, system.tools.exists(t, t.id == a.id))')
      .replace(/^message: .*/m, 'message: "{system.name}"'),
  'macro-without-name': (text) =>
    text.replace(/^when: .*/m, 'when: agent.tools.filter(t, true).map().map(t, t.id) == []'),
  'unknown-threat': (text) => text.replace('l7-compromised-agents', 'l7-compromised-agent'),
  'attack-of-a-list': (text) =>
    text
      .replace(/^for: .*\nwhen: .*/m, 'each: system.agents\nattack: { over: [writes], stopped_by: [] }')
      .replace(/^message: .*/m, 'message: "{agent.id}"'),
  'attack-without-an-end': (text) => attacked(text, '{ over: [writes], stopped_by: [] }'),
  'attack-of-a-boundary': (text) =>
    attacked(text, '{ over: [writes], stopped_by: [] }')
      .replace('for: agent', 'for: boundary')
      .replace(/^when: .*/m, 'when: boundary.trust == "untrusted"')
      .replace(/^message: .*/m, 'message: "{boundary.id}"')
      .replace(/^at: .*/m, ''),
  'attack-over-no-step': (text) =>
    attacked(text, '{ over: [wrote], stopped_by: [] }')
      .replace('for: agent', 'for: store')
      .replace(/^when: .*/m, 'when: store.private')
      .replace(/^message: .*/m, 'message: "{store.id}"')
      .replace(/^at: .*/m, ''),
  'attack-stop-nowhere': (text) =>
    attacked(text, '{ to: node.outbound, stopped_by: [{ to: node.outbound, control: dlp }] }'),
  'file-name': (text) => text.replace(/^id: .*/m, 'id: another-name'),
};

const attacked = (text: string, attack: string): string =>
  text.replace(/^(when: .*)$/m, `$1\nattack: ${attack}`);

test.each(Object.keys(MISTAKES))('%s: the place and a suggestion', async (name) => {
  const changed = MISTAKES[name]!(name === 'file-name' ? rule : rule.replace(/^id: .*/m, `id: ${name}`));
  expect(changed).not.toBe(rule);
  const { code, stdout } = await maestro(folder({ [`${name}.yaml`]: changed }), ['test', `${name}.yaml`]);
  expect(code).toBe(2);
  expect(stdout).toMatch(new RegExp(`${name}\\.yaml:\\d+:\\d+`));
  expect(stdout).toContain('help: ');
  await expect(stdout).toMatchFileSnapshot(`../golden/mistakes/${name}.txt`);
});

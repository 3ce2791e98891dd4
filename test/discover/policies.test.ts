import { describe, expect, test } from 'vitest';
import { claudeSettings } from '../../src/discover/claude-settings.ts';
import { codexConfig } from '../../src/discover/codex-config.ts';
import { codingAgents } from '../../src/discover/coding-agents.ts';
import type { Fact, Reader } from '../../src/discover/fact.ts';
import { geminiSettings } from '../../src/discover/gemini-settings.ts';
import { opencodeConfig } from '../../src/discover/opencode-config.ts';
import { KEY } from './mcp-shapes.ts';

const nothing = (): null => null;

/** Values of the first fact, without places. */
function shown(reader: Reader, path: string, text: string) {
  expect(reader.wants(path)).toBe(true);
  const reading = reader.read(path, text, nothing);
  const [fact] = reading?.facts ?? [];
  return fact ? { ...plain(fact), fact } : null;
}

const plain = ({ attributes, controls, links }: Fact) => ({
  attributes: values(attributes),
  controls: values(controls),
  links: links.map(({ to, attributes: own }) => [to, values(own ?? {})]),
});

const values = (all: Fact['attributes']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).map(([key, { value }]) => [key, value]));

describe('Claude Code', () => {
  const text = `{ // of the team
  "permissions": {
    "allow": ["Bash(npm run:*)", "mcp__tickets__create_ticket", "mcp__docs", "Bash"],
    "ask": ["mcp__tickets__delete_ticket"],
    "deny": ["Read(./.env)"],
    "defaultMode": "acceptEdits"
  },
  "env": { "ACME_TOKEN": "${KEY}" },
  "enableAllProjectMcpServers": true,
  "sandbox": { "enabled": true },
  "hooks": { "PostToolUse": [{ "matcher": "Edit", "hooks": [{ "type": "command", "command": "npm run format" }] }] },
}`;

  test('rules, hooks and links', () => {
    const found = shown(claudeSettings, '.claude/settings.json', text);
    expect(found?.attributes).toEqual({
      client: 'claude-code',
      allow: ['Bash(npm run:*)', 'mcp__tickets__create_ticket', 'mcp__docs', 'Bash'],
      ask: ['mcp__tickets__delete_ticket'],
      deny: ['Read(./.env)'],
      unrestricted: ['Bash'],
      mode: 'acceptEdits',
      sandbox: true,
      hooks: ['npm run format'],
      all_servers: true,
    });
    expect(found?.controls).toEqual({ sandbox: true });
    expect(found?.links).toEqual([
      ['tickets', { actions: ['create_ticket'], approval: 'none' }],
      ['docs', { approval: 'none' }],
      ['tickets', { actions: ['delete_ticket'], approval: 'human' }],
    ]);
    expect(found?.fact.attributes['unrestricted']).toMatchObject({ line: 3, column: 78 });
    expect(found?.fact.plane).toBe('development');
  });

  test('a credential in its variables is said by its place only', () => {
    const reading = claudeSettings.read('.claude/settings.json', text, nothing);
    expect(reading?.facts[1]).toMatchObject({ kind: 'secret', source: { line: 8 }, plane: 'development' });
    expect(JSON.stringify(reading)).not.toContain(KEY);
  });

  test('bypass switches approval off; settings of one person are told', () => {
    const own = '{ "permissions": { "defaultMode": "bypassPermissions" } }';
    const found = shown(claudeSettings, '.claude/settings.local.json', own);
    expect(found?.attributes).toMatchObject({ bypass: true, personal: true });
    expect(found?.controls).toEqual({ human_approval: false });
    expect(shown(claudeSettings, '.claude/settings.json', '{}')).toBeNull();
    expect(shown(claudeSettings, '.claude/settings.json', '[1')).toBeNull();
  });
});

describe('agents in Markdown', () => {
  test('front matter that is no YAML is read line by line', () => {
    const text =
      '---\nname: reviewer\ndescription: Use when: code changed. user: "x"\ntools: Read, Bash(git:*, npm:*), mcp__docs__search\nmodel: opus\n---\nBody\n---\n';
    const found = shown(codingAgents, '.claude/agents/review/reviewer.md', text);
    expect(found?.fact).toMatchObject({ kind: 'agent', name: 'reviewer', source: { line: 2 } });
    expect(found?.attributes).toEqual({
      model: 'opus',
      tools: ['Read', 'Bash(git:*, npm:*)', 'mcp__docs__search'],
    });
    expect(found?.links).toEqual([['docs', { actions: ['search'] }]]);
  });

  test('lists, switches and servers', () => {
    const text =
      '---\ndescription: x\ntools: [read, "docs/*"]\nmcp-servers:\n  docs:\n    command: docs\n---\n';
    const found = shown(codingAgents, '.github/agents/helper.agent.md', text);
    expect(found?.fact.name).toBe('helper');
    expect(found?.attributes).toEqual({ tools: ['read', 'docs/*'] });
    expect(found?.links).toEqual([['docs', {}]]);
    const switches = '---\ndescription: x\ntools:\n  write: false\n  bash: true\n---\n';
    expect(shown(codingAgents, '.opencode/agent/a.md', switches)?.attributes).toEqual({ tools: ['bash'] });
    expect(codingAgents.read('.claude/agents/README.md', '# Agents\n', nothing)).toBeNull();
  });
});

test('Codex', () => {
  const text = 'model = "m"\napproval_policy = "never"\nsandbox_mode = "danger-full-access"\n';
  expect(shown(codexConfig, '.codex/config.toml', text)).toMatchObject({
    attributes: {
      mode: 'never',
      bypass: true,
      sandbox: 'danger-full-access',
      unrestricted: ['danger-full-access'],
    },
    controls: { sandbox: false, human_approval: false },
  });
  const careful =
    'approval_policy = "untrusted"\nsandbox_mode = "workspace-write"\n[sandbox_workspace_write]\nnetwork_access = false\n';
  expect(shown(codexConfig, '.codex/config.toml', careful)).toMatchObject({
    attributes: { network: false },
    controls: { sandbox: true, human_approval: true },
  });
  expect(shown(codexConfig, '.codex/config.toml', 'approval_policy = "on-request"\n')?.controls).toEqual({});
});

test('OpenCode', () => {
  const text =
    '{ "permission": { "edit": "ask", "bash": { "*": "allow", "git push": "deny" } }, "agent": { "plan": { "model": "m", "tools": { "write": false } } } }';
  const found = shown(opencodeConfig, 'opencode.json', text);
  expect(found?.attributes).toEqual({
    ...{ client: 'opencode', allow: ['bash(*)'], ask: ['edit'], deny: ['bash(git push)'] },
    unrestricted: ['bash(*)'],
  });
  const all = shown(opencodeConfig, 'opencode.jsonc', '{ "permission": "allow", // any\n }');
  expect(all).toMatchObject({ attributes: { bypass: true }, controls: { human_approval: false } });
  const agents = opencodeConfig.read('opencode.json', text, nothing)?.facts.slice(1);
  expect(agents).toMatchObject([{ kind: 'agent', name: 'plan', source: { pointer: '/agent/plan' } }]);
});

test('Gemini CLI, with the keys of old and new files', () => {
  const text =
    '{ "tools": { "sandbox": "docker", "allowed": ["run_shell_command"], "exclude": ["web_fetch"] }, "general": { "defaultApprovalMode": "yolo" } }';
  expect(shown(geminiSettings, '.gemini/settings.json', text)).toMatchObject({
    attributes: {
      allow: ['run_shell_command'],
      unrestricted: ['run_shell_command'],
      deny: ['web_fetch'],
      bypass: true,
    },
    controls: { sandbox: true, human_approval: false },
  });
  expect(shown(geminiSettings, '.gemini/settings.json', '{ "sandbox": false }')?.controls).toEqual({
    sandbox: false,
  });
  expect(shown(geminiSettings, '.gemini/settings.json', '{ "mcpServers": {} }')).toBeNull();
});

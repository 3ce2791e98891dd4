import type { Sample } from '../support/mutate-config.ts';
import { KEY, SHAPES } from './mcp-shapes.ts';

/** One file of every kind that the readers of configuration know, for mutating. */
export const CONFIGS: readonly Sample[] = [
  ...SHAPES.map(({ path, text }) => ({ path, text })),
  {
    path: '.claude/settings.json',
    text: `{ "permissions": { "allow": ["Bash(npm run:*)", "mcp__a__b"], "ask": ["Edit"], "defaultMode": "acceptEdits" },
  "env": { "A_TOKEN": "${KEY}" }, "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "x" }] }] } }`,
  },
  {
    path: '.claude/agents/a.md',
    text: `---\nname: a\ndescription: Use it: always. Key ${KEY}\ntools: Read, mcp__a__b\nmodel: opus\n---\nText\n`,
  },
  {
    path: '.codex/config.toml',
    text: `approval_policy = "never"\nsandbox_mode = "read-only"\n[shell_environment_policy.set]\nA_KEY = "${KEY}"\n[[x]]\na = [1, { b = "c" }]\n`,
  },
  {
    path: 'opencode.json',
    text: `{ "permission": { "bash": { "*": "ask" } }, "agent": { "a": { "model": "${KEY}" } } }`,
  },
  {
    path: '.gemini/settings.json',
    text: '{ "tools": { "allowed": ["ls"], "sandbox": true }, "hooks": { "BeforeTool": [] } }',
  },
  {
    path: '.github/workflows/a.yml',
    text: `name: A\non: { issues: { types: [opened] } }\npermissions: &p\n  issues: write\njobs:\n  a:\n    permissions: *p\n    steps:\n      - uses: openai/codex-action@v1\n        with: { prompt: "\${{ github.event.issue.body }}", openai-api-key: "${KEY}" }\n      - run: claude -p "go"\n`,
  },
  {
    path: 'server.json',
    text: `{ "name": "io.github.a/b", "version": "1.0.0", "packages": [{ "registryType": "npm", "identifier": "b", "transport": { "type": "stdio" }, "environmentVariables": [{ "name": "A_KEY", "value": "${KEY}" }] }], "remotes": [{ "type": "sse", "url": "https://u:${KEY}@a.example/x" }] }`,
  },
  {
    path: '.well-known/agent-card.json',
    text: '{ "name": "A", "skills": [{ "id": "s" }], "capabilities": {}, "url": "http://a/", "securitySchemes": { "b": { "type": "http", "scheme": "bearer" } }, "security": [{ "b": [] }] }',
  },
];

import type { Expected } from './mcp-table.ts';

/** A file as a client writes it, and what a person reads off it. */
export interface Shape {
  readonly path: string;
  readonly text: string;
  readonly servers: Readonly<Record<string, Expected>>;
}

const npx = (name: string, pin: Expected['pin'] = 'none') =>
  ({ transport: 'stdio', runner: 'npx', registry: 'npm', package: name, pin }) as const;

/** Made up, in the shape of a real one; put together so that no scanner takes this file for a leak. */
export const KEY = ['ghp', 'k3Xv9QmZ2LwT7pRb4NcY8sHd1FgJ6aUe0VtB'].join('_');

/** Every client with a shape of its own. */
export const SHAPES: readonly Shape[] = [
  {
    path: '.mcp.json',
    text: `{ "mcpServers": {
      "tickets": { "command": "npx", "args": ["-y", "@acme/tickets-mcp@1.4.2"], "env": { "TICKETS_TOKEN": "\${TICKETS_TOKEN}" } },
      "search": { "type": "http", "url": "https://mcp.search.example/mcp" },
      "events": { "type": "sse", "url": "http://events:9000/sse", "headers": { "Authorization": "Bearer \${EVENTS}" } },
      "live": { "type": "ws", "url": "wss://live.search.example" },
      "signed": { "type": "streamable-http", "url": "https://a.search.example/mcp", "oauth": { "clientId": "x" } } } }`,
    servers: {
      tickets: { ...npx('@acme/tickets-mcp', 'exact'), version: '1.4.2' },
      search: { transport: 'streamable-http', auth: null },
      events: { transport: 'sse', auth: 'bearer', exposure: 'private' },
      live: { transport: 'wss', auth: null },
      signed: { transport: 'streamable-http', auth: 'oauth2-authorization-code' },
    },
  },
  {
    path: 'plugins/review/.mcp.json',
    text: `{ "review": { "command": "\${CLAUDE_PLUGIN_ROOT}/bin/review" }, "docs": { "command": "npx", "args": ["docs-mcp@latest"] } }`,
    servers: { review: { transport: 'stdio' }, docs: npx('docs-mcp', 'latest') },
  },
  {
    path: '.claude.json',
    text: '{ "projects": { "/w": { "mcpServers": { "a": { "command": "node", "args": ["/home/ann/a.js"] } } } } }',
    servers: { a: { transport: 'stdio', machine: true } },
  },
  {
    path: 'claude_desktop_config.json',
    text: `{ "mcpServers": { "files": { "command": "npx", "args": ["-y", "@acme/files", "/Users/ann/notes"] },
      "code": { "command": "npx", "args": ["@acme/code"], "env": { "CODE_TOKEN": "${KEY}" } } } }`,
    servers: {
      files: { ...npx('@acme/files'), machine: true },
      code: { ...npx('@acme/code'), secret: true },
    },
  },
  {
    path: '.cursor/mcp.json',
    text: `{ "mcpServers": { "a": { "url": "https://a.example.com/mcp" }, "b": { "url": "http://localhost:3000/sse" },
      "c": { "transport": { "type": "sse", "url": "http://127.0.0.1:1/x" } },
      "d": { "command": "npx -y d-mcp@2", "env": { "D_KEY": "\${env:D_KEY}" } } } }`,
    servers: {
      a: { transport: 'streamable-http', auth: null },
      b: { transport: 'sse', auth: null, exposure: 'loopback' },
      c: { transport: 'sse', auth: null, exposure: 'loopback' },
      d: npx('d-mcp', 'range'),
    },
  },
  {
    path: '.vscode/mcp.json',
    text: `{ // the servers of the team
      "inputs": [{ "id": "k", "type": "promptString", "password": true }],
      "servers": {
        "a": { "type": "http", "url": "https://a.example.com", "headers": { "X-Api-Key": "\${input:k}" } },
        "b": { "type": "stdio", "command": "uvx", "args": ["b-mcp==2.1"], "envFile": "\${workspaceFolder}/.env", },
      }, }`,
    servers: {
      a: { transport: 'streamable-http', auth: 'api-key' },
      b: {
        transport: 'stdio',
        runner: 'uvx',
        registry: 'pypi',
        package: 'b-mcp',
        pin: 'exact',
        version: '2.1',
      },
    },
  },
  {
    path: '.vscode/settings.json',
    text: '{ "editor.tabSize": 2, "mcp": { "servers": { "a": { "command": "a" } } } }',
    servers: { a: { transport: 'stdio' } },
  },
  {
    path: '.devcontainer/devcontainer.json',
    text: '{ "customizations": { "vscode": { "mcp": { "servers": { "a": { "command": "bunx", "args": ["a@1.0.0"] } } } } } }',
    servers: {
      a: {
        transport: 'stdio',
        runner: 'bunx',
        registry: 'npm',
        package: 'a',
        pin: 'exact',
        version: '1.0.0',
      },
    },
  },
  {
    path: '.codex/config.toml',
    text: `model = "x"
[mcp_servers.a]
command = "npx"
args = ["-y", "a-mcp"]
env = { A_TOKEN = "${KEY}" }
enabled = false
enabled_tools = ["read"]
[mcp_servers."b.c"]
url = "https://b.example.com/mcp"
bearer_token_env_var = "B_TOKEN"
[mcp_servers.d]
url = "https://d.example.com/mcp"
http_headers = { "X-Key" = "\${D}" }
`,
    servers: {
      a: { ...npx('a-mcp'), secret: true, disabled: true },
      'b.c': { transport: 'streamable-http', auth: 'bearer' },
      d: { transport: 'streamable-http', auth: 'api-key' },
    },
  },
  {
    path: '.gemini/settings.json',
    text: `{ "mcpServers": { "a": { "httpUrl": "https://a.example.com/mcp", "trust": true },
      "b": { "url": "https://b.example.com/events", "includeTools": ["x"] }, "c": { "command": "python", "args": ["-m", "c"] } } }`,
    servers: {
      a: { transport: 'streamable-http', auth: null, auto: ['*'], changing: ['*'] },
      b: { transport: 'sse', auth: null },
      c: { transport: 'stdio' },
    },
  },
  {
    path: 'opencode.json',
    text: `{ "$schema": "x", "mcp": { "a": { "type": "local", "command": ["bun", "x", "a-mcp@0.1.0"], "environment": { "A_API_KEY": "{env:A}" } },
      "b": { "type": "remote", "url": "https://b.example.com/mcp", "enabled": false } }, "mcpServers": { "c": { "command": "c" } } }`,
    servers: {
      a: {
        transport: 'stdio',
        runner: 'bun x',
        registry: 'npm',
        package: 'a-mcp',
        pin: 'exact',
        version: '0.1.0',
      },
      b: { transport: 'streamable-http', auth: null, disabled: true },
      c: { transport: 'stdio' },
    },
  },
  {
    path: 'home/.codeium/windsurf/mcp_config.json',
    text: `{ "mcpServers": { "a": { "serverUrl": "https://a.example.com/sse?token=\${T}" } } }`,
    servers: { a: { transport: 'sse', auth: 'api-key' } },
  },
  {
    path: '.zed/settings.json',
    text: `{ "context_servers": { "a": { "source": "custom", "command": { "path": "npx", "args": ["a-mcp@3.0.1"], "env": {} } },
      "b": { "command": "uvx", "args": ["--from", "b", "b-server"] }, "c": { "settings": { "c_access_token": "${KEY}" } } } }`,
    servers: {
      a: { ...npx('a-mcp', 'exact'), version: '3.0.1' },
      b: { transport: 'stdio', runner: 'uvx', registry: 'pypi', package: 'b', pin: 'none' },
      c: { transport: null, secret: true },
    },
  },
  {
    path: '.kiro/settings/mcp.json',
    text: '{ "mcpServers": { "a": { "command": "uvx", "args": ["a@latest"], "disabled": true, "autoApprove": ["get_page", "push_files", "notes"] } } }',
    servers: {
      a: {
        ...{
          transport: 'stdio',
          runner: 'uvx',
          registry: 'pypi',
          package: 'a',
          pin: 'latest',
          disabled: true,
        },
        ...{ auto: ['get_page', 'push_files', 'notes'], changing: ['push_files'], reading: ['get_page'] },
      },
    },
  },
  {
    path: '.roo/mcp.json',
    text: '{ "mcpServers": { "a": { "type": "streamableHttp", "url": "http://10.0.0.8/mcp", "alwaysAllow": ["list_items", "set-env-vars"] } } }',
    servers: {
      a: {
        ...{ transport: 'streamable-http', auth: null, exposure: 'private' },
        ...{ auto: ['list_items', 'set-env-vars'], changing: ['set-env-vars'], reading: ['list_items'] },
      },
    },
  },
  {
    path: 'fastagent.config.yaml',
    text: `default_model: haiku
mcp:
  servers:
    a:
      command: uvx
      args: ["a-mcp"]
    b:
      transport: http
      url: https://b.example.com/mcp
      headers:
        Authorization: "Bearer ${KEY}"
`,
    servers: {
      a: { transport: 'stdio', runner: 'uvx', registry: 'pypi', package: 'a-mcp', pin: 'none' },
      b: { transport: 'streamable-http', auth: 'bearer', secret: true },
    },
  },
  {
    path: '.continue/mcpServers/a.yaml',
    text: 'name: x\nmcpServers:\n  - name: a\n    command: npx\n    args:\n      - a-mcp\n',
    servers: { a: npx('a-mcp') },
  },
];

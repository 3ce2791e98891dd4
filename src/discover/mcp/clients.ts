import type { Plane } from '../fact.ts';

/** A program that reads MCP servers from a file of the repository. */
export interface Client {
  readonly name: string;
  readonly path: RegExp;
  /** Development is what people build with; runtime what the product itself starts. */
  readonly plane: Plane;
}

const client = (name: string, path: RegExp, plane: Plane = 'development'): Client => ({ name, path, plane });

/** By path, the first that fits. */
export const CLIENTS: readonly Client[] = [
  client('claude-code', /(?:^|\/)(?:\.mcp|managed-mcp|\.claude)\.json$/),
  client('claude-code', /(?:^|\/)\.claude-plugin\/plugin\.json$/),
  client('claude-desktop', /(?:^|\/)claude_desktop_config\.json$/),
  client('cursor', /(?:^|\/)\.cursor\/mcp\.json$/),
  client('vscode', /(?:^|\/)\.vscode\/(?:mcp|settings)\.json$/),
  client('vscode', /(?:^|\/)\.devcontainer(?:\/(?:[^/]+\/)?devcontainer)?\.json$/),
  client('vscode', /\.code-workspace$/),
  client('visual-studio', /(?:^|\/)\.vs\/mcp\.json$/),
  client('codex', /(?:^|\/)\.codex\/config\.toml$/),
  client('gemini', /(?:^|\/)(?:\.gemini\/settings|gemini-extension)\.json$/),
  client('qwen', /(?:^|\/)(?:\.qwen\/settings|qwen-extension)\.json$/),
  client('opencode', /(?:^|\/)opencode\.jsonc?$/),
  client('opencode', /(?:^|\/)\.opencode\/config\.jsonc?$/),
  client('windsurf', /(?:^|\/)\.(?:windsurf|codeium)\/(?:.*\/)?mcp_config\.json$/),
  client('zed', /(?:^|\/)\.zed\/settings\.json$/),
  client('kiro', /(?:^|\/)\.kiro\/(?:settings\/mcp|agents\/[^/]+)\.json$/),
  client('amazon-q', /(?:^|\/)\.amazonq\/(?:mcp|default|agents\/[^/]+)\.json$/),
  client('roo', /(?:^|\/)(?:\.roo\/mcp|mcp_settings)\.json$/),
  client('cline', /(?:^|\/)cline_mcp_settings\.json$/),
  client('continue', /(?:^|\/)\.continue\/(?:mcpServers\/[^/]+\.(?:json|ya?ml)|config\.(?:json|ya?ml))$/),
  client('amp', /(?:^|\/)\.amp\/settings\.jsonc?$/),
  client('trae', /(?:^|\/)\.trae\/mcp\.json$/),
  client('junie', /(?:^|\/)\.junie\/(?:mcp\/)?mcp\.json$/),
  client('factory', /(?:^|\/)\.factory\/mcp\.json$/),
  client('copilot', /(?:^|\/)\.copilot\/mcp-config\.json$/),
  client('fast-agent', /(?:^|\/)fastagent\.(?:config|secrets)\.ya?ml$/, 'runtime'),
  client('unknown', /(?:^|\/)mcp(?:\.config)?\.json$/),
  // No tool of developers reads these in a repository: the program next to them does.
  client('own', /(?:^|\/)(?:mcp[-_]servers|servers_config|mcpServers)\.json$/, 'runtime'),
  client(
    'own',
    /(?:^|\/)(?:src|app|backend|server|agents?|services?)\/(?:.*\/)?mcp[-_]config\.json$/,
    'runtime',
  ),
  client('unknown', /(?:^|\/)mcp[-_]config\.json$/),
];

/** How all of them end: every file of a repository is asked for. */
const ENDING = /\.(?:jsonc?|toml|ya?ml|code-workspace)$/;

export function clientOf(path: string): Client | null {
  if (!ENDING.test(path)) return null;
  const plain = path.replaceAll('\\', '/');
  return CLIENTS.find((each) => each.path.test(plain)) ?? null;
}

import type { Fact, Reader, Reading, Unread } from './fact.ts';
import { clientOf } from './mcp/clients.ts';
import { locate } from './mcp/locate.ts';
import { READER, readServer } from './mcp/server.ts';
import { readJson } from './read/json.ts';
import { readToml } from './read/toml.ts';
import type { Tree } from './read/tree.ts';
import { readYamlTree } from './read/yaml.ts';

/**
 * The servers that MCP clients are told to start or to call. Attributes beside those of the language: `client`,
 * `command`, `runner`, `registry`, `package`, `pin` (exact, tag, branch, range, latest, none), `machine_path`,
 * `secret` (a credential stands in the file), `credentials_from`, `auto_approve` with its `_reading` and `_changing`
 * part (`*` for all), `allowed_tools`, `denied_tools`, `disabled`, `bridges_to`.
 */
export const mcpConfig: Reader = {
  name: READER,
  wants: (path) => clientOf(path) !== null,
  read: (path, text) => {
    const client = clientOf(path);
    if (!client) return null;
    const tree = treeOf(path, text);
    const located = locate(path, tree);
    const facts: Fact[] = [];
    const unread: Unread[] = tree.damage
      ? [{ file: path, line: tree.damage.line, why: tree.damage.why }]
      : [];
    for (const { entry, pointer } of located) {
      const found = readServer({ file: path, pointer, client: client.name, plane: client.plane, entry });
      if ('why' in found) unread.push(found);
      else facts.push(...found);
    }
    return located.length === 0 && !tree.damage ? null : ({ facts, unread } satisfies Reading);
  },
};

function treeOf(path: string, text: string): Tree {
  if (path.endsWith('.toml')) return readToml(text);
  return /\.ya?ml$/.test(path) ? readYamlTree(path, text) : readJson(text);
}

import type { Fact, FactLink, Reader } from './fact.ts';
import { gathered, serverLink, worded } from './policy/policy.ts';
import { readFrontMatter } from './read/front-matter.ts';
import { at, entriesOf, scalarNode, scalarsOf, type TreeNode, textOf } from './read/tree.ts';
import { attributesOf, known } from './values.ts';

const FILE =
  /(?:^|\/)(?:\.claude\/agents\/.+|\.github\/(?:agents|chatmodes)\/[^/]+\.(?:agent|chatmode)|\.opencode\/agents?\/.+)\.md$/;

/**
 * Agents that developers describe in Markdown. Attributes: `tools` (as written; absent means that it has all),
 * `model`, `mode` (of permissions).
 */
export const codingAgents: Reader = {
  name: 'coding-agents',
  wants: (path) => FILE.test(path),
  read: (path, text) => {
    const { root } = readFrontMatter(path, text);
    if (!root || (!at(root, 'name') && !at(root, 'description') && !at(root, 'tools'))) return null;
    const name = at(root, 'name');
    const [model, mode] = [at(root, 'model'), at(root, 'permissionMode')];
    const tools = toolsOf(at(root, 'tools'));
    const bypass = textOf(mode) === 'bypassPermissions';
    const servers = entriesOf(at(root, 'mcpServers') ?? at(root, 'mcp-servers'));
    const named = scalarsOf(at(root, 'mcpServers')).map((node) => linkTo(node.scalar as string, node));
    const fact: Fact = {
      kind: 'agent',
      name: textOf(name) || path.replace(/^.*\//, '').replace(/(?:\.agent|\.chatmode)?\.md$/, ''),
      attributes: attributesOf({
        model: worded(model),
        mode: worded(mode),
        tools: gathered(tools),
      }),
      controls: attributesOf({ human_approval: bypass ? known(false, mode!) : null }),
      links: [
        ...tools.flatMap((tool) => serverLink(tool, null) ?? []),
        ...servers.map((entry) => linkTo(entry.key, entry)),
        ...named,
      ],
      source: { file: path, line: name?.line ?? 1, column: name?.column ?? 1, pointer: '' },
      plane: 'development',
      confidence: 'declared',
      reader: 'coding-agents',
    };
    return { facts: [fact], unread: [] };
  },
};

const linkTo = (to: string, { line, column }: { line: number; column: number }): FactLink => ({
  as: 'tools',
  to,
  toKind: 'tool',
  line,
  column,
});

/** A list, a text with commas, or a map of switches. */
function toolsOf(node: TreeNode | null): TreeNode[] {
  if (node?.entries)
    return entriesOf(node)
      .filter((entry) => entry.node.scalar !== false)
      .map((entry) => scalarNode(entry.key, entry));
  const parts = scalarsOf(node).flatMap((each) =>
    node?.items ? [each] : splitTools(each.scalar as string).map((text) => scalarNode(text, each)),
  );
  return parts.filter(({ scalar }) => scalar !== '');
}

/** Commas inside of brackets belong to a rule: `Bash(git:*, npm:*)`. */
export const splitTools = (text: string): string[] =>
  text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

import type { Fact, FactLink, FactValue } from '../fact.ts';
import { type Place, scalarsOf, type TreeNode, textOf } from '../read/tree.ts';
import { attributesOf, known } from '../values.ts';

/** What a reader of a coding agent's settings says in the end. */
export interface Policy {
  readonly reader: string;
  readonly file: string;
  /** Program that obeys the settings: `claude-code`, `codex`, … */
  readonly client: string;
  readonly attributes: Readonly<Record<string, FactValue | null>>;
  readonly controls?: Readonly<Record<string, FactValue | null>>;
  readonly links?: readonly FactLink[];
}

/**
 * A policy of developers' tooling as a fact. Attributes: `client`, `allow`, `ask`, `deny` (rules as written),
 * `unrestricted` (those that allow any command), `mode`, `bypass` (nobody is asked anything), `sandbox`, `network`,
 * `hooks` (commands that run by themselves), `model`, `all_servers` (every MCP server of the project is trusted),
 * `personal` (one person's own settings, in the repository).
 */
export const policyFact = ({ reader, file, client, attributes, controls, links }: Policy): Fact => ({
  kind: 'policy',
  name: client,
  attributes: attributesOf({ client: known(client, TOP), ...attributes }),
  controls: attributesOf(controls ?? {}),
  links: links ?? [],
  source: { file, ...TOP, pointer: '' },
  plane: 'development',
  confidence: 'declared',
  reader,
});

const TOP: Place = { line: 1, column: 1 };

/** The texts of a list with the place of the list; null for none. */
export function listed(node: TreeNode | null): FactValue | null {
  const texts = scalarsOf(node).map(({ scalar }) => scalar as string);
  return node && texts.length > 0 ? known(texts, node) : null;
}

/** Texts that stand in places of their own, with the place of the first; null for none. */
export function gathered(nodes: readonly TreeNode[]): FactValue | null {
  const [first] = nodes;
  return first
    ? known(
        nodes.map(({ scalar }) => scalar as string),
        first,
      )
    : null;
}

/** What a word is set to, with its place; null where it is not set. */
export function worded(node: TreeNode | null): FactValue | null {
  const text = node && textOf(node);
  return text ? known(text, node) : null;
}

/** `mcp__server__tool` as a link from the agent to the server; null for any other rule. */
export function serverLink(rule: TreeNode, approval: 'none' | 'human' | null): FactLink | null {
  const [, server, tool] = /^mcp__(.+?)(?:__(.+))?$/.exec(String(rule.scalar ?? '')) ?? [];
  if (!server) return null;
  const { line, column } = rule;
  const attributes = attributesOf({
    actions: tool && tool !== '*' ? known([tool], rule) : null,
    approval: approval ? known(approval, rule) : null,
  });
  return { as: 'tools', to: server, toKind: 'tool', line, column, attributes };
}

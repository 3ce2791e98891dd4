import type { Fact, FactValue, Reader } from './fact.ts';
import { policyFact } from './policy/policy.ts';
import { readJson } from './read/json.ts';
import { at, entriesOf, entryOf, pointerTo, type TreeEntry, type TreeNode, textOf } from './read/tree.ts';
import { attributesOf, known } from './values.ts';

/** What OpenCode may do in a project, and the agents that are described there. */
export const opencodeConfig: Reader = {
  name: 'opencode-config',
  wants: (path) => /(?:^|\/)(?:opencode|\.opencode\/config)\.jsonc?$/.test(path),
  read: (path, text) => {
    const { root } = readJson(text);
    const permission = entryOf(root, 'permission');
    const agents = entriesOf(at(root, 'agent')).filter(({ node }) => node.entries !== null);
    const facts = agents.map((entry) => agentFact(path, entry));
    if (permission) {
      const rules = rulesOf(permission);
      const shell = rules.filter(
        ({ what, answer }) => answer === 'allow' && /^(?:\*|bash|bash\(\*\))$/.test(what),
      );
      const list = (answer: string): FactValue | null => {
        const some = rules.filter((rule) => rule.answer === answer);
        return some[0]
          ? known(
              some.map(({ what }) => what),
              some[0].node,
            )
          : null;
      };
      const bypass =
        rules.length > 0 &&
        rules.some(({ what }) => what === '*') &&
        rules.every(({ answer }) => answer === 'allow');
      const attributes = {
        allow: list('allow'),
        ask: list('ask'),
        deny: list('deny'),
        unrestricted: shell[0]
          ? known(
              shell.map(({ what }) => what),
              shell[0].node,
            )
          : null,
        bypass: bypass ? known(true, permission) : null,
      };
      const controls = { human_approval: bypass ? known(false, permission) : null };
      facts.unshift(
        policyFact({ reader: 'opencode-config', file: path, client: 'opencode', attributes, controls }),
      );
    }
    return facts.length > 0 ? { facts, unread: [] } : null;
  },
};

interface Rule {
  /** The tool, with the pattern it is about in brackets. */
  readonly what: string;
  readonly answer: string | null;
  readonly node: TreeNode;
}

function rulesOf({ node }: TreeEntry): Rule[] {
  if (textOf(node) !== null) return [{ what: '*', answer: textOf(node), node }];
  return entriesOf(node).flatMap(({ key, node: value }) =>
    value.entries
      ? entriesOf(value).map((rule) => ({
          what: `${key}(${rule.key})`,
          answer: textOf(rule.node),
          node: rule.node,
        }))
      : [{ what: key, answer: textOf(value), node: value }],
  );
}

function agentFact(file: string, { key, node, line, column }: TreeEntry): Fact {
  const model = at(node, 'model');
  const off = entriesOf(at(node, 'tools')).filter((tool) => tool.node.scalar === false);
  return {
    kind: 'agent',
    name: key,
    attributes: attributesOf({
      model: textOf(model) ? known(textOf(model)!, model!) : null,
      denied_tools: off[0]
        ? known(
            off.map((tool) => tool.key),
            off[0],
          )
        : null,
    }),
    controls: {},
    links: [],
    source: { file, line, column, pointer: pointerTo('agent', key) },
    plane: 'development',
    confidence: 'declared',
    reader: 'opencode-config',
  };
}

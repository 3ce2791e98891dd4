import type { FactLink, Reader } from './fact.ts';
import { gathered, listed, policyFact, serverLink, worded } from './policy/policy.ts';
import { readJson } from './read/json.ts';
import { at, entriesOf, entryOf, scalarsOf, type TreeNode, textOf } from './read/tree.ts';
import { environmentSecrets } from './secret-environment.ts';
import { known } from './values.ts';

const FILE = /(?:^|\/)\.claude\/settings(\.local)?\.json$/;
/** Rules that let a shell run anything. */
const ANY_COMMAND =
  /^(?:\*|(?:Bash|PowerShell)(?:\((?::?\*|)\))?|Bash\((?:sh|bash|python3?|node|sudo|powershell|eval)[ :]\*\))$/;
const KEYS = [
  'permissions',
  'hooks',
  'env',
  'sandbox',
  'enableAllProjectMcpServers',
  'enabledMcpjsonServers',
  'model',
];

/** What Claude Code may do in a project without asking, and what runs by itself. */
export const claudeSettings: Reader = {
  name: 'claude-settings',
  wants: (path) => FILE.test(path),
  read: (path, text) => {
    const { root, damage } = readJson(text);
    const unread = damage ? [{ file: path, line: damage.line, why: damage.why }] : [];
    if (!root || !KEYS.some((key) => entryOf(root, key))) return damage ? { facts: [], unread } : null;
    const permissions = at(root, 'permissions');
    const [allow, ask] = [at(permissions, 'allow'), at(permissions, 'ask')];
    const mode = at(permissions, 'defaultMode');
    const bypass = textOf(mode) === 'bypassPermissions';
    const open = scalarsOf(allow).filter((rule) => ANY_COMMAND.test(rule.scalar as string));
    const hooks = hooksOf(at(root, 'hooks'));
    const all = at(root, 'enableAllProjectMcpServers');
    const sandbox = at(root, 'sandbox', 'enabled');
    const on = typeof sandbox?.scalar === 'boolean' ? known(sandbox.scalar, sandbox) : null;
    const model = at(root, 'model');
    const fact = policyFact({
      reader: 'claude-settings',
      file: path,
      client: 'claude-code',
      attributes: {
        allow: listed(allow),
        ask: listed(ask),
        deny: listed(at(permissions, 'deny')),
        unrestricted: gathered(open),
        mode: worded(mode),
        bypass: bypass ? known(true, mode!) : null,
        sandbox: on,
        hooks: gathered(hooks),
        model: worded(model),
        all_servers: all?.scalar === true ? known(true, all) : null,
        personal: FILE.exec(path)![1] ? known(true, root) : null,
      },
      controls: { sandbox: on, human_approval: bypass ? known(false, mode!) : null },
      links: [...linksOf(allow, 'none'), ...linksOf(ask, 'human')],
    });
    return { facts: [fact, ...environmentSecrets(path, at(root, 'env'), '/env')], unread };
  },
};

const linksOf = (rules: TreeNode | null, approval: 'none' | 'human'): FactLink[] =>
  scalarsOf(rules).flatMap((rule) => serverLink(rule, approval) ?? []);

/** The commands of all hooks: each runs without a question when its event comes. */
function hooksOf(node: TreeNode | null): TreeNode[] {
  return entriesOf(node)
    .flatMap(({ node: groups }) => groups.items ?? [])
    .flatMap((group) => at(group, 'hooks')?.items ?? [])
    .map((hook) => at(hook, 'command'))
    .filter((command): command is TreeNode => textOf(command) !== null);
}

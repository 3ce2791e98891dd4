import type { Reader } from './fact.ts';
import { gathered, listed, policyFact, worded } from './policy/policy.ts';
import { readJson } from './read/json.ts';
import { at, entriesOf, scalarsOf, type TreeNode, textOf } from './read/tree.ts';
import { known } from './values.ts';

/** What Gemini CLI (and Qwen Code, which grew from it) may do in a project. Old files have the keys at the top. */
export const geminiSettings: Reader = {
  name: 'gemini-settings',
  wants: (path) => /(?:^|\/)\.(?:gemini|qwen)\/settings\.json$/.test(path),
  read: (path, text) => {
    const { root } = readJson(text);
    const allow = at(root, 'tools', 'allowed') ?? at(root, 'allowedTools');
    const core = at(root, 'tools', 'core') ?? at(root, 'coreTools');
    const deny = at(root, 'tools', 'exclude') ?? at(root, 'excludeTools');
    const sandbox = at(root, 'tools', 'sandbox') ?? at(root, 'sandbox');
    const mode = at(root, 'general', 'defaultApprovalMode') ?? at(root, 'tools', 'approvalMode');
    const accept = at(root, 'tools', 'autoAccept') ?? at(root, 'autoAccept');
    const hooks = hooksOf(at(root, 'hooks'));
    const model = at(root, 'model', 'name') ?? at(root, 'model');
    if (![allow, core, deny, sandbox, mode, accept, hooks[0]].some((each) => each)) return null;
    const open = scalarsOf(allow).filter(({ scalar }) =>
      /^(?:run_shell_command|ShellTool)$/.test(scalar as string),
    );
    const isOn = sandbox && (typeof sandbox.scalar === 'boolean' ? sandbox.scalar : textOf(sandbox) !== null);
    const yolo = textOf(mode) === 'yolo';
    const fact = policyFact({
      reader: 'gemini-settings',
      file: path,
      client: path.includes('.qwen/') ? 'qwen' : 'gemini',
      attributes: {
        allow: listed(allow),
        deny: listed(deny),
        tools: listed(core),
        unrestricted: gathered(open),
        mode: worded(mode),
        bypass: yolo ? known(true, mode!) : null,
        sandbox: sandbox && isOn !== null ? known(textOf(sandbox) ?? isOn, sandbox) : null,
        hooks: gathered(hooks),
        model: worded(model),
      },
      controls: {
        sandbox: sandbox && isOn !== null ? known(isOn, sandbox) : null,
        human_approval: yolo ? known(false, mode!) : null,
      },
    });
    return { facts: [fact], unread: [] };
  },
};

function hooksOf(node: TreeNode | null): TreeNode[] {
  return entriesOf(node)
    .flatMap(({ node: groups }) => groups.items ?? [])
    .flatMap((group) => [
      at(group, 'command'),
      ...(at(group, 'hooks')?.items ?? []).map((hook) => at(hook, 'command')),
    ])
    .filter((command): command is TreeNode => textOf(command) !== null);
}

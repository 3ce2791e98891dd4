import type { Reader } from './fact.ts';
import { policyFact } from './policy/policy.ts';
import { readToml } from './read/toml.ts';
import { at, textOf } from './read/tree.ts';
import { environmentSecrets } from './secret-environment.ts';
import { known } from './values.ts';

const KEYS = ['approval_policy', 'sandbox_mode', 'sandbox_workspace_write', 'model', 'model_provider'];

/** What Codex may do in a project: who is asked, and what its sandbox holds back. */
export const codexConfig: Reader = {
  name: 'codex-config',
  wants: (path) => /(?:^|\/)\.codex\/config\.toml$/.test(path),
  read: (path, text) => {
    const { root } = readToml(text);
    if (!root || !KEYS.some((key) => at(root, key))) return null;
    const [approval, sandbox] = [at(root, 'approval_policy'), at(root, 'sandbox_mode')];
    const [asks, box] = [textOf(approval), textOf(sandbox)];
    const network = at(root, 'sandbox_workspace_write', 'network_access');
    const model = at(root, 'model');
    const open = box === 'danger-full-access';
    const fact = policyFact({
      reader: 'codex-config',
      file: path,
      client: 'codex',
      attributes: {
        mode: asks ? known(asks, approval!) : null,
        bypass: asks === 'never' && open ? known(true, approval!) : null,
        unrestricted: open ? known([box], sandbox!) : null,
        sandbox: box ? known(box, sandbox!) : null,
        network: typeof network?.scalar === 'boolean' ? known(network.scalar, network) : null,
        model: textOf(model) ? known(textOf(model)!, model!) : null,
      },
      controls: {
        sandbox: box ? known(!open, sandbox!) : null,
        // `on-request` leaves it to the model when to ask, `on-failure` asks when the sandbox has refused.
        human_approval:
          asks === 'never' ? known(false, approval!) : asks === 'untrusted' ? known(true, approval!) : null,
      },
    });
    const set = at(root, 'shell_environment_policy', 'set');
    return { facts: [fact, ...environmentSecrets(path, set, '/shell_environment_policy/set')], unread: [] };
  },
};

import type { FactValue } from '../fact.ts';
import { at, type TreeNode, textsOf } from '../read/tree.ts';
import { known } from '../values.ts';
import { effectOf } from './verbs.ts';

const AUTO_KEYS = ['autoApprove', 'alwaysAllow', 'auto_approve', 'autoApproved', 'always_allow'];
const ALLOWED_KEYS = [
  'includeTools',
  'enabled_tools',
  'allowedTools',
  'allowed_tools',
  'tools',
  'tool_filter',
];
const DENIED_KEYS = ['excludeTools', 'disabled_tools', 'disabledTools', 'deniedTools', 'blockedTools'];

/** What a client runs without asking, split by what the names say, and which tools of the server it may use at all. */
export function approvalOf(node: TreeNode): Readonly<Record<string, FactValue | null>> {
  const auto = firstOf(node, AUTO_KEYS);
  const trusted = [at(node, 'trust'), auto].find((each) => each?.scalar === true) ?? null;
  const names = trusted ? ['*'] : textsOf(auto);
  const place = trusted ?? auto;
  const reading = names.filter((name) => effectOf(name) === 'reads');
  const changing = names.filter((name) => name === '*' || effectOf(name) === 'changes');
  const list = (texts: readonly string[], at: TreeNode | null) =>
    at && texts.length > 0 ? known(texts, at) : null;
  const allowed = firstOf(node, ALLOWED_KEYS);
  const denied = firstOf(node, DENIED_KEYS);
  return {
    auto_approve: list(names, place),
    auto_approve_reading: list(reading, place),
    auto_approve_changing: list(changing, place),
    allowed_tools: allowed?.items ? list(textsOf(allowed), allowed) : null,
    denied_tools: denied?.items ? list(textsOf(denied), denied) : null,
  };
}

function firstOf(node: TreeNode, keys: readonly string[]): TreeNode | null {
  for (const key of keys) {
    const found = at(node, key);
    if (found) return found;
  }
  return null;
}

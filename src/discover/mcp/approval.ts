import type { FactValue } from '../fact.ts';
import { at, type TreeNode, textOf, textsOf } from '../read/tree.ts';
import { known } from '../values.ts';
import { effectOf } from './verbs.ts';

const AUTO_KEYS = ['autoApprove', 'alwaysAllow', 'auto_approve', 'autoApproved', 'always_allow'];
const FILTER_KEYS = ['tool_filter', 'toolFilter'];
const ALLOWED_KEYS = [
  'includeTools',
  'enabled_tools',
  'allowedTools',
  'allowed_tools',
  'tools',
  ...FILTER_KEYS,
];
const DENIED_KEYS = ['excludeTools', 'disabled_tools', 'disabledTools', 'deniedTools', 'blockedTools'];

/** Who is asked before a call: `never` and `always`, as the frameworks of code say it. */
const ASKED_KEYS = ['require_approval', 'requireApproval'];

/** What a client runs without asking, split by what the names say, and which tools of the server it may use at all. */
export function approvalOf(node: TreeNode): Readonly<Record<string, FactValue | null>> {
  const auto = firstOf(node, AUTO_KEYS);
  const asked = firstOf(node, ASKED_KEYS);
  const never = textOf(asked) === 'never' ? asked : null;
  const trusted = [at(node, 'trust'), auto].find((each) => each?.scalar === true) ?? never;
  const some = auto ?? at(asked, 'never', 'tool_names') ?? at(asked, 'never', 'toolNames');
  const names = trusted ? ['*'] : textsOf(some);
  const place = trusted ?? some;
  const reading = names.filter((name) => effectOf(name) === 'reads');
  const changing = names.filter((name) => name === '*' || effectOf(name) === 'changes');
  const list = (texts: readonly string[], at: TreeNode | null) =>
    at && texts.length > 0 ? known(texts, at) : null;
  const given = firstOf(node, ALLOWED_KEYS);
  // A filter of names may be the list itself, or hold it beside those it keeps out.
  const allowed = given?.entries ? firstOf(given, ['allowed_tool_names', 'allowed']) : given;
  const denied =
    firstOf(node, DENIED_KEYS) ?? firstOf(firstOf(node, FILTER_KEYS), ['blocked_tool_names', 'blocked']);
  return {
    auto_approve: list(names, place),
    auto_approve_reading: list(reading, place),
    auto_approve_changing: list(changing, place),
    allowed_tools: allowed?.items ? list(textsOf(allowed), allowed) : null,
    approval: textOf(asked) === 'always' ? known('human', asked!) : null,
    denied_tools: denied?.items ? list(textsOf(denied), denied) : null,
  };
}

function firstOf(node: TreeNode | null, keys: readonly string[]): TreeNode | null {
  for (const key of keys) {
    const found = at(node, key);
    if (found) return found;
  }
  return null;
}

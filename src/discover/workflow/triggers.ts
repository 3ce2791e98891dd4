import { entriesOf, type Place, scalarsOf, type TreeNode } from '../read/tree.ts';

/** Events whose content people without any right to the repository can write. */
const UNTRUSTED = [
  ...[
    'issue_comment',
    'issues',
    'pull_request_target',
    'workflow_run',
    'discussion',
    'discussion_comment',
    'fork',
  ],
  ...['pull_request_review', 'pull_request_review_comment', 'watch', 'gollum'],
];

export interface Trigger extends Place {
  readonly name: string;
  readonly untrusted: boolean;
}

/** What starts a workflow: a word, a list or a map of events. */
export const triggersOf = (on: TreeNode | null): Trigger[] =>
  [
    ...entriesOf(on).map(({ key, line, column }) => ({ name: key, line, column })),
    ...scalarsOf(on).map(({ scalar, line, column }) => ({ name: scalar as string, line, column })),
  ].map((trigger) => ({ ...trigger, untrusted: UNTRUSTED.includes(trigger.name) }));

/** The scopes that a job may write to, `all` for `write-all`; null where nobody said, and the repository's default counts. */
export function writesOf(
  ...permissions: readonly (TreeNode | null)[]
): { scopes: string[]; node: TreeNode } | null {
  const node = permissions.find((each) => each != null);
  if (!node) return null;
  if (node.scalar === 'write-all') return { scopes: ['all'], node };
  const scopes = entriesOf(node).filter((entry) => entry.node.scalar === 'write');
  return { scopes: scopes.map(({ key }) => key), node };
}

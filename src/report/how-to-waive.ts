import type { Finding } from '../finding/finding.ts';
import type { Block } from './blocks.ts';
import { clip } from './clip.ts';
import { markdownFence } from './escape-markdown.ts';
import { code } from './markdown-parts.ts';

/** Longer ids than any description should have; a waiver with a cut one would fit nothing. */
const MAX_ID = 200;

/**
 * A waiver for one finding, to copy. What a person has to decide is left open, so that a copy nobody filled in is
 * refused.
 */
export function waiverExample(finding: Finding): Block {
  const { rule, subject, location } = finding;
  const ids = subject.map(quoted);
  const lines = [
    'waivers:',
    `  - rule: ${quoted(rule)}`,
    `    component: ${ids.length === 1 ? ids[0] : `[${ids.join(', ')}]`}`,
    ...(finding.sources ? [`    sources: [${finding.sources.slice(0, 20).map(quoted).join(', ')}]`] : []),
    '    reason:   # why this is acceptable',
    '    owner:    # who accepts it',
    '    expires:  # the last day, as 2026-12-31',
  ];
  const isSafe = [rule, ...subject, ...(finding.sources ?? [])].every((id) => id.length <= MAX_ID);
  const words = isSafe
    ? `If it is acceptable, say so on the record, at the top level of ${code(location.file)}:\n\n${markdownFence('yaml', lines)}`
    : 'Add a waiver with the rule and the ids to the description, with a reason and an owner.\n';
  return {
    head: '<details><summary>How to accept a finding</summary>\n\n',
    rows: [words],
    tail: '\n</details>\n\n',
    what: 'lines on how to accept a finding',
    rank: 7,
  };
}

/** Plain where that is safe in every YAML; in double quotes otherwise. */
const quoted = (id: string): string =>
  /^[A-Za-z][\w.-]*$/.test(id) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(id)
    ? id
    : JSON.stringify(clip(id, MAX_ID));

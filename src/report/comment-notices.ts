import { type Block, fixed } from './blocks.ts';
import { assertionsWorse } from './comment-changes.ts';
import type { CommentOptions } from './comment-options.ts';
import { code, type Page, section, text, WAIVED_TOP, waivedRow } from './markdown-parts.ts';

const MAX_FILES = 10;
const WHOSE = { base: ' The policy of the base was used.', head: ' The new policy was used.' } as const;

/** What a reviewer has to know beside the findings: what was not compared, and changes of what judges the change. */
export function notices(options: CommentOptions, page: Page): Block[] {
  const {
    baseMissing,
    isFork = false,
    policyChanged = [],
    policyFrom,
    newlyWaived = [],
    assertionsWeakened = [],
  } = options;
  const files = policyChanged.slice(0, MAX_FILES).map(code).join(', ');
  const more = policyChanged.length > MAX_FILES ? ` and ${policyChanged.length - MAX_FILES} more` : '';
  const sentences = [
    ...(baseMissing === undefined
      ? []
      : [`**There was nothing to compare with, so every finding counts as new.** ${text(baseMissing)}`]),
    ...(policyChanged.length > 0
      ? [
          `**This change edits the policy that judges it:** ${files}${more}.${policyFrom ? WHOSE[policyFrom] : ''}`,
        ]
      : []),
    ...(isFork && newlyWaived.length > 0
      ? ['**Waivers of this change do not count:** it comes from a fork.']
      : []),
  ];
  return [
    ...(sentences.length > 0 ? [fixed(`${sentences.map((each) => `- ${each}\n`).join('')}\n`)] : []),
    ...assertionsWorse(assertionsWeakened, page),
    ...(newlyWaived.length > 0
      ? [
          section(
            'This change waives',
            'findings that this change waives',
            1,
            WAIVED_TOP,
            newlyWaived.map((each) => waivedRow(each, page)),
          ),
        ]
      : []),
  ];
}

import type { Severity } from '../finding/severity.ts';
import type { ClosingCount } from '../verdict/closing-count.ts';
import type { AssertionChange } from '../verdict/compare-assertions.ts';
import type { Waived } from '../verdict/verdict.ts';
import type { Limit } from './blocks.ts';
import { hiddenLine } from './escape-markdown.ts';
import type { Site } from './links.ts';

/** What a comment or a summary says beside the verdict. */
export interface CommentOptions {
  /** Where lines can be read; null links nothing. */
  readonly site: Site | null;
  /** First line of the comment, from `markerLine`; null for a summary. */
  readonly marker: string | null;
  readonly limit: Limit;
  /** From which severity on new findings fail the check. */
  readonly failOn?: Severity | 'never';
  /** Why there is nothing to compare with, as a sentence; then every finding counts as new. */
  readonly baseMissing?: string;
  /** The change comes from another repository, whose policy and waivers do not count. */
  readonly isFork?: boolean;
  /** Files of policy (config, rule packs, baseline) that the change edits. */
  readonly policyChanged?: readonly string[];
  /** Whose policy judged the change; left out, nothing is said of it. */
  readonly policyFrom?: 'base' | 'head';
  /** Findings that the change itself waives. */
  readonly newlyWaived?: readonly Waived[];
  /** Own assertions that the change takes out or weakens. */
  readonly assertionsWeakened?: readonly AssertionChange[];
  /** What closes the attack paths that are new or worse, where they are several. */
  readonly closing?: ClosingCount;
}

export interface Comment {
  readonly body: string;
  /** True when the change alters nothing worth a word: no comment is needed, and a standing one turns green. */
  readonly empty: boolean;
}

/** The line by which a comment is found again; `key` tells several on one pull request apart. */
export const markerLine = (key: string): string => hiddenLine(`maestro-lint ${key}`);

/** GitHub takes 65,536 characters; room is left for what it counts otherwise. */
export const COMMENT_LIMIT: Limit = { most: 60_000, size: (text) => text.length };

/** GitHub takes 1 MiB for all summaries of a step, in bytes of UTF-8. */
export const SUMMARY_LIMIT: Limit = {
  most: 1_000_000,
  size: (text) => new TextEncoder().encode(text).length,
};

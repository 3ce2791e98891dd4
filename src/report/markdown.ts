import type { ClosingCount } from '../verdict/closing-count.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { comment } from './comment.ts';

/** As long as anybody would scroll; GitHub shows files of Markdown up to a few megabytes. */
const MOST = 4_000_000;

/** The report for people as a page of GitHub-flavoured Markdown: what the comment of a pull request says, whole. */
export const markdownReport = (verdict: Verdict, closing?: ClosingCount | null): string =>
  comment(verdict, {
    site: null,
    marker: null,
    limit: { most: MOST, size: (text) => text.length },
    ...(closing && { closing }),
  }).body;

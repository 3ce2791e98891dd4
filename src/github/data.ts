import { SEVERITIES, type Severity } from '../finding/severity.ts';
import { jsonText } from '../report/escape.ts';
import type { ClosingCount } from '../verdict/closing-count.ts';
import type { AssertionChange } from '../verdict/compare-assertions.ts';
import { isOwnPage } from '../verdict/pages.ts';
import type { Verdict, Waived } from '../verdict/verdict.ts';
import { amount, fits, flag, list, object, orNull, position, text, word } from './shape.ts';
import { assertionShape, verdictShape, waivedShape } from './verdict-shape.ts';

/** What a run that may not write hands to one that may. None of it is trusted there: it is only shown, escaped. */
export interface CommentData {
  readonly pull: number;
  readonly headSha: string;
  readonly failOn: Severity | 'never';
  readonly baseMissing: string | null;
  readonly policyChanged: readonly string[];
  readonly policyFrom: 'base' | 'head';
  /** Whether waivers that the change writes count. */
  readonly waiversCount: boolean;
  readonly newlyWaived: readonly Waived[];
  /** Own assertions that the change takes out or weakens. */
  readonly assertionsWeakened: readonly AssertionChange[];
  /** What closes the attack paths that are new or worse; null where they are fewer than two. */
  readonly closing: ClosingCount | null;
  readonly verdict: Verdict;
}

const VERSION = 'comment-v1';
/** A verdict of this many characters is no comment any more. */
const MAX_LENGTH = 30_000_000;

const shape = object({
  version: word([VERSION]),
  pull: position,
  headSha: fits(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  failOn: word([...SEVERITIES, 'never']),
  baseMissing: orNull(text),
  policyChanged: list(text),
  policyFrom: word(['base', 'head']),
  waiversCount: flag,
  newlyWaived: list(waivedShape),
  assertionsWeakened: list(assertionShape),
  closing: orNull(object({ paths: amount, closed: amount, changes: orNull(amount) })),
  verdict: verdictShape,
});

export const writeData = (data: CommentData): string => `${jsonText({ version: VERSION, ...data })}\n`;

/** Reads what `writeData` wrote, or anything else; null when it is something else. */
export function readData(written: string): CommentData | null {
  if (written.length > MAX_LENGTH) return null;
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return null;
  }
  if (!shape(value)) return null;
  const { version: _, ...data } = value as CommentData & { version: string };
  return { ...data, verdict: withOwnLinks(data.verdict) };
}

/** Pages of our own documentation are the only addresses in a verdict. */
const withOwnLinks = (verdict: Verdict): Verdict => ({
  ...verdict,
  rules: verdict.rules.map((rule) => ({
    ...rule,
    url: rule.url !== null && isOwnPage(rule.url) ? rule.url : null,
  })),
});

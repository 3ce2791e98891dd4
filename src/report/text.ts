import type { Finding } from '../finding/finding.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { visible } from './escape.ts';
import { pressing } from './headline.ts';
import { byFile } from './order.ts';
import { painter } from './paint.ts';
import { findingText } from './text-finding.ts';
import { grownText } from './text-grown.ts';
import type { TextOptions } from './text-options.ts';
import { problemText } from './text-problem.ts';
import { summaryText } from './text-summary.ts';
import { unknownText } from './text-unknown.ts';
import { warningTexts } from './text-warnings.ts';
import { count } from './words.ts';

/**
 * The report for people. What matters most is last, nearest to the prompt: findings by file (worst first), then
 * what could not be read, then what could not be judged, then one block that sums up.
 */
export function textReport(verdict: Verdict, options: TextOptions): string {
  const paint = painter(options.color > 0, options.links);
  const pages = new Map(verdict.rules.map((rule) => [rule.id, rule.url]));
  /** The page of a rule, the first time it is asked for: one link serves all findings of a rule. */
  const pageOnce = (rule: string): string | null => {
    const page = pages.get(rule) ?? null;
    pages.delete(rule);
    return page;
  };
  const grown = new Map((verdict.comparison?.grown ?? []).map((each) => [each.finding, each]));
  const all = pressing(verdict);
  const shown = all.slice(0, options.most);
  const perFile = tallied(all);
  const groups = byFile(shown).flatMap(([file, findings]) => [
    // With one file, every finding says so in its own place.
    ...(verdict.files.length > 1
      ? [paint.strong(`── ${visible(file)}: ${headed(perFile.get(file)!, findings.length)}`)]
      : []),
    ...findings.map((finding) => {
      const text = findingText(finding, pageOnce(finding.rule), paint, options);
      const more = grown.get(finding);
      return more ? grownText(more, text, paint, options) : text;
    }),
  ]);
  return `${[
    ...groups,
    ...(shown.length < all.length ? [leftOut(all.length - shown.length)] : []),
    ...verdict.errors.map((problem) => problemText(problem, paint, options)),
    ...warningTexts(verdict.warnings, paint, options),
    ...(verdict.unknown.length > 0 ? [unknownText(verdict.unknown, paint, options)] : []),
    summaryText(verdict, paint, options),
  ].join('\n\n')}\n`;
}

/** How many findings each file has. */
function tallied(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { location } of findings) counts.set(location.file, (counts.get(location.file) ?? 0) + 1);
  return counts;
}

const headed = (all: number, shown: number): string =>
  `${count(all, 'finding')}${shown < all ? `, the worst ${shown} of them here` : ''}`;

const leftOut = (more: number): string =>
  `${count(more, 'more finding')}, none of them worse: --max-findings all shows ${more === 1 ? 'it' : 'them'}, and --format json`;

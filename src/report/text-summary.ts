import type { Verdict } from '../verdict/verdict.ts';
import { closingWords } from './closing-line.ts';
import { comparisonCounts } from './diff-lines.ts';
import { visible } from './escape.ts';
import { pressing } from './headline.ts';
import type { Paint } from './paint.ts';
import { riskLine } from './risk-line.ts';
import { tally } from './tally.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { plain, prose } from './text-prose.ts';
import { count, listed } from './words.ts';

const MAX_FAILED = 5;

/**
 * The last block: whether the run was complete, what was found, what was checked. What was checked is always
 * said, so that a run without findings never looks like one that looked at nothing.
 */
export function summaryText(whole: Verdict, paint: Paint, options: TextOptions): string {
  // With a base, what was there before is one number.
  const verdict = { ...whole, findings: pressing(whole) };
  const counts = tally(verdict);
  const found = foundLine(verdict, counts, paint);
  const risk = riskLine(whole);
  const changed = verdict.comparison ? [comparisonCounts(verdict.comparison)] : [];
  return [
    ...incomplete(verdict, paint, options),
    found,
    ...changed,
    ...(risk === '' ? [] : [risk]),
    ...(options.closing ? [`${closingWords(options.closing)}: maestro paths`] : []),
    checkedLine(verdict, counts, options),
  ].join('\n');
}

type Counts = ReturnType<typeof tally>;

function checkedLine({ rules }: Verdict, counts: Counts, { cwdLabel }: TextOptions): string {
  const { components, linted, included, failed, skipped } = counts;
  const files = count(linted, 'file') + (included > 0 ? ` and ${included} included` : '');
  const where = cwdLabel ? ` in ${visible(cwdLabel)}` : '';
  return [
    `checked ${count(components, 'component')} in ${files}${where} with ${count(rules.length, 'rule')}`,
    ...(failed > 0 ? [`${count(failed, 'file')} failed`] : []),
    ...(skipped > 0 ? [`${count(skipped, 'file')} skipped`] : []),
  ].join('; ');
}

function incomplete(verdict: Verdict, paint: Paint, options: TextOptions): string[] {
  if (verdict.complete) return [];
  const failed = verdict.files.filter((file) => file.status === 'failed').map((file) => file.path);
  const what =
    failed.length > 0
      ? `nothing is known about ${listed(failed, MAX_FAILED)}`
      : 'not everything could be read and checked';
  const label = { text: 'incomplete:', look: (text: string) => paint.alarm('error', text) };
  return prose(label, { text: what, look: plain }, { room: proseRoom(options), indent: 0, hang: 4 });
}

function foundLine(verdict: Verdict, { bySeverity, linted, waived, known }: Counts, paint: Paint): string {
  const total = verdict.findings.length;
  const isNew = verdict.comparison ? ' new or worse' : '';
  const none = linted > 0 ? (isNew === '' ? 'no findings' : 'nothing new or worse') : 'nothing was linted';
  const severities = bySeverity
    .filter(({ findings }) => findings > 0)
    .map(({ severity, findings }) => paint.alarm(severity, `${findings} ${severity}`));
  return [
    total === 0 ? none : `${count(total, 'finding')}${isNew}: ${severities.join(', ')}`,
    ...(verdict.unknown.length > 0 ? [`${verdict.unknown.length} unknown`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(known > 0 ? [`${known} known by the baseline`] : []),
    ...(verdict.warnings.length > 0 ? [count(verdict.warnings.length, 'warning')] : []),
    ...(verdict.errors.length > 0 ? [paint.alarm('error', count(verdict.errors.length, 'error'))] : []),
  ].join('; ');
}

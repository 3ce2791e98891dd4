import type { Verdict } from '../verdict/verdict.ts';
import { visible } from './escape.ts';
import type { Paint } from './paint.ts';
import { tally } from './tally.ts';
import { count, listed } from './words.ts';

const MAX_FAILED = 5;

/**
 * The last block: whether the run was complete, what was found, what was checked. What was checked is always
 * said, so that a run without findings never looks like one that looked at nothing.
 */
export function summaryText(verdict: Verdict, paint: Paint, cwdLabel?: string): string {
  const counts = tally(verdict);
  const where = cwdLabel ? ` in ${visible(cwdLabel)}` : '';
  const checked = [
    `checked ${count(counts.components, 'component')} in ${count(counts.linted, 'file')}${where} with ${count(verdict.rules.length, 'rule')}`,
    ...(counts.failed > 0 ? [`${count(counts.failed, 'file')} failed`] : []),
    ...(counts.skipped > 0 ? [`${count(counts.skipped, 'file')} skipped`] : []),
  ].join('; ');
  return [...incomplete(verdict, paint), foundLine(verdict, counts, paint), checked].join('\n');
}

function incomplete(verdict: Verdict, paint: Paint): string[] {
  if (verdict.complete) return [];
  const failed = verdict.files.filter((file) => file.status === 'failed').map((file) => file.path);
  const what =
    failed.length > 0
      ? `nothing is known about ${listed(failed, MAX_FAILED)}`
      : 'not everything could be read and checked';
  return [`${paint.alarm('error', 'incomplete:')} ${what}`];
}

function foundLine(verdict: Verdict, { bySeverity, linted }: ReturnType<typeof tally>, paint: Paint): string {
  const total = verdict.findings.length;
  const none = linted > 0 ? 'no findings' : 'nothing was linted';
  const severities = bySeverity
    .filter(({ findings }) => findings > 0)
    .map(({ severity, findings }) => paint.alarm(severity, `${findings} ${severity}`));
  return [
    total === 0 ? none : `${count(total, 'finding')}: ${severities.join(', ')}`,
    ...(verdict.unknown.length > 0 ? [`${verdict.unknown.length} unknown`] : []),
    ...(verdict.errors.length > 0 ? [paint.alarm('error', count(verdict.errors.length, 'error'))] : []),
  ].join('; ');
}

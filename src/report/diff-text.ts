import type { Finding } from '../finding/finding.ts';
import type { DiffReport, SideName } from './diff.ts';
import { comparisonCounts, componentLines, controlLines, grantLines, type Line } from './diff-lines.ts';
import { visible } from './escape.ts';
import { type Paint, painter } from './paint.ts';
import { findingText } from './text-finding.ts';
import { grownText } from './text-grown.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { problemText } from './text-problem.ts';
import { plain, prose } from './text-prose.ts';
import { count, place } from './words.ts';

/** Lines of a block of small changes; a whole new system has hundreds. */
const MAX_LINES = 40;

/**
 * What differs, for people: what became better first, then what agents may do, then what is new in full, nearest to
 * the prompt; the numbers last.
 */
export function diffText(report: DiffReport, options: TextOptions): string {
  const { comparison } = report;
  const paint = painter(options.color > 0, options.links);
  const pages = new Map(report.rules.map((rule) => [rule.id, rule.url]));
  const pageOnce = (rule: string): string | null => {
    const page = pages.get(rule) ?? null;
    pages.delete(rule);
    return page;
  };
  const title = (text: string) => paint.strong(`── ${text}`);
  const whole = (finding: Finding) => findingText(finding, pageOnce(finding.rule), paint, options);
  const { added, grown, fixed } = comparison;
  const blocks = [
    ...block('components', componentLines(comparison), paint, options),
    ...block('controls', controlLines(comparison), paint, options),
    ...block('what agents may do', grantLines(comparison), paint, options),
    ...(fixed.length > 0
      ? [[title(`fixed: ${count(fixed.length, 'finding')}`), ...fixedLines(fixed, paint, options)].join('\n')]
      : []),
    ...(grown.length > 0 ? [title(`grown: ${count(grown.length, 'finding')}`)] : []),
    ...grown.map((each) => grownText(each, whole(each.finding), paint, options)),
    ...(added.length > 0 ? [title(`new: ${count(added.length, 'finding')}`)] : []),
    ...added.map(whole),
    ...report.errors.map((problem) => problemText(problem, paint, options)),
    [
      ...(report.complete ? [] : [`${paint.alarm('error', 'incomplete:')} not everything could be read`]),
      `${sideName(report.base)} → ${sideName(report.head)}`,
      comparisonCounts(comparison),
    ].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const sideName = ({ name }: SideName): string => visible(name);

function fixedLines(fixed: readonly Finding[], paint: Paint, options: TextOptions): string[] {
  const room = { room: proseRoom(options), indent: 2, hang: 6 };
  const lines = fixed.slice(0, MAX_LINES).flatMap(({ severity, rule, message, location }) => {
    const tag = { text: `- ${severity}[${visible(rule)}]`, look: paint.edit };
    return prose(tag, { text: `${visible(message)} (was ${place(location)})`, look: plain }, room);
  });
  return [...lines, ...more(fixed.length)];
}

function block(name: string, lines: readonly Line[], paint: Paint, options: TextOptions): string[] {
  if (lines.length === 0) return [];
  const room = { room: proseRoom(options), indent: 2, hang: 6 };
  const looks = { '!': (text: string) => paint.alarm('high', text), '+': paint.edit, '-': plain, '~': plain };
  const shown = lines.slice(0, MAX_LINES).flatMap(({ sign, subject, what, where }) => {
    const text = `${what}${where === '' ? '' : ` (${where})`}`;
    return prose({ text: `${sign} ${subject}:`, look: looks[sign] }, { text, look: plain }, room);
  });
  return [[paint.strong(`── ${name}`), ...shown, ...more(lines.length)].join('\n')];
}

const more = (all: number): string[] => (all > MAX_LINES ? [`  … ${all - MAX_LINES} more`] : []);

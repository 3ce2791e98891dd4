import { ASSERTED, type Finding, WORST_RISK } from '../finding/finding.ts';
import { visible } from './escape.ts';
import { codeFrame, yamlLines } from './frame.ts';
import type { Paint } from './paint.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { lineDigits, pathLines } from './text-path.ts';
import { plain, prose } from './text-prose.ts';
import { columns } from './width.ts';
import { place } from './words.ts';

/** Enough of a fingerprint to find it again among thousands. */
const SHORT = 8;
/** Under what follows `fix:` and `see:`. */
const INDENT = ' '.repeat(7);

/**
 * A finding for people: what is wrong, the line, how an attacker gets there, what to change, where to read more.
 * `url` is the page of its rule, left out when there is none or when it was printed before.
 */
export function findingText(
  finding: Finding,
  url: string | null,
  paint: Paint,
  options: TextOptions,
): string {
  const { severity, confidence, location } = finding;
  const room = proseRoom(options);
  const digits = lineDigits(finding);
  const doubt = confidence === 'high' ? '' : paint.faint(` (${confidence} confidence)`);
  const frame = codeFrame(location, finding.snippet, {
    width: options.width - 2,
    around: 'parent',
    digits,
    // A line below carets would be taken for a part of them.
    caret: (text) => paint.alarm(severity === 'critical' ? 'high' : severity, text),
    gutter: paint.faint,
  });
  const tag = {
    text: `${severity}[${visible(finding.rule)}]`,
    look: (text: string) => paint.alarm(severity, text),
  };
  return [
    ...prose(tag, { text: visible(finding.message), look: paint.strong }, { room, indent: 0, hang: 4 }),
    `  ${place(location)}${doubt}`,
    ...frame.map((line) => `  ${line}`),
    ...pathLines(finding, digits, paint, room),
    ...relatedLines(finding, paint),
    ...fixLines(finding, paint, room),
    ...seeLines(finding, url, paint, room),
  ].join('\n');
}

function fixLines({ fix, location }: Finding, paint: Paint, room: number): string[] {
  const label = fix.file === location.file ? 'fix:' : `fix in ${visible(fix.file)}:`;
  const edit = fix.yaml.trim() === '' ? [] : yamlLines(fix.yaml);
  return [
    ...prose(
      { text: label, look: paint.strong },
      { text: visible(fix.say), look: plain },
      { room, indent: 2, hang: INDENT.length },
    ),
    ...edit.map((line) => (line === '' ? '' : `    ${paint.edit(line)}`)),
  ];
}

/** What the description says about what an artifact shows, or the other way round. */
const relatedLines = ({ related }: Finding, paint: Paint): string[] =>
  related ? [paint.faint(`  ${visible(related.message)}: ${place(related.location)}`)] : [];

/** What prints this finding again with all there is to know, and the page of its rule. */
function seeLines(
  { rule, fingerprint, related, risk }: Finding,
  url: string | null,
  paint: Paint,
  room: number,
): string[] {
  // What artifacts show is not explained by the rules that `explain` follows.
  if (related !== undefined && !rule.startsWith(ASSERTED))
    return url === null ? [] : [paint.faint(`  see: ${paint.link(visible(url))}`)];
  const score = risk ? `risk ${risk.score} of ${WORST_RISK} · ` : '';
  const again = `  ${score}see: maestro explain ${visible(fingerprint.slice(0, SHORT))}`;
  if (url === null) return [paint.faint(again)];
  const page = visible(url);
  const fits = columns(`${again} · ${page}`) <= room;
  return fits
    ? [`${paint.faint(`${again} ·`)} ${paint.faint(paint.link(page))}`]
    : [paint.faint(again), `${INDENT}${paint.faint(paint.link(page))}`];
}

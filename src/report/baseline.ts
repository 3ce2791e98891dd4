import type { BaselineEntry, Held } from '../verdict/baseline.ts';
import { jsonText, visible } from './escape.ts';
import type { Paint } from './paint.ts';
import { count, place } from './words.ts';

/** The file that `maestro baseline` writes: the shape of `schemas/baseline-1.schema.json`. */
export const baselineJson = (entries: readonly BaselineEntry[]): string =>
  `${jsonText({
    baseline: 1,
    findings: entries.map(({ fingerprint, rule, system, subject, severity, sources }) => ({
      fingerprint,
      rule,
      system,
      subject,
      severity,
      ...(sources !== null && { sources }),
    })),
  })}\n`;

/** What became of each entry, for people. */
export function baselineText(file: string, held: Held, paint: Paint): string {
  const { hides, grown, gone, notChecked } = held;
  const groups: [string, string[]][] = [
    [
      `${count(grown.length, 'finding')} counted all the same`,
      grown.flatMap(({ entry, finding, how }) => [
        line(entry, place(finding.location)),
        `    ${visible(how.join('; '))}`,
      ]),
    ],
    [
      `${count(hides.length, 'finding')} hidden`,
      hides.map((each) => line(each.entry, place(each.finding.location))),
    ],
    [
      `${count(gone.length, 'entry', 'entries')} gone; \`maestro baseline prune\` takes them out`,
      gone.map((entry) => line(entry, '')),
    ],
    [
      `${count(notChecked.length, 'entry', 'entries')} not checked here`,
      notChecked.map((entry) => line(entry, '')),
    ],
  ];
  const blocks = groups
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [paint.strong(title), ...lines].join('\n'));
  return `${[`${visible(file)}: ${count(entriesIn(held), 'entry', 'entries')}`, ...blocks].join('\n\n')}\n`;
}

const entriesIn = ({ hides, grown, gone, notChecked }: Held): number =>
  hides.length + grown.length + gone.length + notChecked.length;

function line({ severity, rule, system, subject, fingerprint }: BaselineEntry, where: string): string {
  const about = visible(`${system}: ${subject.join(', ')}`);
  return `  ${severity.padEnd(8)}  ${visible(rule)}  ${about}  ${fingerprint.slice(0, 12)}  ${where}`.trimEnd();
}

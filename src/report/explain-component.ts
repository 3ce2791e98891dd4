import type { Finding, Unknown } from '../finding/finding.ts';
import { withArticle } from '../model/words.ts';
import type { ExplainedComponent } from '../verdict/explained-component.ts';
import { visible } from './escape.ts';
import type { Look } from './explain-table.ts';
import { clipEnd, columns } from './width.ts';
import { count, listed, place } from './words.ts';

/** Enough of a fingerprint to find it again among thousands. */
const SHORT = 12;
const MAX_FACTS = 5;

/** All that was said about one component: a line for each finding with its fingerprint, and the facts that are missing. */
export function componentPage(component: ExplainedComponent, look: Look): string {
  const { paint } = look;
  const { id, kind, layer, system, location, findings, onTheWay, waived, known, unknown } = component;
  const where = layer === null ? '' : `, ${layer}`;
  const groups: [string, string[]][] = [
    [count(findings.length, 'finding'), findingLines(findings, look)],
    [`${count(onTheWay.length, 'attack path')} over it`, findingLines(onTheWay, look)],
    [`${count(waived.length, 'finding')} waived`, findingLines(waived, look)],
    [`${count(known.length, 'finding')} known by the baseline`, findingLines(known, look)],
    [`${count(unknown.length, 'check')} could not judge`, unknown.map((each) => unknownLine(each, look))],
  ];
  const said = groups.filter(([, lines]) => lines.length > 0);
  return [
    `${paint.strong(visible(id))}, ${withArticle(kind)} of ${visible(system)}${where}\n  ${place(location)}`,
    ...said.map(([title, lines]) => [paint.strong(title), ...lines].join('\n')),
    said.length === 0
      ? 'No findings, and nothing that could not be judged.'
      : '`maestro explain` with one of the numbers or facts tells more of it.',
  ].join('\n\n');
}

function findingLines(findings: readonly Finding[], { paint, options }: Look): string[] {
  const width = Math.max(0, ...findings.map(({ rule }) => columns(visible(rule))));
  return findings.map(({ fingerprint, severity, rule, message }) => {
    const name = visible(rule);
    const start = `  ${fingerprint.slice(0, SHORT)}  ${severity.padEnd(8)}  ${name}${' '.repeat(width - columns(name))}  `;
    const room = options.width - columns(start);
    const text = visible(message);
    const shown = columns(text) > room ? `${clipEnd(text, room - 1)}…` : text;
    return start.replace(severity, () => paint.alarm(severity, severity)) + shown;
  });
}

const unknownLine = ({ rule, facts }: Unknown, { paint }: Look): string =>
  `  ${visible(rule)} ${paint.faint('waits for')} ${listed(facts, MAX_FACTS)}`;

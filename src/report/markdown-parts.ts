import type { Finding, Problem } from '../finding/finding.ts';
import type { RuleInfo, Verdict, Waived } from '../verdict/verdict.ts';
import type { Block } from './blocks.ts';
import { clip, MAX_MESSAGE, MAX_NAME } from './clip.ts';
import { markdownCode, markdownFence, markdownText } from './escape-markdown.ts';
import { isPath } from './headline.ts';
import { placeLink, type Site } from './links.ts';
import { webUri } from './sarif-place.ts';

/** What every part of a page in Markdown needs to know. */
export interface Page {
  readonly site: Site | null;
  readonly pages: ReadonlyMap<string, string | null>;
}

export const pageOf = ({ rules }: Pick<Verdict, 'rules'>, site: Site | null): Page => ({
  site,
  pages: new Map(rules.map(({ id, url }: RuleInfo) => [id, url])),
});

export const text = (words: string): string => markdownText(clip(words, MAX_MESSAGE));
export const code = (name: string): string => markdownCode(clip(name, MAX_NAME));

/** A rule as code, linked to its page where it has one. */
export function ruleName(rule: string, { pages }: Page): string {
  const page = pages.get(rule);
  const url = page ? webUri(page) : undefined;
  return url && !/[()<>\s]/.test(url) ? `[${code(rule)}](${url})` : code(rule);
}

/** A row of a table. Cells are Markdown in one line. */
export const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
export const tableTop = (...titles: readonly string[]): string =>
  row(...titles) + row(...titles.map(() => '---'));

const SIGNS = {
  critical: '🟥&nbsp;critical',
  high: '🟧&nbsp;high',
  medium: '🟨&nbsp;medium',
  low: '⬜&nbsp;low',
} as const;

/** Severity, what is wrong and what closes it, where. `how` says what got worse. */
export function findingRow(finding: Finding, page: Page, how: readonly string[] = []): string {
  const worse = how.length > 0 ? `<br>**Worse:** ${text(how.join('; '))}` : '';
  const remedy = isPath(finding) ? '' : `<br>**Fix:** ${text(finding.fix.say)}`;
  return row(
    SIGNS[finding.severity],
    `${text(finding.message)}${worse}${remedy}<br>${ruleName(finding.rule, page)}`,
    placeLink(finding.location, page.site) +
      (finding.related
        ? `<br>${text(finding.related.message)}: ${placeLink(finding.related.location, page.site)}`
        : ''),
  );
}

export const FINDING_TOP = tableTop('Severity', 'What is wrong', 'Where');

/** One line a finding, for lists that nobody has to act on. */
export const shortRow = (finding: Finding, { site }: Page): string =>
  row(finding.severity, text(finding.message), code(finding.rule), placeLink(finding.location, site));
export const SHORT_TOP = tableTop('Severity', 'What', 'Rule', 'Where');

export const waivedRow = ({ silence, ...finding }: Waived, { site }: Page): string =>
  row(
    finding.severity,
    `${code(finding.rule)} of ${finding.subject.map(code).join(', ')}`,
    text(silence.reason),
    silence.owner === null ? 'a comment' : text(silence.owner),
    silence.expires === null ? 'no end' : text(silence.expires),
    placeLink(silence.at.location, site),
  );
export const WAIVED_TOP = tableTop('Severity', 'Finding', 'Why', 'Who', 'Until', 'Where it says so');

export const problemRow = (
  { message, file, location, suggestion }: Problem,
  { site }: Page,
  what: string,
): string =>
  row(
    what,
    text(message) + (suggestion === undefined ? '' : `<br>**Help:** ${text(suggestion)}`),
    location ? placeLink(location, site) : markdownText(clip(file, MAX_NAME)),
  );

/** What is closed until somebody opens it. `title` is ours. */
export const fold = (
  title: string,
  what: string,
  rank: number,
  top: string,
  rows: readonly string[],
): Block => ({
  head: `<details><summary>${title}</summary>\n\n${top}`,
  rows,
  tail: '\n</details>\n\n',
  what,
  rank,
});

export const section = (
  title: string,
  what: string,
  rank: number,
  top: string,
  rows: readonly string[],
): Block => ({ head: `#### ${title}\n\n${top}`, rows, tail: '\n', what, rank });

/** The edit that closes a finding, with where it goes. */
export function edit({ fix }: Finding): string {
  if (fix.yaml.trim() === '') return '';
  const lines = clip(fix.yaml, MAX_EDIT).replace(/\s+$/, '').split(/\r?\n/);
  return `In ${code(fix.file)}, once it is true:\n\n${markdownFence('yaml', lines)}\n`;
}

const MAX_EDIT = 2000;

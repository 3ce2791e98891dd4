import { visible, wellFormed } from './escape.ts';

/**
 * Escapes for Markdown that GitHub renders, where one line of somebody's text stands in a table, a list or a heading
 * of ours. `markdownProse` in escape.ts is for whole pages of trusted rule files, which keep code spans and addresses.
 */

/** Stands for the entity that parts two characters; `visible` leaves none of its kind in a text. */
const PART = '\u200b';

/**
 * After what a zero-width space goes, so that GitHub sees no mention or e-mail address, issue, commit, address or
 * emoji. It looks for all of them after escapes are resolved, so no escape helps.
 */
const REFERENCES: readonly RegExp[] = [
  /@(?=[\p{L}\p{N}_])/gu,
  /#(?=\d)/g,
  /(?<![\w-])GH-(?=\d)/gi,
  /:(?=\/\/|[\w+-]+:)/g,
  /(?<!\w)www(?=\.)/gi,
];

/** What a commit looks like from seven digits on, and where it is parted. */
const COMMIT = /(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])/gi;
const parted = (digits: string): string => digits.replace(/.{6}(?=.)/g, `$&${PART}`);

/** What each sign of Markdown and HTML is written as. A pipe as an entity: `\|` and `\\|` part cells or not, by the reader. */
const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  // A formula begins with a dollar sign; in a tag of its own it does not (GitHub's documentation on formulas).
  $: '<span>\\$</span>',
  [PART]: '&#8203;',
};

/** One line of text as Markdown that shows just that text, wherever it stands in a line or a cell of a table. */
export const markdownText = (text: string): string =>
  REFERENCES.reduce((line, pattern) => line.replace(pattern, `$&${PART}`), visible(text).trim())
    .replace(COMMIT, parted)
    .replace(/[\\`*_[\]~]/g, '\\$&')
    .replace(/[&<>|$\u200b]/g, (sign) => SIGNS[sign]!)
    .replace(/^([-+=#:])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');

/** One line of text in the look of code, in a table too. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  return /^[^`|]+$/.test(shown) && shown.trim() === shown
    ? `\`${shown}\``
    : `<code>${markdownText(shown)}</code>`;
}

/** Lines as a fenced block, which nothing in them can end. `language` is a word of ours. */
export function markdownFence(language: string, lines: readonly string[]): string {
  const shown = lines.map(visible);
  const longest = Math.max(2, ...shown.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown.map((line) => `${line}\n`).join('')}${fence}\n`;
}

/** A path with forward slashes as a part of an address that is safe between the brackets of a link. */
export const linkPath = (path: string): string =>
  wellFormed(path)
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(
        /[!'()*~_]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');

/** A line that no reader sees, by which a comment is found again. Only these characters of `name` are kept. */
export const hiddenLine = (name: string): string =>
  `<!-- ${name.replace(/[^\w./: -]/g, '').replace(/-{2,}/g, '-')} -->`;

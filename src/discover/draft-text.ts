import { looksSecret, mask } from '../finding/secrets.ts';
import { lineOf } from '../model/write-yaml.ts';

/** Characters that end a line, that nobody sees, or that change how others are seen. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]+/gu;
const MAX_REMARK = 160;
const MAX_TEXT = 400;

/**
 * Any text as part of a comment: one line, without secrets, and nothing that an editor or the linter takes for an
 * instruction (`$schema=`, `ignore[rule]`).
 */
export function remark(text: string): string {
  const line = mask(text).replaceAll(HIDDEN, ' ').replaceAll(/ +/g, ' ').trim();
  const plain = line.replaceAll('$schema', 'schema').replaceAll(/ignore\s*\[/gi, 'ignore (');
  const letters = [...plain];
  return letters.length > MAX_REMARK ? `${letters.slice(0, MAX_REMARK).join('')}…` : plain;
}

/** Whether a description may hold this text: no credential, and no page of prose where a name or an address belongs. */
export function isFit(text: string): boolean {
  const line = inLine(text);
  return line !== '' && line.length <= MAX_TEXT && !looksSecret(text) && !looksSecret(line);
}

const inLine = (text: string): string => text.replaceAll(HIDDEN, ' ').trim();

/** Whether a description may hold this text and nothing of it has to change for that: paths mean one file. */
export const isExact = (text: string): boolean => isFit(text) && text.trim() === text && !text.match(HIDDEN);

/** A path with a place in it: `#` begins a comment after a blank alone. */
const PLAIN_PLACE = /^[A-Za-z_.][\w./@+~-]*#[\w./@+~-]+$/;

/** A text as a YAML value on one line, which reads back as that text. */
export function scalar(text: string): string {
  const line = inLine(text);
  return PLAIN_PLACE.test(line) ? line : lineOf(line);
}

const WORD = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** An id as it stands in a list or before a colon; quoted where YAML would take it for a number or a word. */
export const idText = (id: string): string =>
  /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u.test(id) && !WORD.test(id) ? id : JSON.stringify(id);

const MAX_LINE = 110;

/** A key with a list: on one line, or one line an item where that would be long. */
export function listLines(key: string, items: readonly string[]): string[] {
  const line = `${key}: ${listText(items)}`;
  return line.length <= MAX_LINE ? [line] : [`${key}:`, ...items.map((item) => `  - ${item}`)];
}

export const listText = (items: readonly string[]): string => `[${items.join(', ')}]`;

const ID = /^[\p{L}\p{M}\p{N}_-]+$/u;
const MAX_ID = 80;

/** A name of somebody else's as an id, as near to it as an id can be; null when nothing is left of it. */
export function asId(name: string): string | null {
  const short = [...name.normalize('NFC')].slice(0, MAX_ID).join('');
  if (ID.test(short) && short !== '__proto__' && !looksSecret(short)) return short;
  const clean = mask(short)
    .replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return clean === '' || clean === '__proto__' ? null : clean;
}

/** `a, b, c and 4 more` */
export function some(items: readonly string[], limit = 6): string {
  const rest = items.length - limit;
  const head = items.slice(0, limit).join(', ');
  return rest > 0 ? `${head} and ${rest} more` : head;
}

import { eastAsianWidth } from 'get-east-asian-width';

/** Latin letters and common punctuation, one column each. Nearly all text is this, and needs no segmenter. */
const NARROW = /^[ -\u02ff\u2010-\u2027]*$/;

// Making one takes 25 ms, so it waits for the first text that needs it. (This, and a regular expression that
// takes 20 ms to parse, is what importing string-width costs at every start.)
let segmenter: Intl.Segmenter | undefined;
/** What a reader takes for one character: an emoji of several code points, a letter with its accents. */
const characters = (text: string): string[] => {
  segmenter ??= new Intl.Segmenter('en');
  return Array.from(segmenter.segment(text), (part) => part.segment);
};

/** Columns that `text` takes in a terminal: 2 for wide characters and emoji, 0 for combining marks. */
export const columns = (text: string): number =>
  NARROW.test(text) ? text.length : characters(text).reduce((sum, character) => sum + widthOf(character), 0);

/** The longest start of `text` that fits in `room` columns. Never cuts through a character. */
export const clipEnd = (text: string, room: number): string =>
  NARROW.test(text) ? text.slice(0, Math.max(0, room)) : fitting(characters(text), room).join('');

/** The longest end of `text` that fits in `room` columns. */
export const clipStart = (text: string, room: number): string =>
  NARROW.test(text)
    ? text.slice(Math.max(0, text.length - Math.max(0, room)))
    : fitting(characters(text).reverse(), room).reverse().join('');

/**
 * `text` in pieces: the first fits in `first` columns, the others in `rest`. Parted at blanks only: a word longer than
 * that stays whole, so that an address or a command can be copied.
 */
export function wrap(text: string, first: number, rest: number): string[] {
  if (first === Number.POSITIVE_INFINITY) return [text];
  const [start, ...words] = text.split(' ');
  const lines: string[] = [];
  let line = start!;
  let used = columns(line);
  for (const word of words) {
    const more = columns(word) + 1;
    if (used + more <= (lines.length === 0 ? first : rest)) {
      line += ` ${word}`;
      used += more;
    } else {
      lines.push(line);
      line = word;
      used = more - 1;
    }
  }
  return [...lines, line];
}

function fitting(parts: readonly string[], room: number): string[] {
  let used = 0;
  const end = parts.findIndex((part) => {
    used += columns(part);
    return used > room;
  });
  return end < 0 ? [...parts] : parts.slice(0, end);
}

const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}.*\ufe0f|[\d#*]\ufe0f?\u20e3/u;
const ZERO = /[\p{Default_Ignorable_Code_Point}\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;
/** What keeps its width behind another letter: half-width voicing marks, spacing marks, letters. */
const SPACING = /[\p{Mc}\p{L}\p{N}]/u;

/** Columns of one character, by Unicode's East Asian Width (UAX 11); emoji are wide (UTS 51). */
function widthOf(character: string): number {
  if (EMOJI.test(character)) return 2;
  const points = Array.from(character).filter((point) => !ZERO.test(point));
  // Vowels and finals of Hangul join the syllable that their initial began.
  const jamo = /^[\u1100-\u115f\ua960-\ua97c][\u1160-\u11ff\ud7b0-\ud7fb]/.test(character);
  return points
    .filter((point, i) => i === 0 || (!jamo && SPACING.test(point)))
    .reduce((sum, point) => sum + eastAsianWidth(point.codePointAt(0)!), 0);
}

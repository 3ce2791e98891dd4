import type { Location, Snippet, SourceLine } from '../finding/finding.ts';
import { visible, visibleParts } from './escape.ts';
import { clipEnd, clipStart, columns } from './width.ts';

const TAB = '    ';
/** A frame narrower than this says nothing; a terminal narrower than this wraps. */
const MIN_ROOM = 20;

export interface FrameOptions {
  /** Columns for a whole line, gutter included. */
  readonly width: number;
  /** What else is shown: the key that the line stands below (the rest would not be missed), or its neighbours. */
  readonly around: 'parent' | 'neighbours';
  /** Digits of line numbers, so that other lines can stand below the same bar. */
  readonly digits?: number;
  /** How the carets and the gutter look. */
  readonly caret: (text: string) => string;
  readonly gutter: (text: string) => string;
}

/**
 * The line that `location` starts on and what is around it, numbered, and carets under the range (of a range over
 * several lines, under its first). Lines that are too long are cut around the range. Empty when the snippet does
 * not hold the line.
 */
export function codeFrame(location: Location, snippet: Snippet, options: FrameOptions): string[] {
  const line = snippet.lines[location.line - snippet.firstLine]?.replace(/\r$/, '');
  if (line === undefined) return [];
  const [above, below] =
    options.around === 'parent' ? [parentLine(snippet), []] : neighbours(snippet, location.line);

  const digits = Math.max(options.digits ?? 0, String(below.at(-1)?.line ?? location.line).length);
  const row = (label: string, text: string) =>
    `${options.gutter(`${label.padStart(digits)} |`)} ${text}`.trimEnd();
  const room = Math.max(MIN_ROOM, options.width - digits - 3);
  const context = (other: SourceLine) => row(String(other.line), wholeLine(other.text, room));

  const start = Math.min(location.column - 1, line.length);
  const end = location.endLine > location.line ? line.length : Math.min(location.endColumn - 1, line.length);
  const pointed = pointAt(line, start, Math.max(start, end), room);
  return [
    ...above.map(context),
    row(String(location.line), pointed.text),
    row('', ' '.repeat(pointed.before) + options.caret('^'.repeat(pointed.span))),
    ...below.map(context),
  ];
}

const parentLine = ({ parent }: Snippet): SourceLine[] => (parent ? [parent] : []);

/** The lines right before and after, unless they are empty. */
function neighbours(
  { firstLine, lines }: Snippet,
  focus: number,
): [above: SourceLine[], below: SourceLine[]] {
  const at = (line: number): SourceLine[] => {
    const text = lines[line - firstLine]?.replace(/\r$/, '');
    return text === undefined || text.trim() === '' ? [] : [{ line, text }];
  };
  return [at(focus - 1), at(focus + 1)];
}

/** A line around the one pointed at, from its start. */
function wholeLine(line: string, room: number): string {
  const near = line.slice(0, reach(room));
  const text = visibleParts(near, near.length, near.length, TAB)[0];
  return near.length === line.length && columns(text) <= room ? text : `${clipEnd(text, room - 1)}…`;
}

/** The part of `line` around `start` to `end` (code units) that fits in `room`, and where its carets go. */
function pointAt(line: string, start: number, end: number, room: number) {
  const from = whole(line, Math.max(0, start - reach(room)));
  const to = whole(line, Math.min(line.length, start + reach(room)));
  const parts = visibleParts(line.slice(from, to), start - from, Math.min(end, to) - from, TAB);
  const [before, part, after] = parts;

  // Half of what the range leaves is for what comes before it; the range itself comes first of all.
  const shown = columns(part) > room - 2 ? `${clipEnd(part, room - 3)}…` : part;
  const left = room - columns(shown);
  const tooLong = columns(parts.join('')) > room || to < line.length;
  const fits = from === 0 && columns(before) <= (tooLong ? Math.ceil(left / 2) : left);
  const lead = fits ? before : `…${clipStart(before, Math.floor(left / 2) - 1)}`;
  const rest = left - columns(lead);
  const tail = to === line.length && columns(after) <= rest ? after : `${clipEnd(after, rest - 1)}…`;
  return {
    text: lead + shown + (shown === part ? tail : ''),
    before: columns(lead),
    span: Math.max(1, columns(shown)),
  };
}

/** Code units worth looking at on either side, so that a line of a megabyte costs no more than a short one. */
const reach = (room: number): number => room * 4;

/** The same index, or the one before it when it would part a surrogate pair. */
const whole = (line: string, index: number): number => {
  const unit = line.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff && index > 0 ? index - 1 : index;
};

/** A block of YAML, line by line, to print under something else. */
export const yamlLines = (yaml: string): string[] =>
  yaml
    .replace(/\s+$/, '')
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll('\t', TAB)));

import type { Location } from '../finding/finding.ts';
import { visible } from './escape.ts';
import type { Paint } from './paint.ts';
import type { TextOptions } from './text-options.ts';
import { clipEnd, columns } from './width.ts';
import { place } from './words.ts';

/** How the pages of `explain` are printed. */
export interface Look {
  readonly paint: Paint;
  readonly options: TextOptions;
  /** The file that the page is about, whose name stands at its top. */
  readonly file: string;
}

/** One line of a table: what, its value, and where that is written. */
export interface Row {
  readonly depth: number;
  readonly name: string;
  /** Left out for a sentence that takes the place of both. */
  readonly value?: string | undefined;
  readonly location?: Location | null;
  /** Nobody declared it, so its place says nothing. */
  readonly missing?: boolean;
}

const INDENT = 2;
const STEP = 4;
const GAP = 2;
/** Longer ones do not push all others to the right. */
const MAX_NAME = 52;
const MAX_COLUMN = 20;
const MAX_VALUE = 64;

/** Rows in columns. Names and values are made safe here; a value that is too long is cut. */
export function table(rows: readonly Row[], look: Look): string[] {
  const safe = rows.map((row) => ({ ...row, name: visible(row.name), value: shortValue(row.value) }));
  const pairs = safe.filter(({ value }) => value !== undefined);
  const nameEnd = widest(
    pairs.map(({ name, depth }) => depth * STEP + columns(name)),
    MAX_NAME,
  );
  const valueEnd = widest(
    pairs.map(({ value }) => columns(value!)),
    MAX_COLUMN,
  );
  // A table of sentences alone has a column for their places too.
  const sentence = pairs.length > 0 ? nameEnd + GAP + valueEnd : widest(safe.map(sentenceEnd), MAX_VALUE);
  return safe.map((row) => line(row, { nameEnd, valueEnd, sentence }, look));
}

const sentenceEnd = ({ name, depth }: Row): number => depth * STEP + columns(name);

interface Columns {
  readonly nameEnd: number;
  readonly valueEnd: number;
  readonly sentence: number;
}

function line(
  { depth, name, value, location, missing }: Row,
  { nameEnd, valueEnd, sentence }: Columns,
  look: Look,
): string {
  const start = ' '.repeat(INDENT + depth * STEP);
  const where = location && !missing ? whereText(location, look) : '';
  if (value === undefined) {
    const rest = ' '.repeat(Math.max(0, sentence - depth * STEP - columns(name)) + GAP);
    return `${start}${name}${where && rest + where}`;
  }
  const gap = ' '.repeat(Math.max(0, nameEnd - depth * STEP - columns(name)) + GAP);
  const shown = missing ? look.paint.strong(value) : value;
  const tail = where && `${' '.repeat(Math.max(0, valueEnd - columns(value)) + GAP)}${where}`;
  return `${start}${name}${gap}${shown}${tail}`.trimEnd();
}

/** The place in full, to click and to grep; where a long name would wrap every line, that of the page's own file is left out. */
function whereText(location: Location, { paint, options, file }: Look): string {
  const isLong = options.wrap && columns(file) > options.width / 4;
  const text = place(location);
  return paint.faint(isLong && location.file === file ? `:${location.line}:${location.column}` : text);
}

function shortValue(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = visible(value);
  return columns(text) > MAX_VALUE ? `${clipEnd(text, MAX_VALUE - 1)}…` : text;
}

const widest = (widths: readonly number[], limit: number): number =>
  Math.max(0, ...widths.filter((width) => width <= limit));

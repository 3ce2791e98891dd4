import { BITS } from './hostile.ts';
import type { Random } from './random.ts';

/** One change of a file as text: what a slip of the hand, a bad merge or a broken download does. */
export function mutateText(text: string, other: string, random: Random): string {
  return random.pick(CHANGES)(text, random, other);
}

type Change = (text: string, random: Random, other: string) => string;

const CHANGES: readonly Change[] = [
  // One end is missing.
  (text, random) => text.slice(0, random.next(text.length + 1)),
  (text, random) => text.slice(random.next(text.length + 1)),
  // A span is gone, twice there, elsewhere, or replaced.
  (text, random) => cut(text, random, () => ''),
  (text, random) => cut(text, random, (span) => span + span),
  (text, random) => cut(text, random, () => random.pick(BITS)),
  (text, random) => {
    const [start, end] = span(text, random);
    return insert(text.slice(0, start) + text.slice(end), random, text.slice(start, end));
  },
  // Something stands in between.
  (text, random) => insert(text, random, random.pick(BITS)),
  (text, random) => insert(text, random, random.pick(BITS).repeat(1 + random.next(300))),
  (text, random) => insert(text, random, text),
  // Two files in one.
  (text, random, other) =>
    text.slice(0, random.next(text.length + 1)) + other.slice(random.next(other.length + 1)),
  (text, random, other) => {
    const [start, end] = span(other, random);
    return insert(text, random, other.slice(start, end));
  },
  // Lines that moved, or are not where they should begin.
  (text, random) => lines(text, random, (line) => ` ${line}`),
  (text, random) => lines(text, random, (line) => line.replace(/^ {1,2}/, '')),
  (text, random) =>
    lines(text, random, (line) => line.replace(/^( *)/, (margin) => '\t'.repeat(margin.length / 2))),
  (text, random) => lines(text, random, (line) => `# ${line}`),
  (text, random) => {
    const all = text.split('\n');
    const [i, j] = [random.next(all.length), random.next(all.length)];
    [all[i], all[j]] = [all[j]!, all[i]!];
    return all.join('\n');
  },
  // What editors and other systems do to a whole file.
  (text) => text.replaceAll('\n', '\r'),
  (text) => text.replaceAll('  ', '\t'),
  (text) => text.replaceAll(/["']/g, ''),
  (text) => text.trimEnd(),
];

/** Ends of lines and the mark in front, as other systems write them: neither changes what a file says. */
export function asSaved(text: string, random: Random): string {
  const ended = random.chance(6) ? text.replaceAll('\n', '\r\n') : text;
  return random.chance(3) ? `\ufeff${ended}` : ended;
}

/** A short span mostly, a long one now and then. */
function span(text: string, random: Random): [start: number, end: number] {
  const start = random.next(text.length + 1);
  const most = random.chance(80) ? 40 : text.length - start;
  return [start, Math.min(text.length, start + 1 + random.next(Math.max(1, most)))];
}

function cut(text: string, random: Random, turn: (span: string) => string): string {
  const [start, end] = span(text, random);
  return text.slice(0, start) + turn(text.slice(start, end)) + text.slice(end);
}

function insert(text: string, random: Random, bit: string): string {
  const at = random.next(text.length + 1);
  return text.slice(0, at) + bit + text.slice(at);
}

/** A few lines in a row. */
function lines(text: string, random: Random, turn: (line: string) => string): string {
  const all = text.split('\n');
  const first = random.next(all.length);
  const last = first + random.next(4);
  return all.map((line, i) => (i >= first && i <= last ? turn(line) : line)).join('\n');
}

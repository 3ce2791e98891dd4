import { looksSecret } from '../finding/secrets.ts';

/** A function that expressions may call by name. */
export interface CelFunction {
  readonly name: string;
  /** As the engine declares it. */
  readonly signature: string;
  readonly says: string;
  readonly call: (...args: never[]) => unknown;
}

export const FUNCTIONS: readonly CelFunction[] = [
  {
    name: 'glob',
    signature: 'glob(string, string): bool',
    says: 'the text fits a pattern in which `*` stands for any run of characters and `?` for one',
    call: (text: string, pattern: string) => glob(text, pattern),
  },
  {
    name: 'date',
    signature: 'date(double): string',
    says: 'a day as YYYY-MM-DD',
    call: (seconds: number) =>
      Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString().slice(0, 10) : '',
  },
  {
    name: 'looks_secret',
    signature: 'looks_secret(string): bool',
    says: 'the text holds something of the shape of a real credential',
    call: (text: string) => looksSecret(text),
  },
  {
    name: 'pinned',
    signature: 'pinned(string): bool',
    says: 'the text names one version that cannot move: a digest, a dated snapshot, or a number of three parts; no range, no `latest`',
    call: (text: string) => isPinned(text),
  },
  {
    name: 'day_in',
    signature: 'day_in(string): double',
    says: 'the last day that a version names (`planner-2026-05-11`, `20260511`), in seconds since 1970; 0 when it names none',
    call: (text: string) => dayIn(text),
  },
];

/** The last calendar day that stands in a text, with or without dashes. */
export function dayIn(text: string): number {
  const found = [...text.matchAll(/(?<!\d)(20\d\d)(-?)([01]\d)\2([0-3]\d)(?!\d)/g)].at(-1);
  if (!found) return 0;
  const day = `${found[1]}-${found[3]}-${found[4]}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  // Some parsers roll the 31st of February over to March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? 0 : time / 1000;
}

const FLOATING = /latest|stable|[\^~*<>|]|(?:^|\.)x(?:\.|$)/i;
const FIXED = /sha256:[0-9a-f]{8}|\b20\d\d-?[01]\d-?[0-3]\d\b|(?:^|[^\d.])\d+\.\d+\.\d+/;

/** Whether a version as people write it can only ever mean one thing. */
export const isPinned = (text: string): boolean => FIXED.test(text) && !FLOATING.test(text);

/** Matches in time linear in text times stars: the last star is the only one ever tried again. */
export function glob(text: string, pattern: string): boolean {
  let t = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      t++;
      p++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

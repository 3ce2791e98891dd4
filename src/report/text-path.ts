import type { Finding, Step } from '../finding/finding.ts';
import { visible } from './escape.ts';
import type { Paint } from './paint.ts';
import { plain, prose } from './text-prose.ts';
import { wrap } from './width.ts';
import { listed, place } from './words.ts';

/** A path longer than this shows its two ends: what starts it and what it reaches. */
const MAX_STEPS = 12;
const MAX_SOURCES = 5;

/** Digits of the largest line number that a finding shows in its own file. */
export function lineDigits({ location, steps = [] }: Finding): number {
  const lines = steps
    .filter((step) => step.location.file === location.file)
    .map((step) => step.location.line);
  return String(Math.max(location.line, ...lines)).length;
}

/**
 * How an attacker gets there, as a tree below the bar of the code frame: each step with the number of its line, or
 * with its whole place when it is in another file. Empty for a finding that is no attack path.
 */
export function pathLines(finding: Finding, digits: number, paint: Paint, room: number): string[] {
  const { steps = [], sources = [], location } = finding;
  if (steps.length === 0) return [];
  const others = sources.filter((source) => source !== steps[0]!.node);
  const also = others.length > 0 ? `also from ${listed(others, MAX_SOURCES)}` : '';
  const tree = steps.map((step, i) =>
    stepLines(step, { file: location.file, last: i === steps.length - 1, digits, paint, room }),
  );
  const hidden = steps.length > MAX_STEPS ? steps.length - MAX_STEPS + 1 : 0;
  if (hidden > 0) {
    const bar = paint.faint(`  ${' '.repeat(digits)} │ `);
    tree.splice(MAX_STEPS / 2, hidden, [`${bar} … ${hidden} more steps`]);
  }
  const label = { text: 'path:', look: paint.strong };
  return [...prose(label, { text: also, look: plain }, { room, indent: 2, hang: 8 }), ...tree.flat()];
}

interface StepLook {
  /** The file of the finding, whose lines need no name. */
  readonly file: string;
  readonly last: boolean;
  readonly digits: number;
  readonly paint: Paint;
  readonly room: number;
}

function stepLines({ text, location }: Step, { file, last, digits, paint, room }: StepLook): string[] {
  const here = location.file === file;
  const line = (here ? String(location.line) : '').padStart(digits);
  const words = visible(text) + (here ? '' : ` (${place(location)})`);
  const width = room - digits - 6;
  return wrap(words, width, width).map((part, i) => {
    const tree = i > 0 ? (last ? '    ' : ' │  ') : last ? ' └─ ' : ' ├─ ';
    return `${paint.faint(`  ${i > 0 ? ' '.repeat(digits) : line}${tree}`)}${part}`;
  });
}

import type { Location, Problem, Snippet } from '../finding/finding.ts';
import { visible } from './escape.ts';
import { codeFrame } from './frame.ts';
import type { Paint } from './paint.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { plain, prose } from './text-prose.ts';
import { place } from './words.ts';

/** A mistake in a file for people: what, where, what was probably meant, and the second place it concerns. */
export function problemText(
  problem: Problem,
  paint: Paint,
  options: TextOptions,
  level: 'error' | 'warning' = 'error',
): string {
  const { location, snippet, suggestion, related } = problem;
  const room = proseRoom(options);
  const alarm = (text: string) => paint.alarm(level === 'error' ? 'error' : 'medium', text);
  const tag = { text: `${level}[${visible(problem.code)}]`, look: alarm };
  const frame = (at: Location, lines: Snippet | null): string[] =>
    lines
      ? codeFrame(at, lines, {
          width: options.width - 2,
          // What is wrong may have begun on the line before, such as a bracket left open.
          around: problem.code === 'yaml-syntax' ? 'neighbours' : 'parent',
          caret: alarm,
          gutter: paint.faint,
        }).map((line) => `  ${line}`)
      : [];
  const help = { text: 'help:', look: paint.strong };
  return [
    ...prose(tag, { text: visible(problem.message), look: paint.strong }, { room, indent: 0, hang: 4 }),
    `  ${location ? place(location) : visible(problem.file)}`,
    ...(location ? frame(location, snippet) : []),
    ...(suggestion === undefined
      ? []
      : prose(help, { text: visible(suggestion), look: plain }, { room, indent: 2, hang: 8 })),
    ...(related
      ? [
          `  ${visible(related.message)}: ${place(related.location)}`,
          ...frame(related.location, related.snippet),
        ]
      : []),
  ].join('\n');
}

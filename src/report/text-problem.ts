import type { Location, Problem, Snippet } from '../finding/finding.ts';
import { visible } from './escape.ts';
import { codeFrame } from './frame.ts';
import type { Paint } from './paint.ts';
import type { TextOptions } from './text-options.ts';
import { place } from './words.ts';

/** A mistake in a file for people: what, where, what was probably meant, and the second place it concerns. */
export function problemText(problem: Problem, paint: Paint, options: TextOptions): string {
  const { location, snippet, suggestion, related } = problem;
  return [
    `${paint.alarm('error', `error[${visible(problem.code)}]`)} ${paint.strong(visible(problem.message))}`,
    ...(location ? spot(location, snippet, paint, options) : [`  ${visible(problem.file)}`]),
    ...(suggestion === undefined ? [] : [`  help: ${visible(suggestion)}`]),
    ...(related
      ? [`  ${visible(related.message)}`, ...spot(related.location, related.snippet, paint, options)]
      : []),
  ].join('\n');
}

function spot(location: Location, snippet: Snippet | null, paint: Paint, { width }: TextOptions): string[] {
  const look = { width: width - 2, caret: (text: string) => paint.alarm('error', text), gutter: paint.faint };
  const frame = snippet ? codeFrame(location, snippet, look) : [];
  return [`  ${place(location)}`, ...frame.map((line) => `  ${line}`)];
}

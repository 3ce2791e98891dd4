import type { Problem } from '../finding/finding.ts';
import type { Paint } from './paint.ts';
import type { TextOptions } from './text-options.ts';
import { problemText } from './text-problem.ts';
import { count } from './words.ts';

const MOST = 10;

/** What deserves a look and fails nothing, one block each: the first ones whole, the rest as a number. */
export function warningTexts(
  warnings: readonly Problem[],
  paint: Paint,
  options: TextOptions,
): readonly string[] {
  const more = warnings.length - MOST;
  return [
    ...warnings.slice(0, MOST).map((warning) => problemText(warning, paint, options, 'warning')),
    ...(more > 0 ? [`${count(more, 'more warning')}; the report as JSON lists them all`] : []),
  ];
}

import type { Grown } from '../verdict/comparison.ts';
import { visible } from './escape.ts';
import type { Paint } from './paint.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { plain, prose } from './text-prose.ts';

/** What grew, below the finding as it is now. */
export function grownText({ how }: Grown, finding: string, paint: Paint, options: TextOptions): string {
  const label = { text: 'grown:', look: paint.strong };
  const text = { text: visible(how.join('; ')), look: plain };
  return [finding, ...prose(label, text, { room: proseRoom(options), indent: 2, hang: 9 })].join('\n');
}

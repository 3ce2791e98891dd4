import type { ClosingCount } from '../verdict/closing-count.ts';
import { count } from './words.ts';

/** What it takes to close the attack paths, in a few words: `2 changes close all 5 attack paths`. */
export function closingWords({ paths, closed, changes }: ClosingCount, of = 'attack path'): string {
  if (changes === null) return `several ${of}s to close together`;
  const all = count(paths, of);
  if (closed === 0) return `no control closes the ${all}`;
  const close = changes === 1 ? 'closes' : 'close';
  const which = closed < paths ? `${closed} of ${all}` : paths === 1 ? `the ${of}` : `all ${all}`;
  return `${count(changes, 'change')} ${close} ${which}`;
}

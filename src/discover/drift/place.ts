import type { Placed, Snippet } from '../../finding/finding.ts';
import { mask } from '../../finding/secrets.ts';
import type { Place } from './difference.ts';

/** Longest name that a location spans. */
const WORD = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s,:;=()[\]{}"']+)/;

/**
 * A place of an artifact with its line. `file` is how reports call it; lines in `hidden` are shown as stars, as a
 * credential stands there that its shape alone does not give away.
 */
export function placed(
  file: string,
  text: string | null,
  { line, column }: Pick<Place, 'line' | 'column'>,
  hidden: ReadonlySet<number>,
): Placed {
  const all = text === null ? [] : text.split(/\r?\n/);
  const own = all[line - 1] ?? '';
  const start = Math.max(1, Math.min(column, own.length + 1));
  const length = Math.max(1, WORD.exec(own.slice(start - 1))?.[0].length ?? 1);
  const location = { file, line, column: start, endLine: line, endColumn: start + length };
  return { location, snippet: snippet(all, text, line, hidden) };
}

function snippet(
  all: readonly string[],
  text: string | null,
  line: number,
  hidden: ReadonlySet<number>,
): Snippet {
  if (text === null || line > all.length || hidden.has(line))
    return { firstLine: line, lines: [], parent: null };
  const masked = mask(text).split(/\r?\n/);
  const firstLine = Math.max(1, line - 1);
  const lines: string[] = [];
  for (let n = firstLine; n <= Math.min(all.length, line + 1); n++)
    lines.push(hidden.has(n) ? '*'.repeat(all[n - 1]!.length) : (masked[n - 1] ?? ''));
  return { firstLine, lines, parent: null };
}

/** A piece of a page of bounded size, of which whole rows can be left out from the end. */
export interface Block {
  /** What stands before the rows: a heading, the top of a table, the start of a fold. */
  readonly head: string;
  /** Worst first. */
  readonly rows: readonly string[];
  /** What stands after them: the end of a fold. */
  readonly tail: string;
  /** What the rows are, to say how many are left out: `findings that were there before`. */
  readonly what: string;
  /** What goes first: the larger, the earlier. A block of 0 is never cut. */
  readonly rank: number;
}

export interface Limit {
  readonly most: number;
  /** How large a text is in the unit of `most`. */
  readonly size: (text: string) => number;
}

/** Text that is never cut; has to be short. */
export const fixed = (text: string): Block => ({ head: text, rows: [], tail: '', what: '', rank: 0 });

/** All blocks as one text within the limit. Nothing is cut inside a row, and what is left out is always counted. */
export function fitted(blocks: readonly Block[], { most, size }: Limit): string {
  const kept = blocks.map(({ rows }) => rows.length);
  const sizes = blocks.map((block, i) => size(written(block, kept[i]!)));
  let total = sizes.reduce((sum, each) => sum + each, 0);
  const order = blocks.map((_, i) => i).sort((a, b) => blocks[b]!.rank - blocks[a]!.rank || b - a);
  for (const i of order) {
    const block = blocks[i]!;
    if (total <= most) break;
    if (block.rank === 0 || block.rows.length === 0) continue;
    const room = most - (total - sizes[i]!);
    kept[i] = mostRows(block, (text) => size(text) <= room);
    const after = size(written(block, kept[i]!));
    total += after - sizes[i]!;
    sizes[i] = after;
  }
  return blocks.map((block, i) => written(block, kept[i]!)).join('');
}

/** The largest number of rows with which the block fits; 0 also when nothing does. */
function mostRows(block: Block, fits: (text: string) => boolean): number {
  let low = 0;
  let high = block.rows.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(written(block, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function written({ head, rows, tail, what }: Block, kept: number): string {
  const left = rows.length - kept;
  if (left === 0) return head + rows.join('') + tail;
  if (kept === 0) return `_Left out for length: ${left} ${what}._\n\n`;
  return `${head}${rows.slice(0, kept).join('')}\n_Left out for length: ${left} more ${what}._\n${tail}`;
}

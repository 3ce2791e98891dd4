import type { ClosingCount } from '../verdict/closing-count.ts';

/** How the report for people is printed. */
export interface TextOptions {
  /** 0 for none, above that as much as the terminal has; all levels look the same. Nothing is said by colour alone. */
  readonly color: 0 | 1 | 2 | 3;
  /** Columns of the terminal. Lines of code are cut to it. */
  readonly width: number;
  /** Whether prose is wrapped to `width` as well: only on a terminal, so that elsewhere a message is one line to grep. */
  readonly wrap: boolean;
  /** Addresses as OSC 8 links; only for a terminal. */
  readonly links: boolean;
  /** What to call the working directory in the summary; never a machine's path. */
  readonly cwdLabel?: string;
  /** How many findings are printed, the worst first, the rest being counted; left out, all. */
  readonly most?: number;
  /** What closes the attack paths, for the summary; left out, nothing is said of it. */
  readonly closing?: ClosingCount;
}

/** Nobody reads more in a terminal or the log of a run; every other format holds them all. */
export const MOST_FINDINGS = 200;

/** Longer lines of prose are hard to read; in narrower terminals nothing helps. */
const WIDEST = 120;
const NARROWEST = 40;

/** Columns for a line of prose. */
export const proseRoom = ({ width, wrap }: TextOptions): number =>
  wrap ? Math.min(Math.max(width, NARROWEST), WIDEST) : Number.POSITIVE_INFINITY;

import { visible } from '../report/escape.ts';
import { clipEnd } from '../report/width.ts';
import type { Io } from './io.ts';

/** How far a run over many files is, for who waits at a terminal. */
export interface Progress {
  /** The next file begins. */
  readonly step: (name: string) => void;
  /** Nothing of it is left behind; comes before anything else is written. */
  readonly done: () => void;
}

export const NO_PROGRESS: Progress = { step: () => {}, done: () => {} };

/** So many files are linted before anybody could read a line about it. */
const TOO_FEW = 20;
/** To the start of the line, and clear it (ECMA-48). */
const CLEAR = '\r\x1b[K';

/**
 * One line on standard error that is written over, in plain text. Only at a terminal that can clear a line, never in
 * CI; by the number of files and not by a clock, so that the same run always writes the same.
 */
export function progress({ env, stderr }: Io, total: number): Progress {
  const atTerminal = stderr.isTTY && env['TERM'] !== 'dumb' && !env['CI'];
  if (!atTerminal || total <= TOO_FEW) return NO_PROGRESS;
  const room = (stderr.columns ?? 80) - 1;
  let begun = 0;
  let percent = -1;
  return {
    step: (name) => {
      begun++;
      const now = Math.floor((begun * 100) / total);
      if (now === percent) return;
      percent = now;
      stderr.write(CLEAR + clipEnd(`linting ${begun} of ${total}: ${visible(name)}`, room));
    },
    done: () => {
      if (begun > 0) stderr.write(CLEAR);
    },
  };
}

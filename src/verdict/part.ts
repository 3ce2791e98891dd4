import type { Severity } from '../finding/severity.ts';
import type { ClosingCount } from './closing-count.ts';
import type { Verdict } from './verdict.ts';

/** Which of how many parts of all descriptions: `index` starts at 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Which part a run is, and what makes it fail. */
export interface PartGate {
  readonly shard: Shard;
  /** From which severity on the run would fail. */
  readonly failOn: Severity | 'never';
  readonly failOnUnknown: boolean;
  /** What closes the attack paths of this part; null when it has none. */
  readonly closing: ClosingCount | null;
}

/** What one run of a lint in several parts leaves for the one that puts them together. */
export interface Part extends PartGate {
  /** Without a comparison: what is new is judged of the whole. */
  readonly verdict: Verdict;
}

/** A part with what to call it in messages. */
export interface NamedPart {
  /** The file it was read from. */
  readonly name: string;
  readonly part: Part;
}

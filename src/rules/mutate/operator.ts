import type { System } from '../../model/system.ts';
import type { Holder } from './holders.ts';
import type { Draft } from './mutant.ts';

/** One way in which a declared protection is taken away or weakened. */
export interface Operator {
  /** Lower case with dashes; part of the name by which a mutant is listed as equivalent. */
  readonly id: string;
  /** What it does to what, as one line: docs/mutation.md and `--format json` print it. */
  readonly does: string;
  /** Every mutant it makes of a system; pure. */
  readonly make: (ground: Ground) => readonly Draft[];
}

/** What operators look at. */
export interface Ground {
  readonly system: System;
  readonly holders: readonly Holder[];
}

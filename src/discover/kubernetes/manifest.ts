import type { Spot, TreeMap } from '../tree.ts';

/** One object of a manifest. */
export interface Manifest {
  readonly file: string;
  readonly map: TreeMap;
  readonly kind: string;
  /** Group of the API: `apps`, `kagent.dev`; empty for the core. */
  readonly group: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly spot: Spot;
  /** Keys that lead to its name. */
  readonly path: readonly string[];
}

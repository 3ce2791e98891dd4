import type { Finding, Placed, Unknown } from '../finding/finding.ts';
import type { Layer } from '../finding/severity.ts';

/** A finding that was there before and says more now. */
export interface Grown {
  readonly finding: Finding;
  readonly before: Finding;
  /** What grew, as clauses: `severity rose from medium to high`, `an attacker can also start from inbox`. */
  readonly how: readonly string[];
}

/** A component that only one of the two sides has. */
export interface ComponentChange {
  readonly system: string;
  readonly id: string;
  readonly kind: string;
  readonly layer: Layer | null;
  /** Where it stands on the side that has it. */
  readonly at: Placed;
}

/** The same component under another id. */
export interface Rename {
  readonly system: string;
  readonly from: string;
  readonly to: string;
}

/** What an agent may do that it could not do before, or the other way round. */
export interface GrantChange {
  readonly system: string;
  readonly agent: string;
  /** Empty for what an agent may do as such, such as its autonomy. */
  readonly tool: string;
  /** What changed, as clauses: `may also approve`, `limit of amount 50 → 500`, `no allow list any more`. */
  readonly how: readonly string[];
  readonly at: Placed;
}

/** A control that is new, gone, or says less than before. */
export interface ControlChange {
  readonly system: string;
  /** Id of the component or action, both ends of an edge, or the name of the system for a system-wide control. */
  readonly subject: readonly string[];
  readonly control: string;
  /** As a clause: `added`, `removed`, `now planned`, `no longer tested`, `evidence is gone`. */
  readonly how: string;
  readonly at: Placed;
}

/** What a change does: everything that differs between two sides, never what both have. */
export interface Comparison {
  /** Findings of the head alone. Worst first; among them the attack paths that opened (those with `steps`). */
  readonly added: readonly Finding[];
  /** Worst first. */
  readonly grown: readonly Grown[];
  /** Findings of the base alone, as they were there; attack paths that closed are those with `steps`. */
  readonly fixed: readonly Finding[];
  /** Findings of both, as the head has them. */
  readonly standing: readonly Finding[];
  /** Checks that cannot judge in the head alone; left out when there is none. */
  readonly unknown?: readonly Unknown[];
  readonly grants: { readonly widened: readonly GrantChange[]; readonly narrowed: readonly GrantChange[] };
  readonly controls: {
    readonly added: readonly ControlChange[];
    readonly removed: readonly ControlChange[];
    readonly weakened: readonly ControlChange[];
  };
  readonly components: {
    readonly added: readonly ComponentChange[];
    readonly removed: readonly ComponentChange[];
    readonly renamed: readonly Rename[];
  };
}

/** Findings that a change brings or makes worse: what a gate looks at. */
export const broughtBy = ({ added, grown }: Comparison): Finding[] => [
  ...added,
  ...grown.map(({ finding }) => finding),
];

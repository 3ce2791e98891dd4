import type { Severity } from '../../finding/severity.ts';
import type { Kind } from '../../model/language.ts';

/** What a picture of one system shows, before any format: the writers only choose shapes and words of their format. */
export interface Drawing {
  /** `system.name`. */
  readonly title: string;
  /** Titles of the layers of MAESTRO, by their names. */
  readonly layers: Readonly<Record<string, string>>;
  /** A zone comes after the one it is within. */
  readonly zones: readonly Zone[];
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** The worst attack path, where one is marked. */
  readonly path: AttackPath | null;
  /** Sentences below the picture: what is found of the whole system, what was drawn as one. */
  readonly notes: readonly string[];
}

/** A trust boundary, drawn around what is in it. */
export interface Zone {
  readonly id: string;
  /** `untrusted` … `restricted`; empty when nobody declared it. */
  readonly trust: string;
  /** The zone it is within; null for an outermost one. */
  readonly within: string | null;
}

/** A component, or several of one kind that are drawn as one. */
export interface Node {
  /** What edges call it. */
  readonly id: string;
  /** What stands on it: the id in the description. */
  readonly label: string;
  /** What people call it; empty without a name of its own. */
  readonly name: string;
  readonly kind: Kind;
  /** What it is and the facts that matter in a picture, such as `agent`, `autonomous`, `public`. */
  readonly facts: readonly string[];
  readonly zone: string | null;
  readonly isPublic: boolean;
  /** Worst first. */
  readonly marks: readonly Mark[];
  /** Numbers of the steps of the attack path that arrive here. */
  readonly steps: readonly number[];
}

/** All that goes one way, or both, between two components. There is one at most for each pair and manner. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly heads: 'to' | 'both' | 'none';
  /** Data moves; otherwise one hosts, covers or publishes the other. */
  readonly isFlow: boolean;
  /** What passes: `reads`, `delegates`, names of actions. */
  readonly says: readonly string[];
  /** How the caller proves who it is: methods, `no auth` where that is declared, nothing where nothing is. */
  readonly auth: readonly string[];
  readonly marks: readonly Mark[];
  readonly steps: readonly number[];
}

/** A finding at the place it is about. */
export interface Mark {
  readonly severity: Severity;
  readonly rule: string;
}

export interface AttackPath extends Mark {
  /** One sentence a step; the first is where an attacker stands. */
  readonly steps: readonly string[];
}

import type { Confidence, Fact, FactKind, FactSource, FactValue, Plane } from '../fact.ts';

/** A value with the file that it is written in. */
export interface JoinedValue extends FactValue {
  readonly file: string;
}

/** A reference whose target is known. */
export interface JoinedLink {
  /** Key of the language; `flows` for traffic that no key says. */
  readonly as: string;
  /** Id of the other component. */
  readonly to: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly attributes: Readonly<Record<string, JoinedValue>>;
}

/** A reference that nothing in the repository answers. */
export interface OpenLink {
  readonly as: string;
  /** As the artifact writes it. */
  readonly to: string;
  readonly toKind: FactKind;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** As a clause: `nothing here is called search`. */
  readonly why: string;
}

/** A tool of an MCP server that the repository itself writes. */
export interface Offer {
  readonly name: string;
  /** What the code declares it to do, as a word of the language. */
  readonly effect: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What artifacts say differently about one thing. */
export interface Dispute {
  readonly key: string;
  readonly values: readonly JoinedValue[];
}

/** One thing of the system, with everything that the artifacts of the repository say about it. */
export interface Component {
  /** Fit for the language, and unique. */
  readonly id: string;
  readonly kind: FactKind;
  readonly name: string;
  readonly attributes: Readonly<Record<string, JoinedValue>>;
  readonly controls: Readonly<Record<string, JoinedValue>>;
  readonly links: readonly JoinedLink[];
  readonly open: readonly OpenLink[];
  readonly offers: readonly Offer[];
  readonly disputes: readonly Dispute[];
  /** Where it is written; the first is the one to name. */
  readonly sources: readonly FactSource[];
  readonly plane: Plane;
  readonly confidence: Confidence;
  /** What it was made of, the first source's first. */
  readonly facts: readonly Trace[];
}

/** What stays of a fact when it is joined: everything else stands in the component. */
export type Trace = Pick<Fact, 'name' | 'reader' | 'source'>;

/** A policy or a workflow, with the components that it speaks of. */
export interface Note {
  readonly fact: Fact;
  readonly links: readonly JoinedLink[];
  readonly open: readonly OpenLink[];
}

/** All facts of a repository, joined. */
export interface Joined {
  readonly components: readonly Component[];
  readonly notes: readonly Note[];
  /** Facts of kind `secret`, as they are. */
  readonly secrets: readonly Fact[];
}

/** A component while it is put together: links lead to other drafts, as ids are given last. */
export interface Draft {
  /** Empty until all are known. */
  id: string;
  readonly kind: FactKind;
  readonly name: string;
  /** The surest first; none once nothing asks for them any more, since they take more room than what came of them. */
  facts: readonly Fact[];
  /** What stays of each of the facts, in their order, once they are given up. */
  traces: readonly Trace[];
  readonly plane: Plane;
  readonly confidence: Confidence;
  readonly attributes: Record<string, JoinedValue>;
  controls: Readonly<Record<string, JoinedValue>>;
  readonly disputes: readonly Dispute[];
  links: DraftLink[];
  open: readonly OpenLink[];
}

export interface DraftLink extends Omit<JoinedLink, 'to'> {
  readonly to: Draft;
}

/** Alphabetical by code units: the same on every machine. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { Confidence, Layer, Profile, Severity } from './severity.ts';

/** Where something is written. Lines and columns start at 1; columns count UTF-16 code units; the end is exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SourceLine {
  readonly line: number;
  readonly text: string;
}

/** The source lines around a location, with secret-like values already masked. */
export interface Snippet {
  /** Number of the first of `lines`. */
  readonly firstLine: number;
  readonly lines: readonly string[];
  /** The line of the key that the location stands below, where it is near. */
  readonly parent: SourceLine | null;
}

export interface Placed {
  readonly location: Location;
  readonly snippet: Snippet;
}

/** One step of an attack path: what happens there, at a real position in the YAML. */
export interface Step extends Placed {
  /** Id of the component or action the step arrives at. */
  readonly node: string;
  /** Layer of that component; null for an actor, absent where no component of the system has this id. */
  readonly layer?: Layer | null;
  readonly text: string;
}

/** An edit that closes the finding once it is true. */
export interface Fix {
  /** One line: what to do. */
  readonly say: string;
  /** The file to edit: not always the one the finding points at. */
  readonly file: string;
  /** Keys from the top of the file to what is patched; empty means the file itself. */
  readonly path: readonly string[];
  /** JSON merge patch (RFC 7396) at `path`; null removes a key. */
  readonly edit: Readonly<Record<string, unknown>>;
  /** The same edit as a block of YAML, to copy. */
  readonly yaml: string;
}

/** One factor of a risk: low, middle, high. */
export type Grade = 1 | 2 | 3;

/** How much a finding matters where it is. docs/risk.md says what each factor goes by. */
export interface Risk {
  /** How near an attacker is. */
  readonly probability: Grade;
  /** What it costs when it happens. */
  readonly impact: Grade;
  /** How little still stands in the way. */
  readonly exploitability: Grade;
  /** The three multiplied: 1 to 27. */
  readonly score: number;
  /** A sentence for each factor, in that order, without a capital or a full stop. */
  readonly why: readonly [string, string, string];
}

/** The highest score there is. */
export const WORST_RISK = 27;

/** What ids of own assertions begin with in findings, waivers and baselines; no rule of a pack has such an id. */
export const ASSERTED = 'assert-';

/** One thing that is wrong, with where, why it matters and what closes it. Every report is made from these. */
export interface Finding extends Placed {
  readonly rule: string;
  readonly title: string;
  readonly layer: Layer;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly profile: Profile | null;
  /** `system.name` of the description it was found in. */
  readonly system: string;
  /** Ids of what it is about: a component, both ends of an edge, the members of a group, the target of a path. */
  readonly subject: readonly string[];
  /** The key it points at, relative to the subject, as the rule names it. */
  readonly at: string;
  readonly message: string;
  /** Stable over moved lines, renamed files and reordered keys. */
  readonly fingerprint: string;
  /** Ids of the threat catalogue. */
  readonly threats: readonly string[];
  readonly fix: Fix;
  /** For an attack path: the walk from a source to the target. */
  readonly steps?: readonly Step[];
  /** For an attack path: every component an attacker can start from and still reach the target. */
  readonly sources?: readonly string[];
  /** What the finding is worth here; left out for what the files of a repository show, which no graph places. */
  readonly risk?: Risk;
  /** For what an artifact shows: what the description says about it, or null where it says nothing. */
  readonly related?: Related | null;
}

/** A second place that belongs to the first, and what is there. */
export interface Related extends Placed {
  readonly message: string;
}

/** A check that could not judge because a fact is not declared. */
export interface Unknown extends Placed {
  readonly rule: string;
  readonly system: string;
  readonly subject: readonly string[];
  /** The facts to declare, as `component.key`. */
  readonly facts: readonly string[];
}

/** Something in a file that keeps it from being read as what it claims to be. */
export interface Problem {
  /** Short name of the kind of mistake, stable: `unknown-key`, `yaml-syntax`, … */
  readonly code: string;
  readonly message: string;
  /** Absent when the whole file is the problem (unreadable, binary). */
  readonly location: Location | null;
  readonly snippet: Snippet | null;
  readonly file: string;
  /** What to write instead, where that is known. */
  readonly suggestion?: string;
  /** A second place that belongs to the same mistake, such as the first of two equal ids. */
  readonly related?: Related;
}

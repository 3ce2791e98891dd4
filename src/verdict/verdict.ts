import type { Finding, Placed, Problem, Unknown } from '../finding/finding.ts';
import type { Confidence, Layer, Profile, Severity } from '../finding/severity.ts';
import type { Comparison } from './comparison.ts';

/** What became of one file. */
export interface FileRecord {
  /** Relative to the working directory, with forward slashes. */
  readonly path: string;
  /** `skipped`: it carries our name but none of our keys; `included`: linted as a part of another file's system. */
  readonly status: 'linted' | 'included' | 'failed' | 'skipped';
  readonly system: string | null;
  /** Those it declares itself, boundaries not counted. */
  readonly components: number;
}

/** What a report says about a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  readonly layer: Layer;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly profile: Profile | null;
  readonly threats: readonly string[];
  /** What goes wrong, in a few sentences. */
  readonly why: string;
  /** One line: what to do about it. */
  readonly remedy: string;
  /** Page of the rule; a rule of somebody's own pack has none. */
  readonly url: string | null;
}

/** Why a finding is not among those that count: somebody's decision, on the record. */
export interface Silence {
  /** A waiver of the description or of `maestro.waivers.yaml`, a comment in the description. */
  readonly by: 'waiver' | 'comment';
  readonly reason: string;
  /** Who accepts the risk; a comment names nobody. */
  readonly owner: string | null;
  /** Last day on which it counts, as written: `2026-12-31`. */
  readonly expires: string | null;
  /** Where the decision is written. */
  readonly at: Placed;
}

/** A finding that somebody accepts. */
export interface Waived extends Finding {
  readonly silence: Silence;
}

/** Everything a report can say about one run, in the order in which it says it. */
export interface Verdict {
  readonly version: string;
  /** False when a file could not be read or is not valid: then no report may look clean. */
  readonly complete: boolean;
  /** In path order. */
  readonly files: readonly FileRecord[];
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** Findings that somebody waived: counted, never among `findings`. Worst first. */
  readonly waived: readonly Waived[];
  /** Findings that the baseline holds, with a severity that has not risen since: counted, never among `findings`. Worst first. */
  readonly known: readonly Finding[];
  /** What deserves a look and fails nothing: a waiver that fits no finding, a baseline entry that is gone. */
  readonly warnings: readonly Problem[];
  /** What differs from the base that was asked for; null without one. `findings` holds all of the head in any case. */
  readonly comparison: Comparison | null;
  readonly unknown: readonly Unknown[];
  readonly errors: readonly Problem[];
  /** For each error what it comes after in a lint of everything: parts of a lint are put together by it. */
  readonly errorOrder?: readonly string[];
  /** Rules that ran, in id order. */
  readonly rules: readonly RuleInfo[];
}

import type { Finding, Problem, Unknown } from '../finding/finding.ts';
import type { Confidence, Layer, Profile, Severity } from '../finding/severity.ts';

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
  readonly waived: readonly Finding[];
  readonly unknown: readonly Unknown[];
  readonly errors: readonly Problem[];
  /** Rules that ran, in id order. */
  readonly rules: readonly RuleInfo[];
}

import type { Finding, Problem, Unknown } from '../finding/finding.ts';
import type { Confidence, Layer, Profile, Severity } from '../finding/severity.ts';

/** What became of one file. */
export interface FileRecord {
  /** Relative to the working directory, with forward slashes. */
  readonly path: string;
  /** `skipped`: it carries our name but none of our keys. */
  readonly status: 'linted' | 'failed' | 'skipped';
  readonly system: string | null;
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
  /** Page of the rule. */
  readonly url: string;
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
  readonly unknown: readonly Unknown[];
  readonly errors: readonly Problem[];
  /** Rules that ran, in id order. */
  readonly rules: readonly RuleInfo[];
}

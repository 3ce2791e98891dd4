import type { Problem } from '../finding/finding.ts';
import type { Comparison } from '../verdict/comparison.ts';
import type { RuleInfo } from '../verdict/verdict.ts';

/** What one side of a comparison is. */
export interface SideName {
  readonly is: 'files' | 'revision' | 'working-tree';
  /** As somebody wrote it. */
  readonly name: string;
}

/** Everything that the reports of `maestro diff` are made from. */
export interface DiffReport {
  /** Of the program. */
  readonly version: string;
  readonly base: SideName;
  readonly head: SideName;
  /** False when something on either side could not be read: then nobody knows all that differs. */
  readonly complete: boolean;
  readonly errors: readonly Problem[];
  readonly comparison: Comparison;
  readonly rules: readonly RuleInfo[];
}

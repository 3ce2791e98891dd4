/** How a run can end, by name; the number is what the process exits with. Source of the numbers: docs/exit-codes.md. */
export const OUTCOMES = {
  /** Linted, nothing at or above the threshold. */
  clean: 0,
  /** Findings at or above the threshold. */
  findings: 1,
  /** The user's mistake: a flag, a config, a description, a rule file, a path that is not there. */
  invalid: 2,
  /** No file matched. Never green: zero files checked is not a pass. */
  nothing: 3,
  /** A mistake of ours. */
  bug: 70,
} as const;
export type Outcome = keyof typeof OUTCOMES;

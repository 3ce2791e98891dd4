import type { Outcome } from '../finding/outcome.ts';

/** A stream as the program writes to it. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  /** Width of the terminal, where there is one. */
  readonly columns?: number;
}

/** Everything of the outside that the program uses: given by bin/, by tests, by the Action. */
export interface Io {
  /** What follows the name of the program. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the installed package, for its rules. */
  readonly home: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks whoever sits at the terminal, and gives the line; null at the end of the input. Absent when nobody does. */
  readonly ask?: (question: string) => Promise<string | null>;
}

/** Where a command leaves how it ended. */
export type End = (outcome: Outcome) => void;

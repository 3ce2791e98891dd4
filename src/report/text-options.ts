/** How the report for people is printed. */
export interface TextOptions {
  /** 0 for none, above that as much as the terminal has; all levels look the same. Nothing is said by colour alone. */
  readonly color: 0 | 1 | 2 | 3;
  /** Columns of the terminal. Only lines of code are cut to it: a message stays one line, to copy and to grep. */
  readonly width: number;
  /** Addresses as OSC 8 links; only for a terminal. */
  readonly links: boolean;
  /** What to call the working directory in the summary; never a machine's path. */
  readonly cwdLabel?: string;
}

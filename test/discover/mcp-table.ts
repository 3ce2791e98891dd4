/** One server as a person reads it off its entry: what has to come out of it. Left out means: is not there. */
export interface Expected {
  readonly transport: string | null;
  readonly package?: string;
  readonly pin?: string | null;
  readonly version?: string;
  readonly runner?: string;
  readonly registry?: string;
  readonly secret?: true;
  readonly auto?: readonly string[];
  readonly changing?: readonly string[];
  readonly reading?: readonly string[];
  readonly machine?: true;
  readonly disabled?: true;
  readonly auth?: string | null;
  readonly exposure?: string;
}

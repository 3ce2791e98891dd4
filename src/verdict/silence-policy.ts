import type { Assertion } from '../model/assertions.ts';
import type { Waiver } from '../model/waivers.ts';
import type { Baseline } from './baseline.ts';
import type { Verdict } from './verdict.ts';

/** The rule whose findings nobody can silence: that a waiver is over. */
export const WAIVER_EXPIRED = 'waiver-expired';

/** What keeps findings from counting besides what the descriptions say themselves, and how far all of it may go. */
export interface SilencePolicy {
  /** Everything counts: neither waivers nor comments nor the baseline hide anything. */
  readonly isOff: boolean;
  /** Entries of `maestro.waivers.yaml`, which hold besides those of the descriptions. */
  readonly waivers: readonly Waiver[];
  readonly baseline: Baseline | null;
  /** A waiver may end at most so many days after the day of the run, and has to end; null for any. */
  readonly maxWaiverDays: number | null;
  /** What `maestro.assert.yaml` asserts: nothing of it is silence, but it lies beside the descriptions in the same way. */
  readonly assertions: readonly Assertion[];
  /** Whether comments count. */
  readonly allowInline: boolean;
  /** Other systems are linted elsewhere: a waiver has to say which system it is for, however many are here. */
  readonly isPart?: boolean;
  /**
   * A run whose decisions hold in place of everything written in these descriptions and in `waivers`: for a change by
   * somebody who may not decide. What it waived stays waived as far as it has not grown, and nothing else is.
   */
  readonly from: Verdict | null;
}

/** What holds where nobody says anything else. */
export const PLAIN_SILENCE: SilencePolicy = {
  isOff: false,
  waivers: [],
  baseline: null,
  maxWaiverDays: null,
  assertions: [],
  allowInline: true,
  from: null,
};

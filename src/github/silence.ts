import { posix } from 'node:path';
import { BASELINE_NAME, type Config } from '../cli/config.ts';
import type { Ground } from '../cli/side.ts';
import {
  baselineName,
  loadSilence,
  type Reader,
  readAssertions,
  type SilenceOptions,
} from '../cli/silence-files.ts';
import type { Assertion } from '../model/assertions.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** Where a run reads what keeps findings from counting. */
export interface Around {
  /** The folder to work in, and the way to it from the root, which the readers start from. */
  readonly cwd: string;
  readonly prefix: string;
  readonly root: string;
  readonly config: Config;
  /** The input `baseline`. */
  readonly baseline: string | null;
  /** The base, when its baseline counts in place of the one of the change. */
  readonly base: Reader | null;
}

/** What `maestro.assert.yaml` of a side says, at places from the root. */
export const assertionsIn = ({ cwd, root }: Around, from: Reader): readonly Assertion[] => {
  const read = readAssertions(cwd, from, root);
  return 'problems' in read ? [] : read.all;
};

const below = (prefix: string, from: Reader): Reader => ({
  read: (name) => from.read(posix.join(prefix, name)),
});

/** For a side as it is: its waivers and comments, and the baseline of the base where that counts. */
export function ownSilence({ cwd, prefix, config, baseline, base }: Around): NonNullable<Ground['silence']> {
  return (from) => {
    const holder = below(prefix, base ?? from);
    const options = optionsFor(holder, baseline);
    const known = baselineName(cwd, holder, config, options)?.name;
    const isBaseline = (name: string) => name === known || posix.basename(name) === BASELINE_NAME;
    const reader: Reader = { read: (name) => (isBaseline(name) ? holder : below(prefix, from)).read(name) };
    return loadSilence(cwd, reader, config, options);
  };
}

/** The same with what the base waives in place of what the change writes: for a change by somebody who may not decide. */
export const silenceOfBase =
  (around: Around, base: Verdict): NonNullable<Ground['silence']> =>
  (from) => {
    const { silence, problems } = ownSilence(around)(from);
    return { silence: { ...silence, waivers: [], from: base }, problems };
  };

/** A baseline that the change itself brings holds once it is merged. */
function optionsFor(holder: Reader, baseline: string | null): SilenceOptions {
  if (baseline === null) return {};
  const there = holder.read(posix.normalize(baseline));
  return there instanceof Uint8Array || there.code !== 'not-there' ? { baseline } : {};
}

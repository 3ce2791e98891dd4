import { fingerprint } from '../finding/fingerprint.ts';
import type { Shard } from '../verdict/part.ts';
import { UserError } from './errors.ts';
import type { Candidate } from './files.ts';

/** More parts than this are a slip of the keyboard. */
const MOST = 10_000;

/** `2/8` as people write it. */
export function shardOf(text: string): Shard {
  const [index, of] = (/^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []).slice(1).map(Number);
  if (index === undefined || of === undefined || index > of || of > MOST)
    throw new UserError(
      `${text} is no part`,
      `Write the part and how many there are, from 1/8 to 8/8 (at most ${MOST})`,
    );
  return { index, of };
}

export interface Split {
  readonly mine: readonly Candidate[];
  readonly others: readonly Candidate[];
}

/** Each file goes by its own name alone, so that a file that comes or goes moves no other into another part. */
export function split(files: readonly Candidate[], { index, of }: Shard): Split {
  const isMine = ({ name }: Candidate): boolean => placeOf(name) % of === index - 1;
  return { mine: files.filter(isMine), others: files.filter((file) => !isMine(file)) };
}

/** A number that a name always gets: 48 bits of its hash. */
const placeOf = (name: string): number => Number.parseInt(fingerprint('shard', '', [name]).slice(0, 12), 16);

/** What `--shard` cannot be combined with: both need all systems at once. */
export function refuseWith(options: {
  readonly base?: string;
  readonly staged?: boolean;
  readonly drift?: boolean;
}): void {
  for (const [option, is] of [
    ['--base', options.base !== undefined],
    ['--staged', options.staged === true],
    ['--drift', options.drift === true],
  ] as const)
    if (is)
      throw new UserError(
        `--shard and ${option} do not go together`,
        `${option} looks at all systems in one run`,
      );
}

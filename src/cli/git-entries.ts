import type { Problem } from '../finding/finding.ts';

/** One file of a revision or of the index. */
export interface Entry {
  /** `100644`, `100755`, or one of the two below. */
  readonly mode: string;
  readonly object: string;
}

export const LINK = '120000';
/** Another repository at that place. */
export const SUBMODULE = '160000';

/** The output of `git ls-tree -r -z` or `git ls-files -s -z`, by path. Of an unmerged file, our side. */
export function entriesOf(listing: Buffer): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const record of listing.toString('utf8').split('\0')) {
    const match = /^(\d{6}) (?:(?:blob|commit) )?([0-9a-f]{40,64})(?: ([0-3]))?\t([\s\S]+)$/.exec(record);
    if (!match) continue;
    const [, mode, object, stage = '0', path] = match;
    if (stage === '1' || (stage === '3' && found.has(path!))) continue;
    found.set(path!, { mode: mode!, object: object! });
  }
  return found;
}

type Why = 'folder' | 'nothing' | 'outside' | 'broken link' | 'submodule' | 'name';

const WORDS: Readonly<Record<Why, readonly [code: string, message: string]>> = {
  folder: ['directory', 'This is a folder with the name of a file'],
  nothing: ['not-there', 'There is no such file in that revision'],
  outside: ['unreadable', 'This is a link that leads out of the repository'],
  'broken link': ['unreadable', 'This is a link that leads nowhere'],
  submodule: ['unreadable', 'This is in another repository'],
  name: ['unreadable', 'The name of the file is not UTF-8'],
};

/** Why a file of a revision cannot be read. */
export const unreadable = (file: string, why: Why): Problem => ({
  code: WORDS[why][0],
  message: WORDS[why][1],
  file,
  location: null,
  snippet: null,
});

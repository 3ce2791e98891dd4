import type { Look } from '../discover/drift/sources.ts';
import { drift } from '../discover/drift.ts';
import { joinFacts } from '../discover/join.ts';
import { READERS } from '../discover/readers.ts';
import type { Finding } from '../finding/finding.ts';
import type { System } from '../model/system.ts';
import { discoverFiles } from './discover-files.ts';
import { discoverListing, type Listing } from './discover-tree.ts';
import { heldAgainst } from './init-summary.ts';

/** What to hold descriptions against: a folder of the disk, or one of a revision. */
export interface Ground {
  /** The folder on the disk; for a listing, from the root of the repository. */
  readonly folder: string;
  readonly listing: Listing | null;
  /** The same folder as reports name it; empty for the working directory. */
  readonly root: string;
  /** What the config leaves alone: patterns from that folder. */
  readonly ignore: readonly string[];
  readonly look: Look;
}

/**
 * Reads the repository, and finds where the descriptions differ from it; of a folder on the disk it says what was read.
 * An entry of its own: `lint` does not load the readers.
 */
export async function findDrift(
  systems: readonly System[],
  { folder, listing, root, ignore, look }: Ground,
): Promise<{ readonly findings: readonly Finding[]; readonly read: string | null }> {
  const onDisk = listing ? null : await discoverFiles(folder, READERS, ignore);
  const { facts } = onDisk ?? (await discoverListing(listing!, folder, READERS, ignore));
  const findings = drift(systems, { joined: joinFacts(facts), root, look });
  return { findings, read: onDisk && heldAgainst(onDisk) };
}

export { draftOf } from '../discover/draft.ts';
export { discoverFiles, joinFacts, READERS };

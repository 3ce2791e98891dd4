import type { Look } from '../discover/drift/sources.ts';
import { drift } from '../discover/drift.ts';
import { type Joined, joinTaken } from '../discover/join.ts';
import { READERS } from '../discover/readers.ts';
import type { Finding } from '../finding/finding.ts';
import type { System } from '../model/system.ts';
import { discoverFiles, type Looked } from './discover-files.ts';
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

/** What a folder shows, joined: facts need far more room than what comes of them, and none of them stays. */
export async function discoverJoined(
  folder: string,
  ignore: readonly string[],
): Promise<{ readonly joined: Joined; readonly looked: Looked }> {
  const { facts, ...looked } = await discoverFiles(folder, READERS, ignore);
  return { joined: joinTaken(facts), looked };
}

/**
 * Reads the repository, and finds where the descriptions differ from it; of a folder on the disk it says what was read.
 * An entry of its own: `lint` does not load the readers.
 */
export async function findDrift(
  systems: readonly System[],
  { folder, listing, root, ignore, look }: Ground,
): Promise<{ readonly findings: readonly Finding[]; readonly read: string | null }> {
  const found = listing
    ? { joined: await listingJoined(listing, folder, ignore), looked: null }
    : await discoverJoined(folder, ignore);
  const findings = drift(systems, { joined: found.joined, root, look });
  return { findings, read: found.looked && heldAgainst(found.looked) };
}

async function listingJoined(listing: Listing, folder: string, ignore: readonly string[]): Promise<Joined> {
  const { facts } = await discoverListing(listing, folder, READERS, ignore);
  return joinTaken(facts);
}

export { draftOf } from '../discover/draft.ts';

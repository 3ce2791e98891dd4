import type { System } from '../../model/system.ts';
import * as access from './access.ts';
import * as bounds from './bounds.ts';
import * as controls from './controls.ts';
import { holdersOf } from './holders.ts';
import type { Mutant } from './mutant.ts';
import * as network from './network.ts';
import type { Operator } from './operator.ts';
import * as pins from './pins.ts';
import * as watchers from './watchers.ts';

/** All operators, in the order of reports and of docs/mutation.md. */
export const OPERATORS: readonly Operator[] = [
  controls.CONTROL_REMOVED,
  controls.EVIDENCE_MISSING,
  bounds.LIMIT_REMOVED,
  bounds.ALLOW_LIST_REMOVED,
  bounds.APPROVAL_REMOVED,
  bounds.APPROVER_REPLACED,
  bounds.GRANT_WIDENED,
  access.AUTH_REMOVED,
  access.TOKEN_FORWARDED,
  access.SECRET_IN_CODE,
  access.IDENTITY_SHARED,
  access.IDENTITY_REMOVED,
  pins.VERSION_FLOATING,
  pins.DIGEST_REMOVED,
  pins.CARD_UNSIGNED,
  network.BOUNDARY_MOVED,
  network.ZONE_OPENED,
  network.EXPOSED,
  network.EGRESS_OPENED,
  network.TRAFFIC_CLEARED,
  network.REGION_LEFT,
  watchers.COVER_REMOVED,
  watchers.WATCH_REMOVED,
  watchers.RECORD_DROPPED,
  watchers.RETENTION_REMOVED,
];

/** Every mutant of a system: by operator, then in the order of the holders. */
export function mutantsOf(system: System): Mutant[] {
  const ground = { system, holders: holdersOf(system) };
  return OPERATORS.flatMap(({ id, make }) => make(ground).map((draft) => ({ operator: id, ...draft })));
}

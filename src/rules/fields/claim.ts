import { measure } from '../../model/units.ts';
import { type DataMap, isDataMap } from '../../model/yaml.ts';
import type { Claim } from '../claims.ts';
import type { Evidence } from '../evidence.ts';
import { uncounted } from '../undeclared.ts';
import type { View, Viewers } from '../view.ts';
import { type Fields, field, it } from './field.ts';

/** A claim with the place that findings about it point at. */
const claim = (v: View): Claim => it<Claim>(v);

const detail = (v: View, key: string): string => {
  const { value } = claim(v);
  const written = isDataMap(value) ? (value as DataMap)[key] : undefined;
  return typeof written === 'string' ? written : '';
};

/** A control that somebody wrote down. */
export const CLAIM: Fields = {
  control: field('string', 'name of the control', (v) => claim(v).control),
  on: field('string', 'what it stands on', (v) => placeName(claim(v).ids)),
  status: field('string', 'in-force, planned or off', (v) => statusOf(claim(v))),
  contradicted: field('bool', 'a fact that is written beside it says the opposite', (v) => contradicted(v)),
  last: field('double', 'day on which it was last tried, in seconds since 1970', (v) =>
    measure('date', detail(v, 'last')),
  ),
  due: field(
    'double',
    'day by which it has to be tried again: last and every together; 0 when either is missing',
    (v) => {
      const last = measure('date', detail(v, 'last'));
      const every = measure('duration', detail(v, 'every'));
      return last > 0 && every > 0 ? last + every : 0;
    },
  ),
  evidence: field('list<Evidence>', 'what backs it', (v, make) =>
    v.world.evidenceOf(claim(v)).map((each) => evidenceView(v, make, each)),
  ),
};

export const EVIDENCE: Fields = {
  control: field('string', 'name of the control it backs', (v) => it<Evidence>(v).control),
  on: field('string', 'what the control stands on', (v) => placeName(it<Evidence>(v).ids)),
  file: field('string', 'path as written; empty for an address', (v) => it<Evidence>(v).file),
  contains: field('string', 'text the file has to hold', (v) => it<Evidence>(v).contains),
  url: field('string', 'address, recorded and never fetched', (v) => it<Evidence>(v).url),
  problem: field('string', 'what is wrong with it; empty when it is there', (v) =>
    v.world.context.evidence(it(v)),
  ),
};

export const evidenceView = (v: View, make: Viewers, evidence: Evidence): View =>
  make.view(v.world, 'Evidence', evidence, {}, evidence.key);

function statusOf({ value }: Claim): string {
  const status = isDataMap(value) ? (value['status'] ?? true) : value;
  if (status === 'planned') return 'planned';
  return status === false || status === null || status === 'false' ? 'off' : 'in-force';
}

/** In force by its own word and against what a fact says, or denied while a fact already says it. */
function contradicted(v: View): boolean {
  const { control, subject, kinds } = claim(v);
  const known = v.world.vocabulary.get(control);
  if (!known || subject === null) return false;
  const holds = (by: typeof known.impliedBy) => {
    const kind = kinds.find((each) => by[each] !== undefined);
    return (
      kind !== undefined && uncounted(() => by[kind]!({ [kind]: v.world.viewOf(subject, kind) }) === true)
    );
  };
  return statusOf(claim(v)) === 'in-force'
    ? holds(known.contradictedBy)
    : statusOf(claim(v)) === 'off' && holds(known.impliedBy);
}

/** Ids of what a control stands on; the system-wide ones belong to the top-level key. */
function placeName(ids: readonly string[]): string {
  return ids.length === 0 || ids[0] === 'controls' ? 'the system (controls)' : ids.join(' → ');
}

import { type Data, isDataMap, type Path } from '../../model/yaml.ts';
import { claimsOf } from '../claims.ts';
import { inForce } from '../enforces.ts';
import { evidenceOf } from '../evidence.ts';
import { type Draft, shown } from './mutant.ts';
import type { Operator } from './operator.ts';

/** A path in no repository, so that nobody has to look whether it is there. */
export const NOWHERE = 'no-such-evidence.maestro-mutation';

export const CONTROL_REMOVED: Operator = {
  id: 'control-removed',
  does: 'takes away one control that is in force, wherever it stands',
  make: ({ system }) =>
    [...claimsOf(system)]
      .filter(({ value }) => inForce(value))
      .map(({ control, value, ids, origin, path }) => ({
        on: ids,
        key: `controls.${control}`,
        says: `${control}: ${shown(value)} removed`,
        edits: [{ origin, path, value: undefined }],
      })),
};

export const EVIDENCE_MISSING: Operator = {
  id: 'evidence-missing',
  does: 'points one piece of evidence at a file that is not there',
  make: ({ system }) =>
    [...claimsOf(system)].flatMap((claim) =>
      evidenceOf(claim)
        .filter(({ file }) => file !== '')
        .map(({ file, path, origin }): Draft => {
          const item = at(claim.value, path.slice(claim.path.length));
          const value = isDataMap(item) ? { ...item, file: NOWHERE } : NOWHERE;
          const says = `evidence of ${claim.control} moved from ${shown(file)} to a file that is not there`;
          const key = ['controls', claim.control, ...path.slice(claim.path.length)].join('.');
          return { on: claim.ids, key, says, edits: [{ origin, path, value }] };
        }),
    ),
};

/** What stands at `path` below a value. */
const at = (value: Data, path: Path): Data =>
  path.reduce<Data>(
    (data, key) => (Array.isArray(data) ? data[Number(key)] : isDataMap(data) ? data[key] : null) ?? null,
    value,
  );

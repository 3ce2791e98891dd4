import { edgesOf } from '../../model/system.ts';
import { change, type Draft } from './mutant.ts';
import type { Ground, Operator } from './operator.ts';

/** One draft for each reference under `key` that a component of this kind makes. */
const eachReference = ({ holders }: Ground, kind: string, key: string, verb: string): Draft[] =>
  holders
    .filter((holder) => holder.kind === kind && holder.component !== null)
    .flatMap((holder) =>
      edgesOf(holder.component!, key).map(({ to, origin, path }) => ({
        on: holder.on,
        key: `${key}.${to.id}`,
        says: `${to.id} ${verb} no more`,
        edits: [{ origin, path, value: undefined }],
      })),
    );

export const COVER_REMOVED: Operator = {
  id: 'cover-removed',
  does: 'takes one component from what a security service covers',
  make: (ground) => eachReference(ground, 'service', 'covers', 'covered'),
};

export const WATCH_REMOVED: Operator = {
  id: 'watch-removed',
  does: 'takes one component from what an audit trail, a log or an alarm observes',
  make: (ground) => eachReference(ground, 'monitor', 'observes', 'observed'),
};

export const RECORD_DROPPED: Operator = {
  id: 'record-dropped',
  does: 'has a monitor record one sort of event less',
  make: ({ holders }) =>
    holders
      .filter(({ kind }) => kind === 'monitor')
      .flatMap((holder) => {
        const { records } = holder.raw;
        if (!Array.isArray(records)) return [];
        return records.map((record, i) => ({
          ...change(holder, ['records', String(i)], undefined, `records: ${String(record)} removed`),
          key: `records.${String(record)}`,
        }));
      }),
};

export const RETENTION_REMOVED: Operator = {
  id: 'retention-removed',
  does: 'keeps data or records without an end',
  make: ({ holders }) =>
    holders
      .filter(({ raw }) => typeof raw['retention'] === 'string' && raw['retention'] !== 'forever')
      .map((holder) =>
        change(holder, ['retention'], undefined, `retention: ${String(holder.raw['retention'])} removed`),
      ),
};

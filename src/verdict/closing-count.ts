/** How many changes close how many of the attack paths that count. */
export interface ClosingCount {
  /** At least so many, where the changes were not counted. */
  readonly paths: number;
  /** Those that are gone once the changes are made: tried in a copy, never only computed. */
  readonly closed: number;
  /** null where finding out would take longer than a lint may. */
  readonly changes: number | null;
}

/** Of several systems together: no change to one closes a path of another. */
export const addClosings = (counts: readonly ClosingCount[]): ClosingCount =>
  counts.reduce(
    (one, other) => ({
      paths: one.paths + other.paths,
      closed: one.closed + other.closed,
      changes: one.changes === null || other.changes === null ? null : one.changes + other.changes,
    }),
    { paths: 0, closed: 0, changes: 0 },
  );

/** One path has its remedy; what closes several at once is worth a line. */
export const worthSaying = (closing: ClosingCount | null): ClosingCount | null =>
  closing !== null && closing.paths > 1 ? closing : null;

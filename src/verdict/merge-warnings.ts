import type { Problem } from '../finding/finding.ts';
import { goneEntriesIn, goneEntriesOf } from './silence.ts';
import type { Verdict } from './verdict.ts';

/**
 * Warnings of parts as one lint has them. A part knows its own systems only: what is written in a file that
 * several parts have is unused when all of them say so.
 */
export function togetherWarnings(verdicts: readonly Verdict[]): Problem[] {
  const all = new Map<string, { readonly problem: Problem; times: number }>();
  const gone = new Map<string, number>();
  for (const { warnings } of verdicts) {
    for (const problem of warnings) {
      const entries = goneEntriesIn(problem);
      if (entries > 0) {
        gone.set(problem.file, (gone.get(problem.file) ?? 0) + entries);
        continue;
      }
      const key = JSON.stringify([problem.code, problem.file, problem.location, problem.message]);
      const there = all.get(key);
      if (there) there.times++;
      else all.set(key, { problem, times: 1 });
    }
  }
  const holders = new Map<string, number>();
  for (const { files } of verdicts)
    for (const { path } of files) holders.set(path, (holders.get(path) ?? 0) + 1);
  const isTrue = ({ problem, times }: { problem: Problem; times: number }): boolean =>
    times >= (holders.get(problem.file) ?? 1);
  return [
    ...[...all.values()].filter(isTrue).map(({ problem }) => problem),
    ...[...gone].map(([file, entries]) => goneEntriesOf(file, entries)),
  ];
}

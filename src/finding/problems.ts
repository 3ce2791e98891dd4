import type { Problem } from './finding.ts';
import { mask } from './secrets.ts';

/** Mistakes shown of one file; who makes more of them corrects these first. */
export const MAX_PROBLEMS = 100;

/** The problems of one description as reports show them: in the order of its files, not too many, secrets masked. */
export function presentable(problems: readonly Problem[]): Problem[] {
  const shown = [...problems].sort(byPlace).slice(0, MAX_PROBLEMS).map(masked);
  const last = shown.at(-1);
  if (!last || problems.length <= MAX_PROBLEMS) return shown;
  const message = `There are more mistakes in this file; these are the first ${MAX_PROBLEMS}`;
  return [...shown, { code: 'more-problems', message, file: last.file, location: null, snippet: null }];
}

/** The same for problems of many files that have nothing to do with each other. */
export const presentableByFile = (problems: readonly Problem[]): Problem[] =>
  [...new Set(problems.map(({ file }) => file))]
    .sort()
    .flatMap((file) => presentable(problems.filter((problem) => problem.file === file)));

const byPlace = (a: Problem, b: Problem): number =>
  (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
  (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
  (a.location?.column ?? 0) - (b.location?.column ?? 0);

const masked = (problem: Problem): Problem => ({
  ...problem,
  message: mask(problem.message),
  ...(problem.suggestion === undefined ? {} : { suggestion: mask(problem.suggestion) }),
});

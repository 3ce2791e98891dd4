import type { Problem } from './finding.ts';
import { mask } from './secrets.ts';

/** Mistakes shown of one file; who makes more of them corrects these first. */
export const MAX_PROBLEMS = 100;

/** The problems of one file as reports show them: in the order of the file, not too many, with secrets masked. */
export function presentable(problems: readonly Problem[]): Problem[] {
  const shown = [...problems].sort(byPlace).slice(0, MAX_PROBLEMS).map(masked);
  const last = shown.at(-1);
  if (!last || problems.length <= MAX_PROBLEMS) return shown;
  const message = `There are more mistakes in this file; these are the first ${MAX_PROBLEMS}`;
  return [...shown, { code: 'more-problems', message, file: last.file, location: null, snippet: null }];
}

const byPlace = (a: Problem, b: Problem): number =>
  (a.location?.line ?? 0) - (b.location?.line ?? 0) || (a.location?.column ?? 0) - (b.location?.column ?? 0);

const masked = (problem: Problem): Problem => ({
  ...problem,
  message: mask(problem.message),
  ...(problem.suggestion === undefined ? {} : { suggestion: mask(problem.suggestion) }),
});

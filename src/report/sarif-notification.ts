import type { Notification } from 'sarif';
import type { Problem, Unknown } from '../finding/finding.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { sarifMessage } from './escape.ts';
import { sarifFile, sarifPlace } from './sarif-place.ts';

/** Checks that could not judge, listed one by one; the rest is counted. */
const MAX_UNKNOWN = 100;
/** Warnings, likewise. */
const MAX_WARNINGS = 100;
/** Of what GitHub takes, it shows only so many. */
const GITHUB_SHOWS = 5000;

/**
 * What there is to say about the run itself. `kept` is how many findings the file holds. Kinds of notification are
 * not listed under `tool.driver.notifications`: GitHub would want a whole help page for each (GH2012).
 */
export const notifications = (
  verdict: Verdict,
  kept: number,
  ruleIndex: ReadonlyMap<string, number>,
): Notification[] => [
  ...verdict.errors.map((problem) => ofProblem(problem, 'error')),
  ...verdict.warnings.slice(0, MAX_WARNINGS).map((problem) => ofProblem(problem, 'warning')),
  ...moreWarnings(verdict.warnings.length - MAX_WARNINGS),
  ...ofLimits(verdict.findings.length, kept),
  ...verdict.unknown.slice(0, MAX_UNKNOWN).map((unknown) => ofUnknown(unknown, ruleIndex)),
  ...rest(verdict.unknown.length - MAX_UNKNOWN),
];

const note = (id: string, level: Notification.level, text: string): Notification => ({
  descriptor: { id },
  level,
  message: { text },
});

function ofProblem(
  { code, message, file, location, suggestion, related }: Problem,
  level: 'error' | 'warning',
): Notification {
  const meant = suggestion === undefined ? '' : `\nHelp: ${sarifMessage(suggestion)}`;
  const second = related && {
    ...sarifPlace(related.location),
    message: { text: sarifMessage(related.message) },
  };
  return {
    ...note(code, level, sarifMessage(message) + meant),
    locations: [location ? sarifPlace(location) : sarifFile(file), ...(second ? [second] : [])],
  };
}

function ofUnknown({ rule, facts, location }: Unknown, ruleIndex: ReadonlyMap<string, number>): Notification {
  const index = ruleIndex.get(rule);
  return {
    ...note('unknown', 'note', sarifMessage(`${rule} could not judge: not declared: ${facts.join(', ')}`)),
    associatedRule: { id: rule, ...(index !== undefined && { index }) },
    locations: [sarifPlace(location)],
  };
}

const rest = (more: number): Notification[] =>
  more > 0 ? [note('unknown', 'note', `${more} more checks could not judge`)] : [];

const moreWarnings = (more: number): Notification[] =>
  more > 0 ? [note('more-warnings', 'warning', `${more} more warnings`)] : [];

function ofLimits(found: number, kept: number): Notification[] {
  if (kept < found) {
    return [note('results-cut', 'warning', `${found} findings, of which this file holds the ${kept} worst`)];
  }
  const text = `GitHub shows ${GITHUB_SHOWS} of these ${found} findings, the worst first`;
  return found > GITHUB_SHOWS ? [note('results-hidden', 'note', text)] : [];
}

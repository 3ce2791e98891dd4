import type { Finding, Problem } from '../finding/finding.ts';
import { fingerprint } from '../finding/fingerprint.ts';
import type { Severity } from '../finding/severity.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { jsonText, visible, wellFormed } from './escape.ts';
import { worstFirst } from './order.ts';

/** GitLab knows five severities, the mildest of which (`info`) says that nothing is wrong. */
const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

/**
 * The code quality report of GitLab: one list of everything that is open, worst first, since GitLab compares the
 * reports of both branches itself. What could not be read comes first, as blockers.
 * Source of the format: docs.gitlab.com, Code Quality, "Code Quality report format".
 */
export function gitlabReport({ errors, findings }: Verdict): string {
  const seen = new Map<string, number>();
  return `${jsonText([
    ...errors.map((problem) => ofProblem(problem, seen)),
    ...worstFirst(findings).map(ofFinding),
  ])}\n`;
}

const ofFinding = ({ rule, severity, message, fix, fingerprint, location }: Finding) => ({
  description: visible(`${message}. Fix: ${fix.say}`),
  check_name: rule,
  fingerprint,
  severity: SEVERITIES[severity],
  location: place(location.file, location.line, location.endLine),
});

function ofProblem({ code, message, suggestion, file, location }: Problem, seen: Map<string, number>) {
  const base = fingerprint(code, wellFormed(file), [wellFormed(message)]);
  const n = seen.get(base) ?? 0;
  seen.set(base, n + 1);
  return {
    description: visible(`Not checked: ${message}${suggestion === undefined ? '' : `. Help: ${suggestion}`}`),
    check_name: code,
    // GitLab shows only the first of equal ones.
    fingerprint: n === 0 ? base : fingerprint(code, wellFormed(file), [wellFormed(message)], `#${n}`),
    severity: 'blocker',
    location: place(file, location?.line ?? 1, location?.endLine ?? 1),
  };
}

const place = (path: string, begin: number, end: number) => ({ path, lines: { begin, end } });

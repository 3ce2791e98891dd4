import { SEVERITIES } from '../finding/severity.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** The numbers of a run that every summary shows. */
export function tally(verdict: Verdict) {
  const of = (status: string) => verdict.files.filter((file) => file.status === status);
  const bySeverity = SEVERITIES.map((severity) => ({
    severity,
    findings: verdict.findings.filter((finding) => finding.severity === severity).length,
  }));
  return {
    linted: of('linted').length,
    included: of('included').length,
    failed: of('failed').length,
    skipped: of('skipped').length,
    components: verdict.files.reduce((sum, file) => sum + file.components, 0),
    bySeverity,
    waived: verdict.waived.length,
    known: verdict.known.length,
  };
}

import { SEVERITIES } from '../../src/finding/severity.ts';
import {
  type ComplianceReport,
  complianceJson,
  type SeenControl,
  type SeenCriterion,
} from '../../src/report/compliance.ts';

const location = { file: 'maestro.yaml', line: 4, column: 3, endLine: 4, endColumn: 9 };
const control: SeenControl = {
  control: 'audit_log',
  system: 'desk',
  on: ['trader'],
  evidence: ['infra/log.tf'],
  wrong: [],
  location,
};
const broken: SeenControl = { ...control, on: [], wrong: ['infra/log.tf is not there'] };
const entry = (id: string, more: Partial<SeenCriterion>): SeenCriterion => ({
  id,
  ref: `soc2:${id}:2017`,
  title: 'anomaly monitoring',
  findings: [],
  accepted: [],
  backed: [],
  unbacked: [],
  ...more,
});

/** A report with an entry in each state. */
export const report: ComplianceReport = {
  version: '0.0.0',
  complete: false,
  framework: { id: 'soc2', name: 'SOC 2' },
  systems: ['desk', 'bank'],
  criteria: [
    entry('CC7.1', {
      findings: SEVERITIES.map((severity) => ({
        rule: 'audit-trail-missing',
        system: 'desk',
        severity,
        findings: 2,
      })),
      accepted: [{ rule: 'owner-missing', system: 'desk', severity: 'low', findings: 1 }],
      unbacked: [broken],
    }),
    entry('CC7.2', { unbacked: [broken], backed: [control] }),
    entry('CC7.3', { backed: [control] }),
    entry('CC7.4', {}),
  ],
  errors: [
    { code: 'empty', message: 'The file is empty', file: 'maestro.yaml', location: null, snippet: null },
  ],
};

/** JSON of `maestro rules --compliance` with everything in it that it can hold. */
export const complianceReports = (): unknown[] => [JSON.parse(complianceJson(report))];

import { SEVERITIES } from '../../src/finding/severity.ts';
import { type PathsReport, pathsJson } from '../../src/report/paths-json.ts';
import type { ClosingPlan, PlannedChange } from '../../src/verdict/closing.ts';
import { opened } from '../report/change-fixture.ts';
import { finding, placed } from '../report/verdict-fixture.ts';

const at = placed('intake');
const PLACES = [
  { is: 'component', ids: ['intake'] },
  { is: 'action', ids: ['mail.send'] },
  { is: 'edge', ids: ['intake', 'mail'] },
  { is: 'granted-action', ids: ['intake', 'mail.send'] },
] as const;
const paths = [opened(), ...SEVERITIES.map((severity) => finding({ severity }))];
const changes: PlannedChange[] = PLACES.map((place) => ({
  control: 'human_approval',
  means: 'A person approves each high-impact action before it happens',
  place,
  location: at.location,
  file: at.location.file,
  path: ['agents', 'intake'],
  edit: { controls: { human_approval: true } },
  yaml: 'agents:\n  intake:\n    controls: { human_approval: true }',
  closes: [paths[0]!.fingerprint],
}));
const problem = { code: 'empty', message: 'The file is empty', file: 'maestro.yaml', snippet: null };

/** A plan that did not come out: one path is beyond every control, another is there after all changes. */
export const plan: ClosingPlan = {
  system: 'shop',
  file: at.location.file,
  paths,
  changes,
  proof: [{ rule: paths[0]!.rule, nodes: ['stranger', 'intake', 'mail.send'] }],
  beyond: [paths[1]!],
  left: [{ rule: paths[0]!.rule, target: paths[0]!.subject.join(' ') }],
};

export const report: PathsReport = {
  version: '0.0.0',
  complete: false,
  plans: [plan],
  systems: 2,
  rules: 3,
  unreached: [],
  errors: [
    { ...problem, location: null },
    { ...problem, location: at.location, suggestion: 'Begin it with `maestro: 1`' },
  ],
};

/** JSON of `maestro paths` with everything in it that it can hold. */
export const pathsReports = (): unknown[] => [JSON.parse(pathsJson(report))];

import type { Finding, Location, Problem } from '../finding/finding.ts';
import type { ClosingPlan, PlannedChange } from '../verdict/closing.ts';
import { jsonText } from './escape.ts';

/** Everything that a report of `maestro paths` says. */
export interface PathsReport {
  readonly version: string;
  /** False when something could not be read: then nobody knows all paths. */
  readonly complete: boolean;
  /** Systems with at least one path, in the order of their names. */
  readonly plans: readonly ClosingPlan[];
  /** How many systems were looked at. */
  readonly systems: number;
  /** How many of the rules that ran look for attack paths. */
  readonly rules: number;
  /** Names of the systems in which nothing is described at which an attacker starts: in those no path can be found. */
  readonly unreached: readonly string[];
  readonly errors: readonly Problem[];
}

/** The plans for programs, `paths-v1`: the shape of `schemas/paths-1.schema.json`. */
export const pathsJson = ({
  version,
  complete,
  plans,
  systems,
  rules,
  unreached,
  errors,
}: PathsReport): string =>
  `${jsonText({
    version: 'paths-v1',
    tool: { name: 'maestro', version },
    complete,
    systems: plans.map(planJson),
    unreached,
    errors: errors.map(problemJson),
    summary: {
      systems,
      rules,
      paths: sum(plans, ({ paths }) => paths),
      changes: sum(plans, ({ changes }) => changes),
      beyond: sum(plans, ({ beyond }) => beyond),
      left: sum(plans, ({ left }) => left),
    },
  })}\n`;

const sum = (plans: readonly ClosingPlan[], of: (plan: ClosingPlan) => readonly unknown[]): number =>
  plans.reduce((total, plan) => total + of(plan).length, 0);

const planJson = ({ system, file, paths, changes, proof, beyond, left }: ClosingPlan) => ({
  system,
  file,
  paths: paths.map(pathJson),
  changes: changes.map(changeJson),
  needed: proof.length,
  exact: changes.length === proof.length,
  proof,
  beyond: beyond.map(({ fingerprint }) => fingerprint),
  verified: left.length === 0,
  left,
});

const pathJson = ({
  rule,
  title,
  severity,
  subject,
  message,
  location,
  fingerprint,
  ...finding
}: Finding) => ({
  rule,
  title,
  severity,
  subject,
  message,
  location: locationJson(location),
  fingerprint,
  steps: (finding.steps ?? []).map((step) => ({
    node: step.node,
    text: step.text,
    location: locationJson(step.location),
  })),
  sources: finding.sources ?? [],
});

const changeJson = ({ control, place, location, file, path, edit, yaml, closes }: PlannedChange) => ({
  control,
  place: { is: place.is, ids: place.ids },
  location: locationJson(location),
  file,
  path,
  edit,
  yaml,
  closes,
});

export const problemJson = ({ code, message, file, location, suggestion }: Problem) => ({
  code,
  message,
  file,
  location: location && locationJson(location),
  ...(suggestion !== undefined && { suggestion }),
});

export const locationJson = ({ file, line, column, endLine, endColumn }: Location) => ({
  file,
  line,
  column,
  end_line: endLine,
  end_column: endColumn,
});

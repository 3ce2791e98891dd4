import type { Finding, Location, Problem } from '../finding/finding.ts';
import type {
  Comparison,
  ComponentChange,
  ControlChange,
  GrantChange,
  Grown,
  Rename,
} from '../verdict/comparison.ts';
import type { DiffReport } from './diff.ts';
import { jsonText } from './escape.ts';

/** The comparison for programs, `diff-v1`: the shape of `schemas/diff-1.schema.json`. */
export const diffJson = ({ version, base, head, complete, comparison, errors }: DiffReport): string =>
  `${jsonText({
    version: 'diff-v1',
    tool: { name: 'maestro', version },
    base: { is: base.is, name: base.name },
    head: { is: head.is, name: head.name },
    complete,
    ...comparisonJson(comparison),
    errors: errors.map(problemJson),
    summary: summaryJson(comparison),
  })}\n`;

/** All parts of a comparison as plain data. Findings carry what names them; the report of a lint has the rest. */
const comparisonJson = ({ added, grown, fixed, standing, grants, controls, components }: Comparison) => ({
  findings: {
    added: added.map(findingJson),
    grown: grown.map(grownJson),
    fixed: fixed.map(findingJson),
    standing: standing.map(findingJson),
  },
  paths: { opened: paths(added), closed: paths(fixed) },
  grants: { widened: grants.widened.map(grantJson), narrowed: grants.narrowed.map(grantJson) },
  controls: {
    added: controls.added.map(controlJson),
    removed: controls.removed.map(controlJson),
    weakened: controls.weakened.map(controlJson),
  },
  components: {
    added: components.added.map(componentJson),
    removed: components.removed.map(componentJson),
    renamed: components.renamed.map(renameJson),
  },
});

function summaryJson({ added, grown, fixed, standing }: Comparison) {
  return { added: added.length, grown: grown.length, fixed: fixed.length, standing: standing.length };
}

/** Fingerprints of attack paths. */
const paths = (findings: readonly Finding[]): string[] =>
  findings.filter(({ steps }) => steps !== undefined).map(({ fingerprint }) => fingerprint);

const findingJson = (finding: Finding) => ({
  rule: finding.rule,
  title: finding.title,
  severity: finding.severity,
  system: finding.system,
  subject: finding.subject,
  message: finding.message,
  location: locationJson(finding.location),
  fingerprint: finding.fingerprint,
  fix: { say: finding.fix.say, yaml: finding.fix.yaml },
  ...(finding.steps && {
    steps: finding.steps.map(({ node, text, location }) => ({
      node,
      text,
      location: locationJson(location),
    })),
  }),
  ...(finding.sources && { sources: finding.sources }),
});

const grownJson = ({ finding, before, how }: Grown) => ({
  ...findingJson(finding),
  before: { severity: before.severity, fingerprint: before.fingerprint },
  how,
});

const grantJson = ({ system, agent, tool, how, at }: GrantChange) => ({
  system,
  agent,
  tool: tool === '' ? null : tool,
  how,
  location: locationJson(at.location),
});

const controlJson = ({ system, subject, control, how, at }: ControlChange) => ({
  system,
  subject,
  control,
  how,
  location: locationJson(at.location),
});

const componentJson = ({ system, id, kind, layer, at }: ComponentChange) => ({
  system,
  id,
  kind,
  layer,
  location: locationJson(at.location),
});

const renameJson = ({ system, from, to }: Rename) => ({ system, from, to });

const problemJson = ({ code, message, file, location, suggestion }: Problem) => ({
  code,
  message,
  file,
  location: location && locationJson(location),
  ...(suggestion !== undefined && { suggestion }),
});

const locationJson = ({ file, line, column, endLine, endColumn }: Location) => ({
  file,
  line,
  column,
  end_line: endLine,
  end_column: endColumn,
});

import type { Finding, Fix, Location, Problem, Related, Risk, Step, Unknown } from '../finding/finding.ts';
import type { PartGate } from '../verdict/part.ts';
import { sinceBase } from '../verdict/since-base.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { jsonText } from './escape.ts';
import { silenceJson } from './silence.ts';
import { tally } from './tally.ts';

export interface JsonOptions {
  /** Threat ids of the catalogue to what other frameworks call them, as `owasp-asi:ASI03:2026`. */
  readonly frameworksOf: (threats: readonly string[]) => readonly string[];
  /** For a lint in parts: which one this is, so that `merge` can put them together. */
  readonly part?: PartGate | null;
}

/** The report for programs, `json-v1`: the shape of `schemas/report-1.schema.json`. */
export function jsonReport(verdict: Verdict, options: JsonOptions): string {
  const since = sinceBase(verdict);
  return `${jsonText({
    version: 'json-v1',
    tool: { name: 'maestro', version: verdict.version },
    complete: verdict.complete,
    files: verdict.files.map(({ path, status, system, components }) => ({
      path,
      status,
      system,
      components,
    })),
    findings: verdict.findings.map((finding) => ({
      ...findingJson(finding, options),
      ...(since && { change: since(finding) }),
    })),
    waived: verdict.waived.map((finding) => ({
      ...findingJson(finding, options),
      silence: silenceJson(finding.silence),
    })),
    known: verdict.known.map((finding) => findingJson(finding, options)),
    unknown: verdict.unknown.map(unknownJson),
    errors: verdict.errors.map(problemJson),
    warnings: verdict.warnings.map(problemJson),
    summary: summaryJson(verdict),
    ...(options.part && { part: partJson(options.part, verdict) }),
  })}\n`;
}

/** The whole verdict as it is, for the program itself to read: nothing that any report shows may get lost. */
const partJson = ({ shard, failOn, failOnUnknown, closing }: PartGate, verdict: Verdict) => ({
  shard: { index: shard.index, of: shard.of },
  fail_on: failOn,
  fail_on_unknown: failOnUnknown,
  closing,
  verdict,
});

const findingJson = (finding: Finding, { frameworksOf }: JsonOptions) => ({
  rule: finding.rule,
  title: finding.title,
  layer: finding.layer,
  severity: finding.severity,
  confidence: finding.confidence,
  profile: finding.profile,
  system: finding.system,
  subject: finding.subject,
  at: finding.at,
  message: finding.message,
  location: locationJson(finding.location),
  fingerprint: finding.fingerprint,
  threats: finding.threats,
  frameworks: frameworksOf(finding.threats),
  fix: fixJson(finding.fix),
  ...(finding.risk && { risk: riskJson(finding.risk) }),
  ...(finding.steps && { steps: finding.steps.map(stepJson) }),
  ...(finding.sources && { sources: finding.sources }),
  ...(finding.related && { related: relatedJson(finding.related) }),
});

export const riskJson = ({ probability, impact, exploitability, score, why }: Risk) => ({
  probability,
  impact,
  exploitability,
  score,
  why,
});

const fixJson = ({ say, file, path, edit, yaml }: Fix) => ({ say, file, path, edit, yaml });

const stepJson = ({ node, text, location }: Step) => ({ node, text, location: locationJson(location) });

const unknownJson = ({ rule, system, subject, facts, location }: Unknown) => ({
  rule,
  system,
  subject,
  facts,
  location: locationJson(location),
});

const problemJson = ({ code, message, file, location, suggestion, related }: Problem) => ({
  code,
  message,
  file,
  location: location && locationJson(location),
  ...(suggestion !== undefined && { suggestion }),
  ...(related && { related: relatedJson(related) }),
});

const relatedJson = ({ message, location }: Related) => ({ message, location: locationJson(location) });

const locationJson = ({ file, line, column, endLine, endColumn }: Location) => ({
  file,
  line,
  column,
  end_line: endLine,
  end_column: endColumn,
});

function summaryJson(verdict: Verdict) {
  const { linted, included, failed, skipped, bySeverity, known } = tally(verdict);
  const byWaiver = verdict.waived.filter(({ silence }) => silence.by === 'waiver').length;
  const findings = Object.fromEntries(bySeverity.map(({ severity, findings }) => [severity, findings]));
  return {
    files: { linted, included, failed, skipped },
    findings: { ...findings, total: verdict.findings.length },
    unknown: verdict.unknown.length,
    waived: byWaiver,
    suppressed: verdict.waived.length - byWaiver + known,
    errors: verdict.errors.length,
    warnings: verdict.warnings.length,
  };
}

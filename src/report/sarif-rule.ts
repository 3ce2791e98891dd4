import type { ReportingDescriptor, ReportingDescriptorRelationship, Result } from 'sarif';
import type { Finding } from '../finding/finding.ts';
import type { Severity } from '../finding/severity.ts';
import type { RuleInfo } from '../verdict/verdict.ts';
import { markdownProse, sarifMessage, visible } from './escape.ts';
import { webUri } from './sarif-place.ts';
import { parseReference } from './sarif-taxonomy.ts';

export const LEVELS: Record<Severity, Result.level> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
/** GitHub's bands: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, below low. It reads a string, on the rule. */
const SECURITY_SEVERITY: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
};
/** CodeQL's words for a level, which GitHub filters by. */
const PROBLEM_SEVERITY = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
  none: 'recommendation',
};

const MAX_TAGS = 10;
/** GitHub cuts descriptions at this length. */
const MAX_DESCRIPTION = 1024;

/** A rule as GitHub shows it beside an alert. `references` are those of its threats. */
export function sarifRule(
  rule: RuleInfo,
  references: readonly string[],
  relationships: ReportingDescriptorRelationship[],
): ReportingDescriptor {
  const level = LEVELS[rule.severity];
  const page = rule.url === null ? undefined : webUri(rule.url);
  const why = rule.why.trim() || rule.title;
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: description(rule.title) },
    fullDescription: { text: description(why) },
    help: {
      text: `${paragraphs(why)}\n\nFix: ${paragraphs(rule.remedy)}`,
      // GitHub renders this as it stands: braces in CodeQL's own help are not doubled either.
      markdown: [
        markdownProse(why),
        `**Fix**: ${markdownProse(rule.remedy)}`,
        ...(page ? [`More: <${page}>`] : []),
      ].join('\n\n'),
    },
    ...(page && { helpUri: page }),
    defaultConfiguration: { level },
    ...(relationships.length > 0 && { relationships }),
    properties: {
      tags: tags(rule, references),
      precision: rule.confidence,
      'security-severity': SECURITY_SEVERITY[rule.severity],
      'problem.severity': PROBLEM_SEVERITY[level],
    },
  };
}

/** What is known of a rule that a finding names and the verdict does not list, so that no result lacks its rule. */
export const ruleOfFinding = (finding: Finding, url: string): RuleInfo => ({
  id: finding.rule,
  title: finding.title,
  layer: finding.layer,
  severity: finding.severity,
  confidence: finding.confidence,
  profile: finding.profile,
  threats: finding.threats,
  why: finding.title,
  remedy: finding.fix.say,
  url,
});

/** `security` makes GitHub show a severity; CWE and ASI ids are the two lists people filter by. */
function tags(rule: RuleInfo, references: readonly string[]): string[] {
  const parsed = references.map(parseReference);
  const cwe = parsed
    .filter(({ prefix }) => prefix === 'cwe')
    .map(({ entry }) => `external/cwe/cwe-${entry.replace(/^CWE-/, '').padStart(3, '0')}`);
  const asi = parsed
    .filter(({ prefix }) => prefix === 'owasp-asi')
    .map(({ entry, edition }) => (edition ? `${entry}:${edition}` : entry));
  return [...new Set(['security', rule.layer, ...cwe, ...asi])].map(visible).slice(0, MAX_TAGS);
}

const pascalCase = (id: string): string =>
  id
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** Lines of one paragraph joined, paragraphs kept apart. */
const paragraphs = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => sarifMessage(paragraph.replace(/\s+/g, ' ').trim()))
    .join('\n\n');

const description = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return sarifMessage(line.length > MAX_DESCRIPTION ? `${line.slice(0, MAX_DESCRIPTION - 1)}…` : line);
};

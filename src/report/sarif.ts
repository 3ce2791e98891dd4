import type { Log } from 'sarif';
import type { Finding } from '../finding/finding.ts';
import { sinceBase } from '../verdict/since-base.ts';
import type { RuleInfo, Verdict } from '../verdict/verdict.ts';
import { jsonText } from './escape.ts';
import { worstFirst } from './order.ts';
import { notifications } from './sarif-notification.ts';
import { SOURCE_ROOT } from './sarif-place.ts';
import { sarifResult } from './sarif-result.ts';
import { ruleOfFinding, sarifRule } from './sarif-rule.ts';
import { suppressed } from './sarif-suppressed.ts';
import { type FrameworkInfo, taxonomies } from './sarif-taxonomy.ts';

/** GitHub rejects a run with more results. */
const MAX_RESULTS = 25_000;

export interface SarifOptions {
  /** Home of the tool. */
  readonly informationUri: string;
  /** Tells uploads for one commit apart (one a system, say); must not change from run to run. */
  readonly category?: string;
  /** Threat id to what other frameworks call it, as `owasp-asi:ASI03:2026`. */
  readonly taxonomy: ReadonlyMap<string, readonly string[]>;
  readonly frameworks: readonly FrameworkInfo[];
  readonly maxResults?: number;
  /**
   * Also lists what was waived and what the baseline holds, marked as such. For auditors: GitHub opens an alert for each.
   */
  readonly includeSuppressed?: boolean;
}

/**
 * The report for code scanning: one run of SARIF 2.1.0 within GitHub's limits. Nothing in it depends on the
 * machine or the time.
 */
export function sarifReport(verdict: Verdict, options: SarifOptions): string {
  const since = sinceBase(verdict);
  const most = options.maxResults ?? MAX_RESULTS;
  const findings = worstFirst(verdict.findings).slice(0, most);
  const others = options.includeSuppressed ? suppressed(verdict).slice(0, most - findings.length) : [];
  const listed = [...findings, ...others.map(({ finding }) => finding)];
  const rules = allRules(verdict.rules, listed, options.informationUri);
  const ruleIndex = new Map(rules.map((rule, i) => [rule.id, i]));
  const referencesOf = (rule: RuleInfo) => [
    ...new Set(rule.threats.flatMap((threat) => options.taxonomy.get(threat) ?? [])),
  ];
  const { components, relationshipsOf } = taxonomies(rules, referencesOf, options.frameworks);

  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'maestro',
            version: verdict.version,
            semanticVersion: verdict.version,
            informationUri: options.informationUri,
            rules: rules.map((rule) => sarifRule(rule, referencesOf(rule), relationshipsOf(rule))),
            ...(components.length > 0 && {
              supportedTaxonomies: components.map(({ name }, index) => ({ name, index })),
            }),
          },
        },
        // GitHub takes what precedes the last slash as the category: without one, two categories would be one.
        automationDetails: { id: options.category ? `maestro/${options.category}/` : 'maestro/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          [SOURCE_ROOT]: { description: { text: 'The directory that was linted from.' } },
        },
        invocations: [
          {
            executionSuccessful: verdict.complete,
            toolExecutionNotifications: notifications(verdict, findings.length, ruleIndex),
          },
        ],
        ...(components.length > 0 && { taxonomies: [...components] }),
        results: [
          ...findings.map((finding) => ({
            ...sarifResult(finding, ruleIndex.get(finding.rule)!, since?.(finding)),
            // Where one result says whether it is suppressed, all have to (SARIF 2.1.0, 3.27.23).
            ...(options.includeSuppressed && { suppressions: [] }),
          })),
          ...others.map(({ finding, suppressions }) => ({
            ...sarifResult(finding, ruleIndex.get(finding.rule)!),
            suppressions,
          })),
        ],
      },
    ],
  };
  return `${jsonText(log)}\n`;
}

/** The rules that ran, then any that only a finding names. */
function allRules(ran: readonly RuleInfo[], findings: readonly Finding[], url: string): RuleInfo[] {
  const rules = new Map(ran.map((rule) => [rule.id, rule]));
  for (const finding of findings) {
    if (!rules.has(finding.rule)) rules.set(finding.rule, ruleOfFinding(finding, url));
  }
  return [...rules.values()];
}

import type { Location, Problem } from '../finding/finding.ts';
import type { Severity } from '../finding/severity.ts';
import { jsonText, visible } from './escape.ts';
import { byCodeUnit, count, listed, place } from './words.ts';

/** What descriptions say about the entries of one framework. */
export interface ComplianceReport {
  readonly version: string;
  /** False when something could not be read: then nobody knows all findings. */
  readonly complete: boolean;
  readonly framework: { readonly id: string; readonly name: string };
  /** Names of the systems that were looked at. */
  readonly systems: readonly string[];
  /** In the order of the framework. */
  readonly criteria: readonly SeenCriterion[];
  readonly errors: readonly Problem[];
}

export interface SeenCriterion {
  readonly id: string;
  /** As references are written: `soc2:CC6.1:2017`. */
  readonly ref: string;
  readonly title: string;
  /** By rule and system, worst first. */
  readonly findings: readonly CountedRule[];
  /** Findings that somebody accepts; they do not count. */
  readonly accepted: readonly CountedRule[];
  /** Declared controls that something backs, and those that nothing does. */
  readonly backed: readonly SeenControl[];
  readonly unbacked: readonly SeenControl[];
}

export interface CountedRule {
  readonly rule: string;
  readonly system: string;
  readonly severity: Severity;
  readonly findings: number;
}

export interface SeenControl {
  readonly control: string;
  readonly system: string;
  /** Ids of what it stands on; none for the whole system. */
  readonly on: readonly string[];
  /** Files and addresses that are named as evidence. */
  readonly evidence: readonly string[];
  /** What is wrong with them; empty when nothing is. */
  readonly wrong: readonly string[];
  readonly location: Location;
}

/** What comes first when several are true: what is open before what is claimed before what is shown. */
export const STATES = ['findings', 'unbacked', 'backed', 'not-visible'] as const;
export type State = (typeof STATES)[number];

export const stateOf = ({ findings, unbacked, backed }: SeenCriterion): State =>
  findings.length > 0
    ? 'findings'
    : unbacked.length > 0
      ? 'unbacked'
      : backed.length > 0
        ? 'backed'
        : 'not-visible';

const HEADS: Readonly<Record<State, string>> = {
  findings: 'With findings',
  unbacked: 'With declared controls, some without evidence',
  backed: 'With declared controls and evidence for each',
  'not-visible': 'Not visible in these descriptions',
};

/** For people. Says what is written and what is found, never that anything is fulfilled. */
export function complianceText({ framework, systems, criteria, complete, errors }: ComplianceReport): string {
  const blocks = STATES.flatMap((state) => {
    const own = criteria.filter((each) => stateOf(each) === state);
    if (own.length === 0) return [];
    return [`${HEADS[state]}: ${own.length} of ${criteria.length}\n${own.map(criterionText).join('\n')}`];
  });
  const unread = complete
    ? []
    : [
        `Incomplete, since not everything could be read; \`maestro lint\` shows where:\n${errors
          .slice(0, MAX_LISTED)
          .map(({ file, message }) => `  ${visible(file)}: ${visible(message)}`)
          .join('\n')}`,
      ];
  return `${[
    `${visible(framework.name)}: ${count(systems.length, 'system')}`,
    ...blocks,
    ...unread,
    'Which rule and control speaks to which entry is our judgement. Whether an entry is met is for who audits it.',
  ].join('\n\n')}\n`;
}

const MAX_LISTED = 8;

function criterionText(criterion: SeenCriterion): string {
  const { id, title, findings, accepted, backed, unbacked } = criterion;
  const line = (what: string, all: readonly string[]) =>
    all.length === 0 ? [] : [`    ${what.padEnd(17)}${visible(listed(all, MAX_LISTED))}`];
  const rule = ({ rule: name, findings: times }: CountedRule) => (times === 1 ? name : `${name} (${times})`);
  return [
    `  ${visible(id)}  ${visible(title)}`,
    ...line('findings', rulesOf(findings).map(rule)),
    ...line('accepted', rulesOf(accepted).map(rule)),
    ...line('without evidence', unbacked.map(controlText)),
    ...line('with evidence', backed.map(controlText)),
  ].join('\n');
}

/** The same rule in several systems once. */
function rulesOf(all: readonly CountedRule[]): CountedRule[] {
  const byRule = new Map<string, CountedRule>();
  for (const each of all) {
    const earlier = byRule.get(each.rule);
    byRule.set(each.rule, earlier ? { ...earlier, findings: earlier.findings + each.findings } : each);
  }
  return [...byRule.values()];
}

function controlText({ control, on, evidence, wrong }: SeenControl): string {
  const where = on.length === 0 ? 'the system' : on.join(' → ');
  const shown = wrong.length > 0 ? wrong : evidence;
  return `${control} on ${where}${shown.length === 0 ? '' : ` (${shown.join('; ')})`}`;
}

/** For programs: the shape of `schemas/compliance-1.schema.json`. */
export const complianceJson = (report: ComplianceReport): string =>
  `${jsonText({
    version: 'compliance-v1',
    tool: { name: 'maestro', version: report.version },
    complete: report.complete,
    framework: report.framework,
    systems: [...report.systems].sort(byCodeUnit),
    criteria: report.criteria.map((each) => ({
      id: each.id,
      ref: each.ref,
      title: each.title,
      state: stateOf(each),
      findings: each.findings,
      accepted: each.accepted,
      with_evidence: each.backed.map(controlJson),
      without_evidence: each.unbacked.map(controlJson),
    })),
    errors: report.errors.map(({ code, message, file }) => ({ code, message, file })),
    summary: Object.fromEntries(
      STATES.map((state) => [
        state.replace('-', '_'),
        report.criteria.filter((each) => stateOf(each) === state).length,
      ]),
    ),
  })}\n`;

const controlJson = ({ control, system, on, evidence, wrong, location }: SeenControl) => ({
  control,
  system,
  on,
  evidence,
  wrong,
  place: place(location),
});

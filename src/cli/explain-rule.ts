import { writeEdit } from '../model/write-yaml.ts';
import { visible } from '../report/escape.ts';
import { fillEdit } from '../rules/fills.ts';
import type { Rule } from '../rules/hit.ts';
import { builtInPack } from '../rules/pack.ts';
import type { Threat } from '../rules/threats.ts';
import { driftUrl } from '../verdict/pages.ts';
import type { RuleInfo } from '../verdict/verdict.ts';
import { ruleInfo } from './run.ts';

/** A rule with what reports say about it. */
export interface ExplainedRule {
  readonly rule: Rule;
  readonly info: RuleInfo;
  /** When it runs: `profile essential`, or the option that asks for it. */
  readonly runs: string;
}

/** What is found by comparing, not by a rule of a pack: a difference to the repository, a control without evidence. */
export async function outsideRule(id: string): Promise<ExplainedRule | null> {
  const { UNPROVEN } = await import('../rules/unproven.ts');
  const { DRIFT_RULES } = await import('../discover/drift/rules.ts');
  if (id === UNPROVEN.id) {
    const info = { ...ruleInfo(UNPROVEN, builtInPack()), url: driftUrl(id) };
    return { rule: UNPROVEN, info, runs: 'with --require-evidence' };
  }
  const found = DRIFT_RULES.find((each) => each.id === id);
  if (!found) return null;
  const rule: Rule = { ...UNPROVEN, ...found, fix: { ...UNPROVEN.fix, say: found.remedy } };
  return { rule, info: { ...found, url: driftUrl(id) }, runs: `profile ${found.profile}, with --drift` };
}

/** A rule for people: what goes wrong, which threats it answers, and the edit that closes it; `runs` says when it runs. */
export function rulePage(rule: Rule, url: string | null, threats: readonly Threat[], runs: string): string {
  const named = rule.threats
    .map((id) => threats.find((threat) => threat.id === id))
    .filter((threat) => threat !== undefined);
  const refs = [...new Set(named.flatMap((threat) => threat.refs))];
  const answered = named.map((threat) => `\n  ${threat.id}  ${visible(threat.title)}`).join('');
  return [
    `${rule.id}: ${visible(rule.title)}`,
    `${rule.severity}, confidence ${rule.confidence}, ${rule.layer}, ${runs}${rule.since === '' ? '' : `, since ${rule.since}`}`,
    indent(rule.why),
    ...(named.length > 0 ? [`Threats${answered}\n  ${refs.join(', ')}`] : []),
    `What closes it\n${indent(rule.fix.say)}${editOf(rule)}`,
    ...(url === null ? [] : [url]),
  ]
    .join('\n\n')
    .concat('\n');
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${visible(line)}`.trimEnd())
    .join('\n');

const editOf = (rule: Rule): string =>
  Object.keys(rule.fix.edit).length === 0 ? '' : `\n\n${indent(writeEdit([], withoutFills(rule)))}`.trimEnd();

/** The edit with a remark in place of what depends on the finding. */
const withoutFills = ({ fix }: Rule) =>
  fillEdit(
    fix.edit,
    fix.fills.map((fill) => ({ ...fill, template: ['as the finding says'] })),
    {},
  );

import { writeEdit } from '../model/write-yaml.ts';
import { visible } from '../report/escape.ts';
import { fillEdit } from '../rules/fills.ts';
import type { Rule } from '../rules/hit.ts';
import type { Threat } from '../rules/threats.ts';

/** A rule for people: what goes wrong, which threats it answers, and the edit that closes it. */
export function rulePage(rule: Rule, url: string | null, threats: readonly Threat[]): string {
  const named = rule.threats
    .map((id) => threats.find((threat) => threat.id === id))
    .filter((threat) => threat !== undefined);
  const refs = [...new Set(named.flatMap((threat) => threat.refs))];
  const answered = named.map((threat) => `\n  ${threat.id}  ${visible(threat.title)}`).join('');
  return [
    `${rule.id}: ${visible(rule.title)}`,
    `${rule.severity}, confidence ${rule.confidence}, ${rule.layer}, profile ${rule.profile ?? 'experimental'}${rule.since === '' ? '' : `, since ${rule.since}`}`,
    indent(rule.why),
    ...(named.length > 0 ? [`Threats${answered}\n  ${refs.join(', ')}`] : []),
    `What closes it\n${indent(rule.fix.say)}\n\n${indent(writeEdit([], withoutFills(rule)))}`.trimEnd(),
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

/** The edit with a remark in place of what depends on the finding. */
const withoutFills = ({ fix }: Rule) =>
  fillEdit(
    fix.edit,
    fix.fills.map((fill) => ({ ...fill, template: ['as the finding says'] })),
    {},
  );

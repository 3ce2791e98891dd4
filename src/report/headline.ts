import type { Finding } from '../finding/finding.ts';
import { SEVERITIES } from '../finding/severity.ts';
import type { Comparison } from '../verdict/comparison.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { count } from './words.ts';

/** What people have to deal with: what a change adds where there is a base, everything otherwise. */
export const pressing = ({ findings, comparison }: Verdict): readonly Finding[] =>
  comparison ? [...comparison.added, ...comparison.grown.map(({ finding }) => finding)] : findings;

/** The verdict in one sentence, without anything that a description wrote. */
export function headline(verdict: Verdict): string {
  const { comparison, complete, findings } = verdict;
  const doubt = complete ? '' : ' Not everything could be checked.';
  if (comparison) return changes(comparison) + doubt;
  if (findings.length > 0) return `${found(findings)}.${doubt}`;
  if (!complete) return 'No findings in what could be checked, and not everything could be checked.';
  return verdict.files.some(({ status }) => status === 'linted') ? 'No findings.' : 'Nothing was checked.';
}

function changes({ added, grown, fixed }: Comparison): string {
  const opened = added.filter(isPath).length;
  const others = added.length - opened;
  const gone = fixed.length > 0 ? `${count(fixed.length, 'finding')} ${isAre(fixed.length)} fixed.` : '';
  const does = [
    ...(opened > 0 ? [`opens ${count(opened, 'attack path')}`] : []),
    ...(others > 0 ? [`adds ${count(others, opened > 0 ? 'other finding' : 'finding')}`] : []),
    ...(grown.length > 0 ? [`makes ${count(grown.length, 'finding')} worse`] : []),
  ];
  if (does.length === 0)
    return gone === '' ? 'This change adds nothing.' : `This change adds nothing; ${gone}`;
  const worse = [...added, ...grown.map(({ finding }) => finding)];
  return `This change ${joined(does)} (${severities(worse)}).${gone === '' ? '' : ` ${gone}`}`;
}

export const isPath = ({ steps = [] }: Finding): boolean => steps.length > 0;

const isAre = (n: number): string => (n === 1 ? 'is' : 'are');

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** `3 findings: 1 critical, 2 high`. */
const found = (findings: readonly Finding[]): string =>
  `${count(findings.length, 'finding')}: ${severities(findings)}`;

/** `1 critical, 2 high`. */
export const severities = (findings: readonly Finding[]): string =>
  SEVERITIES.map((severity) => [severity, findings.filter((each) => each.severity === severity).length])
    .filter(([, n]) => n !== 0)
    .map(([severity, n]) => `${n} ${severity}`)
    .join(', ');

/** What was looked at, so that a clean page never looks like one of a run that looked at nothing. */
export function checked({ files, rules, unknown, version }: Verdict): string {
  const linted = files.filter(({ status }) => status === 'linted').length;
  const failed = files.filter(({ status }) => status === 'failed').length;
  const components = files.reduce((sum, file) => sum + file.components, 0);
  return [
    `maestro ${version}`,
    `${count(components, 'component')} in ${count(linted, 'system')} checked with ${count(rules.length, 'rule')}`,
    ...(failed > 0 ? [`${count(failed, 'file')} could not be checked`] : []),
    ...(unknown.length > 0
      ? [`${count(unknown.length, 'check')} could not judge: facts are not declared`]
      : []),
  ].join(' · ');
}

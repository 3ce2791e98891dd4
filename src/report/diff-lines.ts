import type { Comparison, GrantChange } from '../verdict/comparison.ts';
import { visible } from './escape.ts';
import { isPath } from './headline.ts';
import { count, place } from './words.ts';

/** One change in one line: a sign that says the direction, what it is about, what happened, where. */
export interface Line {
  readonly sign: '+' | '-' | '~' | '!';
  readonly subject: string;
  readonly what: string;
  readonly where: string;
}

/** Permissions that changed: `!` for more, `-` for less. */
export const grantLines = ({ grants }: Comparison): Line[] => [
  ...grants.widened.flatMap((change) => linesOf(change, '!')),
  ...grants.narrowed.flatMap((change) => linesOf(change, '-')),
];

const linesOf = ({ agent, tool, how, at }: GrantChange, sign: '!' | '-'): Line[] =>
  how.map((clause) => ({
    sign,
    subject: tool === '' ? visible(agent) : `${visible(agent)} → ${visible(tool)}`,
    what: visible(clause),
    where: place(at.location),
  }));

/** Controls that changed: `!` where less is protected. */
export const controlLines = ({ controls }: Comparison): Line[] =>
  [
    ...controls.removed.map((change) => ({ change, sign: '!' as const })),
    ...controls.weakened.map((change) => ({ change, sign: '!' as const })),
    ...controls.added.map((change) => ({ change, sign: '+' as const })),
  ].map(({ change, sign }) => ({
    sign,
    subject: `${change.subject.map(visible).join(' → ')}: ${visible(change.control)}`,
    what: visible(change.how),
    where: place(change.at.location),
  }));

export const componentLines = ({ components }: Comparison): Line[] => [
  ...components.added.map(
    ({ id, kind, at }): Line => ({ sign: '+', subject: visible(id), what: kind, where: place(at.location) }),
  ),
  ...components.removed.map(
    ({ id, kind, at }): Line => ({ sign: '-', subject: visible(id), what: kind, where: place(at.location) }),
  ),
  ...components.renamed.map(
    ({ from, to }): Line => ({ sign: '~', subject: visible(to), what: `was ${visible(from)}`, where: '' }),
  ),
];

/** The numbers of a comparison in one line; `no difference` says how much was compared. */
export function comparisonCounts(comparison: Comparison): string {
  const { added, grown, fixed, standing } = comparison;
  const opened = added.filter(isPath).length;
  const closed = fixed.filter(isPath).length;
  const wider = comparison.grants.widened.length;
  const weaker = comparison.controls.removed.length + comparison.controls.weakened.length;
  const parts = [
    `${count(added.length, 'new finding')}`,
    ...(grown.length > 0 ? [`${grown.length} grown`] : []),
    `${fixed.length} fixed`,
    `${standing.length} still there`,
    ...(opened > 0 ? [`${count(opened, 'attack path')} opened`] : []),
    ...(closed > 0 ? [`${count(closed, 'attack path')} closed`] : []),
    ...(wider > 0 ? [`${count(wider, 'grant')} widened`] : []),
    ...(weaker > 0 ? [`${count(weaker, 'control')} removed or weakened`] : []),
  ];
  return parts.join('; ');
}

import type { AssertionChange } from '../verdict/compare-assertions.ts';
import type { Comparison, ControlChange, GrantChange } from '../verdict/comparison.ts';
import type { Block } from './blocks.ts';
import { placeLink } from './links.ts';
import { code, type Page, section, text } from './markdown-parts.ts';

/** What is gone has its place on the other side, which no link to the head shows. */
const UNLINKED = { site: null };

/** What agents may do now that they could not do before, and protection that is gone. */
export const changesWorse = ({ grants, controls }: Comparison, page: Page): Block[] => [
  ...list('Agents may do more', 'wider grants', 4, [...grants.widened.map((change) => grant(change, page))]),
  ...list('Controls removed or weakened', 'removed or weakened controls', 4, [
    ...controls.removed.map((change) => control(change, UNLINKED)),
    ...controls.weakened.map((change) => control(change, page)),
  ]),
];

/** The other way round. */
export const changesBetter = ({ grants, controls }: Comparison, page: Page): Block[] => [
  ...list('Agents may do less', 'narrower grants', 5, [
    ...grants.narrowed.map((change) => grant(change, page)),
  ]),
  ...list('Controls added', 'added controls', 5, [...controls.added.map((change) => control(change, page))]),
];

/** What the team had written down that has to hold, and that nobody checks any more, or not as strictly. */
export const assertionsWorse = (changes: readonly AssertionChange[], page: Page): Block[] =>
  list(
    'Own assertions removed or weakened',
    'own assertions that are removed or weakened',
    1,
    changes.map((change) => assertion(change, change.gone ? UNLINKED : page)),
  );

const list = (title: string, what: string, rank: number, rows: readonly string[]): Block[] =>
  rows.length > 0 ? [section(title, what, rank, '', rows)] : [];

const grant = ({ agent, tool, how, at }: GrantChange, { site }: Pick<Page, 'site'>): string =>
  `- ${code(agent)}${tool === '' || tool === agent ? '' : ` with ${code(tool)}`}: ${text(how.join('; '))} · ${placeLink(at.location, site)}\n`;

const control = ({ subject, control: name, how, at }: ControlChange, { site }: Pick<Page, 'site'>): string =>
  `- ${code(name)} of ${subject.map(code).join(' → ')}: ${text(how)} · ${placeLink(at.location, site)}\n`;

const assertion = ({ id, systems, how, at }: AssertionChange, { site }: Pick<Page, 'site'>): string => {
  const more = systems.length > MAX_SYSTEMS ? ` and ${systems.length - MAX_SYSTEMS} more` : '';
  const names = systems.slice(0, MAX_SYSTEMS).map(code).join(', ');
  return `- ${code(id)} of ${names}${more}: ${text(how)} · ${placeLink(at.location, site)}\n`;
};

const MAX_SYSTEMS = 10;

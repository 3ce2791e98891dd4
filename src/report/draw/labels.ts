import { visible } from '../escape.ts';
import { clipEnd, columns } from '../width.ts';
import type { AttackPath, Drawing, Edge, Mark, Node, Zone } from './drawing.ts';
import type { Group } from './palette.ts';

/** One line of a label, without any escape of a format: each writer has its own. */
export interface Line {
  readonly text: string;
  readonly look: 'strong' | 'small' | 'alarm';
}

/** Columns of a line; what is longer is cut. */
const ROOM = 34;
/** Names and findings that one label lists. */
const MAX_LISTED = 3;

/** `text` as one line of at most `room` columns, with nothing hidden in it; what is cut off shows as `…`. */
export function cut(text: string, room: number = ROOM): string {
  // What is far too long is cut before it is looked at, character by character.
  const shown = visible(
    text
      .slice(0, room * 20)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return columns(shown) <= room ? shown : `${clipEnd(shown, room - 1).trimEnd()}…`;
}

/** What a component is called, what it is, and what is found there. */
export const nodeLines = ({ label, name, facts, marks, steps }: Node): Line[] =>
  lines(
    ['strong', withSteps(steps, cut(label))],
    ['small', cut(name)],
    ['small', cut(facts.join(' · '), ROOM + 6)],
    ...alarms(marks),
  );

/** What passes between two components, how the caller proves who it is, and what is found there. */
export const edgeLines = (edge: Edge): Line[] => [
  ...lines(['strong', withSteps(edge.steps, saidOn(edge))]),
  ...detailLines(edge),
];

/** What passes, in a few words. */
export const saidOn = ({ says }: Edge): string => few(says.map((each) => cut(each, 22)));

/** How the caller proves who it is, and what is found on an edge. */
export const detailLines = ({ auth, marks }: Edge): Line[] =>
  lines(['small', few(auth.map((each) => cut(each)))], ...alarms(marks));

/** A zone with its trust. */
export const zoneText = ({ id, trust }: Zone): string =>
  trust === '' || trust === id ? cut(id) : `${cut(id)} · ${trust}`;

/** The title of a column or colour: a layer of MAESTRO, or the actors outside of them. */
export const groupTitle = ({ layers }: Drawing, group: Group): string => layers[group] ?? 'Actors';

/** The attack path in words: which finding it is, then its steps with the numbers of the picture. */
export const pathLines = ({ severity, rule, steps }: AttackPath): Line[] =>
  lines(
    ['alarm', `Worst attack path (${severity}): ${cut(rule, 60)}`],
    ...steps.map((step, i): Pair => ['small', withSteps([i + 1], cut(step, 90))]),
  );

type Pair = readonly [look: Line['look'], text: string];

const lines = (...pairs: readonly Pair[]): Line[] =>
  pairs.filter(([, text]) => text !== '').map(([look, text]) => ({ look, text }));

function alarms(marks: readonly Mark[]): Pair[] {
  const shown = marks
    .slice(0, MAX_LISTED)
    .map(({ severity, rule }): Pair => ['alarm', cut(`${severity}: ${rule}`, 44)]);
  const rest = marks.length - shown.length;
  return rest > 0 ? [...shown, ['alarm', `and ${rest} more`]] : shown;
}

function few(names: readonly string[]): string {
  const rest = names.length - MAX_LISTED;
  return [...names.slice(0, MAX_LISTED), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

/** Text behind the numbers of the steps of the attack path that come by. */
export const withSteps = (steps: readonly number[], text: string): string =>
  [steps.map(circled).join(''), text].filter((part) => part !== '').join(' ');

/** 1 to 20 in a circle (Unicode, Enclosed Alphanumerics); more in brackets. */
const circled = (n: number): string => (n <= 20 ? String.fromCodePoint(0x245f + n) : `(${n})`);

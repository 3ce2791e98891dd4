import { addTo } from '../finding/grouped.ts';
import { withArticle } from '../model/words.ts';
import type { Search, SearchedPlace } from '../verdict/explained.ts';
import { visible } from './escape.ts';
import { lookedRows, NOT_DECLARED } from './explain-looked.ts';
import { type Look, type Row, table } from './explain-table.ts';
import { proseRoom } from './text-options.ts';
import { plain, prose } from './text-prose.ts';
import { wrap } from './width.ts';
import { listed } from './words.ts';

const MAX_SUBJECTS = 8;

/** A search, and for an attack path the number of the step at which its control would stand. */
export interface At {
  readonly search: Search;
  readonly step: number | null;
}

/** Every search for a control, in its order; searches that went the same way for several subjects are one. */
export const searchBlocks = (searches: readonly At[], look: Look): string[] =>
  alike(searches).map(([first, ...others]) => {
    const { control, means, subject, holds, places } = first!.search;
    const rest = others.map(({ search, step }) => difference(subject, search.subject) + atStep(step));
    const also = rest.length > 0 ? `; the same for ${listed(rest, MAX_SUBJECTS)}` : '';
    const head = `${visible(control)} on ${visible(subject)}${atStep(first!.step)}:`;
    const rows = treeOf(places).flatMap((each) => rowsOf(each, first!.search, 0));
    return [
      ...prose(
        { text: head, look: look.paint.strong },
        { text: (holds ? 'in force' : 'not in force') + also, look: plain },
        { room: proseRoom(look.options), indent: 0, hang: 4 },
      ),
      ...wrap(visible(means), proseRoom(look.options) - 2, proseRoom(look.options) - 2).map(
        (line) => `  ${look.paint.faint(line)}`,
      ),
      ...table(rows, look),
    ].join('\n');
  });

const atStep = (step: number | null): string => (step === null ? '' : ` (step ${step})`);

/** `a → t.x` beside `a → t.y` need not be said in full. */
function difference(first: string, other: string): string {
  const [from, to] = other.split(' → ');
  return to !== undefined && first.startsWith(`${from} → `) ? to : other;
}

function alike(searches: readonly At[]): At[][] {
  const groups = new Map<string, At[]>();
  for (const each of searches) {
    const { subject, control, places } = each.search;
    const called = subject.split(' → ').at(-1)!;
    const plain = JSON.stringify(places, (key, value) => (key === 'location' ? null : value))
      .replaceAll(JSON.stringify(subject).slice(1, -1), '\u2022')
      .replaceAll(JSON.stringify(called).slice(1, -1), '\u2022');
    const name = `${control} ${subject.includes(' → ')} ${plain}`;
    addTo(groups, name, each);
  }
  return [...groups.values()];
}

/** A place with those that the search of somebody else went through. */
interface Branch {
  readonly place: SearchedPlace;
  readonly inside: readonly Branch[];
}

function treeOf(places: readonly SearchedPlace[], depth = 0): Branch[] {
  const branches: Branch[] = [];
  places.forEach((place, i) => {
    if (place.depth !== depth) return;
    const after = places.slice(i + 1);
    const end = after.findIndex((other) => other.depth <= depth);
    branches.push({ place, inside: treeOf(end < 0 ? after : after.slice(0, end), depth + 1) });
  });
  return branches;
}

function rowsOf({ place, inside }: Branch, search: Search, depth: number): Row[] {
  const name = label(place, search);
  const { location } = place;
  if (place.found === 'asked') {
    const quiet = inside.every(isQuiet);
    if (quiet) return [{ depth, name, value: quietly(inside), location, missing: true }];
    return [
      { depth, name, value: 'asked in turn', location },
      ...inside.flatMap((each) => rowsOf(each, search, depth + 1)),
    ];
  }
  const isWritten = place.value !== null;
  return [
    { depth, name, value: state(place), location: isWritten ? location : null },
    ...lookedRows(place.because, depth + 1),
  ];
}

/** Nothing is written there and no fact was looked at, so one line says it. */
const isQuiet = ({ place, inside }: Branch): boolean =>
  ['not-declared', 'cannot', 'no-fact', 'nobody', 'again'].includes(place.found) ||
  (place.found === 'asked' && inside.every(isQuiet));

/** Who of them could say it and does not. */
function quietly(branches: readonly Branch[]): string {
  const all = (each: Branch): SearchedPlace[] => [each.place, ...each.inside.flatMap(all)];
  const places = branches.flatMap(all);
  const own = places[0]!;
  const others = places.slice(1).filter(({ found }) => found === 'not-declared');
  const names = others.map(({ who }) => who).join(' and ');
  if (own.found === 'cannot') return names === '' ? never(own.kind) : `${NOT_DECLARED} on ${names}`;
  return names === '' ? NOT_DECLARED : `${NOT_DECLARED}, nor on ${names}`;
}

const never = (kind: string): string =>
  kind === 'system'
    ? 'never holds for a whole system'
    : `never stands on ${PLACES[kind] ?? withArticle(kind)}`;

const PLACES: Readonly<Record<string, string>> = { edge: 'a reference', action: 'an action' };

function label({ by, who, depth, found }: SearchedPlace, { subject }: Search): string {
  switch (by) {
    case 'own':
      return who === subject || depth > 0 ? who : `${who}, the whole grant`;
    case 'fact':
      return 'a fact that says the same';
    case 'covered':
      return found === 'nobody' ? 'a service that covers it' : `${who}, which covers it`;
    case 'system':
      return 'the whole system';
    case 'host':
      return found === 'nobody' ? 'its host' : `${who}, its host`;
    case 'tool':
      return `${who}, its tool`;
    case 'callee':
      return `${who}, which is called`;
    case 'caller':
      return `${who}, which calls`;
  }
}

function state({ found, value, kind, by }: SearchedPlace): string {
  switch (found) {
    case 'not-declared':
      return NOT_DECLARED;
    case 'in-force':
      return value ?? found;
    case 'off':
    case 'planned':
      return `${value ?? found}${by === 'own' ? ', which ends the search' : ''}`;
    case 'no-fact':
      return 'there is none';
    case 'said':
      return 'yes';
    case 'not-said':
      return 'no';
    case 'cannot':
      return never(kind);
    case 'nobody':
      return by === 'host' ? 'none is declared' : 'there is none';
    case 'asked':
      return 'asked in turn';
    case 'again':
      return 'as said above';
    case 'aside':
      return 'says it of its own callers alone';
  }
}

import { type Event, getScalarValue, parseEvents, type ScalarEvent } from 'js-yaml';
import { withoutStacks } from './stacks.ts';
import type { Data, DataMap, Found, Path } from './yaml-data.ts';
import { BLOCK, LAST_QUOTED, MAPPING, Packed, PLAIN, POP, SCALAR, SEQUENCE, WORDS } from './yaml-events.ts';
import { Places } from './yaml-places.ts';

/** Characters over which parsers differ: tabs, odd line breaks, marks of directives and of keys that are no text. */
const DISPUTED = /[\t\u0085\u2028\u2029\ufeff]|\r(?!\n)|^\s*[?%@`]|^\s*(?:---|\.\.\.)/m;

/**
 * The quick way to read what nearly every description is: one document of maps, lists and scalars, without a mistake.
 * A whole parse costs three to four times as much, most of it at the start of a run. Anything else (anchors, merges,
 * tags, equal keys, a syntax error) gives null, and yaml.ts reads the text the whole way; so does a place that these
 * offsets do not tell. test/model/yaml-plain.test.ts holds both ways against each other.
 */
export function readPlain(text: string): Plain | null {
  if (DISPUTED.test(text)) return null;
  try {
    const events = withoutStacks(() => parseEvents(text, {}));
    if (!isPlain(events)) return null;
    const builder = new Builder(text, events);
    const data = builder.data();
    if (data === null) return null;
    const places = new Places(text, new Packed(events));
    return { data, verbatim: builder.verbatim, find: (path, part) => places.find(path, part) };
  } catch {
    return null;
  }
}

export interface Plain {
  readonly data: Data;
  readonly verbatim: boolean;
  /** Where the node at `path` is written; null when only a whole parse can tell. */
  readonly find: (path: Path, part: 'key' | 'value') => Found | null;
}

const DOCUMENT = 1;

/** One document of more than a lone text, without directives, and no anchor, alias or tag in it. */
function isPlain(events: readonly Event[]): boolean {
  if (events[1]?.type === SCALAR) return false;
  let documents = 0;
  for (const event of events) {
    if (event.type === POP) continue;
    if (event.type === DOCUMENT) {
      documents += 1;
      if (documents > 1 || event.directives.length > 0 || event.explicitEnd) return false;
    } else if (!('tagStart' in event) || event.anchorStart >= 0 || event.tagStart >= 0) return false;
  }
  return documents === 1;
}

/** Thrown at what only a whole parse reads. */
const UNUSUAL = new Error('unusual');

class Builder {
  verbatim = true;
  private at = 1;
  private readonly text: string;
  private readonly events: readonly Event[];

  constructor(text: string, events: readonly Event[]) {
    this.text = text;
    this.events = events;
  }

  data(): Data {
    const event = this.events[this.at++]!;
    if (event.type === SCALAR) return this.scalar(event);
    if (event.type === MAPPING) return this.map();
    if (event.type !== SEQUENCE) throw UNUSUAL;
    const items: Data[] = [];
    while (this.events[this.at]!.type !== POP) items.push(this.data());
    this.at++;
    // A list that grew has room for sixteen more; this copy has none.
    return items.slice();
  }

  private map(): DataMap {
    const map: DataMap = {};
    let followsList = false;
    while (this.events[this.at]!.type !== POP) {
      const event = this.events[this.at++]!;
      const key = keyText(this.text, event);
      if (Object.hasOwn(map, key)) throw UNUSUAL;
      if (followsList && !startsLine(this.text, event as ScalarEvent)) throw UNUSUAL;
      const value = this.events[this.at]!;
      followsList = value.type === SEQUENCE && value.style === BLOCK;
      map[key] = this.data();
    }
    this.at++;
    return map;
  }

  private scalar(event: ScalarEvent): Data {
    const value = getScalarValue(this.text, event);
    // What is empty has no place.
    if (event.valueStart >= 0 && value.length !== event.valueEnd - event.valueStart) this.verbatim = false;
    // Parsers differ over how many breaks a block of none but blank lines has.
    if (event.style > LAST_QUOTED && value.trim() === '') throw UNUSUAL;
    if (event.style !== PLAIN) return value;
    const word = WORDS.get(value);
    return word === undefined ? value : word;
  }
}

/** Of `- "a" b: c` in a list that stands no deeper than its key, the events make a key `b` behind the list. */
function startsLine(text: string, { style, valueStart }: ScalarEvent): boolean {
  let at = style === PLAIN ? valueStart - 1 : valueStart - 2;
  while (text[at] === ' ') at--;
  return text[at] === '\n';
}

/** A key is what was written. */
function keyText(text: string, event: Event): string {
  if (event.type !== SCALAR || event.style > LAST_QUOTED || event.valueStart < 0) throw UNUSUAL;
  const key = getScalarValue(text, event);
  if (key === '<<' || key === '__proto__') throw UNUSUAL;
  return key;
}

import { type Event, getScalarValue, type MappingEvent, parseEvents, type ScalarEvent } from 'js-yaml';
import { withoutStacks } from './stacks.ts';
import type { Data, DataMap, Found, Path } from './yaml-data.ts';

/**
 * The quick way to read what nearly every description is: one document of maps, lists and scalars, without a mistake.
 * A whole parse costs three to four times as much, most of it at the start of a run. Anything else (anchors, merges,
 * tags, equal keys, a syntax error) gives null, and yaml.ts reads the text the whole way; so does a place that these
 * offsets do not tell. test/model/yaml-plain.test.ts holds both ways against each other.
 */
/** Characters over which parsers differ: tabs, odd line breaks, marks of directives and of keys that are no text. */
const DISPUTED = /[\t\u0085\u2028\u2029\ufeff]|\r(?!\n)|^\s*[?%@`]|^\s*(?:---|\.\.\.)/m;

export function readPlain(text: string): Plain | null {
  if (DISPUTED.test(text)) return null;
  try {
    const events = withoutStacks(() => parseEvents(text, {}));
    if (!isPlain(events)) return null;
    const data = new Builder(text, events).data();
    if (data === null) return null;
    let places: Place | null = null;
    const find: Plain['find'] = (path, part) => {
      places ??= new Places(text, events).read();
      return placeOf(places, path, part);
    };
    return { data, find };
  } catch {
    return null;
  }
}

export interface Plain {
  readonly data: Data;
  /** Where the node at `path` is written; null when only a whole parse can tell. */
  readonly find: (path: Path, part: 'key' | 'value') => Found | null;
}

const DOCUMENT = 1;
const SEQUENCE = 2;
const MAPPING = 3;
const SCALAR = 4;
const POP = 6;
const PLAIN = 1;
const BLOCK = 1;
const LAST_QUOTED = 3;

/** One document without directives, and no anchor, alias or tag in it. */
function isPlain(events: readonly Event[]): boolean {
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

/** Booleans and null as in YAML's core schema; everything else is the text as written. */
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, null] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, boolean] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, boolean] => [word, false]),
]);

/** Thrown at what only a whole parse reads. */
const UNUSUAL = new Error('unusual');

class Builder {
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
    return items;
  }

  private map(): DataMap {
    const map: DataMap = {};
    while (this.events[this.at]!.type !== POP) {
      const key = keyText(this.text, this.events[this.at++]!);
      if (Object.hasOwn(map, key)) throw UNUSUAL;
      map[key] = this.data();
    }
    this.at++;
    return map;
  }

  private scalar(event: ScalarEvent): Data {
    const value = getScalarValue(this.text, event);
    if (event.style !== PLAIN) return value;
    const word = WORDS.get(value);
    return word === undefined ? value : word;
  }
}

/** A key is what was written. */
function keyText(text: string, event: Event): string {
  if (event.type !== SCALAR || event.style > LAST_QUOTED || event.valueStart < 0) throw UNUSUAL;
  const key = getScalarValue(text, event);
  if (key === '<<' || key === '__proto__') throw UNUSUAL;
  return key;
}

/** Where a node is written, as far as the offsets of the events tell. */
interface Place {
  readonly range: readonly [start: number, end: number] | null;
  /** Undefined where only a whole parse can tell. */
  readonly scalar: Found['scalar'] | undefined;
  readonly keys: ReadonlyMap<
    string,
    { readonly key: readonly [number, number]; readonly value: Place }
  > | null;
  readonly items: readonly Place[] | null;
}

class Places {
  private at = 1;
  /** Nothing of what was read so far is written behind this offset. */
  private end = 0;
  private readonly text: string;
  private readonly events: readonly Event[];

  constructor(text: string, events: readonly Event[]) {
    this.text = text;
    this.events = events;
  }

  read(): Place {
    const event = this.events[this.at++]!;
    if (event.type === SCALAR) return this.scalar(event);
    const { start, style } = event as MappingEvent;
    this.end = Math.max(this.end, start + 1);
    const keys = event.type === MAPPING ? this.pairs() : null;
    const items = keys === null ? this.items() : null;
    this.at++;
    // `[a: b]` holds a map that no brackets of its own enclose.
    const isPair = style !== BLOCK && !OPENING.has(this.text[start]!);
    if (isPair) return { range: null, scalar: null, keys, items };
    if (style !== BLOCK) return { range: [start, this.close()], scalar: null, keys, items };
    return { range: keys?.values().next().value?.key ?? null, scalar: null, keys, items };
  }

  private pairs(): Map<string, { key: [number, number]; value: Place }> {
    const keys = new Map<string, { key: [number, number]; value: Place }>();
    while (this.events[this.at]!.type !== POP) {
      const key = this.events[this.at++] as ScalarEvent;
      const range = rangeOf(key);
      this.end = range[1];
      keys.set(getScalarValue(this.text, key), { key: range, value: this.read() });
    }
    return keys;
  }

  private items(): Place[] {
    const items: Place[] = [];
    while (this.events[this.at]!.type !== POP) items.push(this.read());
    return items;
  }

  private scalar(event: ScalarEvent): Place {
    if (event.valueStart < 0 || event.style > LAST_QUOTED) {
      this.end = Math.max(this.end, event.valueEnd);
      return { range: null, scalar: undefined, keys: null, items: null };
    }
    const range = rangeOf(event);
    this.end = range[1];
    const value = getScalarValue(this.text, event);
    const isText = event.style !== PLAIN || !WORDS.has(value);
    const verbatim = isText && value.length === event.valueEnd - event.valueStart;
    return { range, scalar: { textStart: event.valueStart, verbatim }, keys: null, items: null };
  }

  /** Passes what may stand before a closing bracket: colons of empty values, commas, space and remarks. */
  private close(): number {
    let at = this.end;
    while (at < this.text.length && !CLOSING.has(this.text[at]!)) {
      if (this.text[at] === '#') while (at < this.text.length && this.text[at] !== '\n') at++;
      else at++;
    }
    this.end = at + 1;
    return this.end;
  }
}

const OPENING: ReadonlySet<string> = new Set(['{', '[']);
const CLOSING: ReadonlySet<string> = new Set(['}', ']']);

/** Quotes belong to what is written. */
const rangeOf = ({ style, valueStart, valueEnd }: ScalarEvent): [number, number] =>
  style === PLAIN ? [valueStart, valueEnd] : [valueStart - 1, valueEnd + 1];

/** The same walk as the locator's in yaml-locate.ts. */
function placeOf(root: Place, path: Path, part: 'key' | 'value'): Found | null {
  let node = root;
  let point = root.keys ? (root.keys.values().next().value?.key ?? null) : root.range;
  let depth = 0;
  for (const step of path) {
    const pair = node.keys?.get(step);
    const item = node.items?.[Number(step)];
    const child = pair?.value ?? item;
    if (!child) break;
    depth += 1;
    node = child;
    point = pair ? pair.key : child.range;
  }
  const whole = depth === path.length;
  const range = whole && part === 'value' ? node.range : point;
  const scalar = whole ? node.scalar : null;
  if (!range || scalar === undefined) return null;
  return { start: range[0], end: range[1], depth, scalar };
}

import { type Event, getScalarValue, type MappingEvent, type ScalarEvent, type SequenceEvent } from 'js-yaml';
import type { Found, Path } from './yaml-data.ts';
import { BLOCK, LAST_QUOTED, MAPPING, PLAIN, POP, SCALAR, SEQUENCE, WORDS } from './yaml-events.ts';

type Range = readonly [start: number, end: number];

/** Collections of more than this are looked up by an index, which is kept. */
const FEW = 16;

/**
 * Where things are written, as far as the offsets of events tell: found by walking the events, since a description has
 * far more nodes than findings. The same answers as the locator's in yaml-locate.ts.
 */
export class Places {
  private readonly text: string;
  private readonly events: readonly Event[];
  /** For the event that opens a collection, the one that closes it. */
  private readonly closing: Uint32Array;
  private readonly keys = new Map<number, ReadonlyMap<string, number>>();
  private readonly items = new Map<number, readonly number[]>();

  constructor(text: string, events: readonly Event[]) {
    this.text = text;
    this.events = events;
    this.closing = closingOf(events);
  }

  /** Where the node at `path` is written, or the nearest parent that is; null when only a whole parse can tell. */
  find(path: Path, part: 'key' | 'value'): Found | null {
    let at = 1;
    let point = this.pointOf(at);
    let depth = 0;
    for (const step of path) {
      const { type } = this.events[at]!;
      const found = type === MAPPING ? this.keyIn(at, step) : type === SEQUENCE ? this.itemIn(at, step) : -1;
      if (found < 0) break;
      depth += 1;
      at = type === MAPPING ? found + 1 : found;
      point = this.rangeOf(found);
    }
    const isWhole = depth === path.length;
    const range = isWhole && part === 'value' ? this.rangeOf(at) : point;
    const scalar = isWhole ? this.scalarAt(at) : null;
    return range && scalar !== undefined ? { start: range[0], end: range[1], depth, scalar } : null;
  }

  /** A map is pointed at by its first key, also between brackets. */
  private pointOf(at: number): Range | null {
    return this.rangeOf(this.events[at]!.type === MAPPING && this.closing[at]! > at + 1 ? at + 1 : at);
  }

  /** The event of a key in the map that opens at `at`, or -1. */
  private keyIn(at: number, wanted: string): number {
    const index = this.keys.get(at);
    if (index) return index.get(wanted) ?? -1;
    let keys = 0;
    for (let key = at + 1; key < this.closing[at]!; key = this.next(key + 1)) {
      if (keys++ === FEW) return this.indexed(at).get(wanted) ?? -1;
      if (this.keyText(key) === wanted) return key;
    }
    return -1;
  }

  private indexed(at: number): ReadonlyMap<string, number> {
    const index = new Map<string, number>();
    for (let key = at + 1; key < this.closing[at]!; key = this.next(key + 1))
      index.set(this.keyText(key), key);
    this.keys.set(at, index);
    return index;
  }

  private itemIn(at: number, wanted: string): number {
    const number = Number(wanted);
    if (!(Number.isInteger(number) && number >= 0)) return -1;
    let left = number;
    for (let item = at + 1; left < FEW && item < this.closing[at]!; item = this.next(item))
      if (left-- === 0) return item;
    return this.itemsOf(at)[number] ?? -1;
  }

  private itemsOf(at: number): readonly number[] {
    const known = this.items.get(at);
    if (known) return known;
    const items: number[] = [];
    for (let item = at + 1; item < this.closing[at]!; item = this.next(item)) items.push(item);
    this.items.set(at, items);
    return items;
  }

  private keyText(at: number): string {
    return getScalarValue(this.text, this.events[at] as ScalarEvent);
  }

  /** The event behind a node. */
  private next(at: number): number {
    return this.events[at]!.type === SCALAR ? at + 1 : this.closing[at]! + 1;
  }

  private rangeOf(at: number): Range | null {
    const event = this.events[at]!;
    if (event.type === SCALAR) return isTold(event) ? rangeOf(event) : null;
    const { start, style } = event as Collection;
    if (style !== BLOCK) return this.isPair(event as Collection) ? null : [start, this.endOf(at, 0)];
    const first = this.events[at + 1]!;
    return event.type === MAPPING && first.type === SCALAR ? rangeOf(first) : null;
  }

  /** What is told of a text; undefined where only a whole parse can tell. */
  private scalarAt(at: number): Found['scalar'] | undefined {
    const event = this.events[at]!;
    if (event.type !== SCALAR) return null;
    if (!isTold(event)) return undefined;
    const value = getScalarValue(this.text, event);
    const isText = event.style !== PLAIN || !WORDS.has(value);
    const verbatim = isText && value.length === event.valueEnd - event.valueStart;
    return { textStart: event.valueStart, verbatim };
  }

  /** `[a: b]` holds a map that no brackets of its own enclose. */
  private isPair({ start, style }: Collection): boolean {
    return style !== BLOCK && !OPENING.has(this.text[start]!);
  }

  /** The offset behind a node, when nothing before it is written behind `end`. */
  private endOf(at: number, end: number): number {
    const event = this.events[at]!;
    if (event.type === SCALAR) return isTold(event) ? rangeOf(event)[1] : Math.max(end, event.valueEnd);
    const collection = event as Collection;
    let last = Math.max(end, collection.start + 1);
    for (let inner = at + 1; inner < this.closing[at]!; inner = this.next(inner))
      last = this.endOf(inner, last);
    return collection.style === BLOCK || this.isPair(collection) ? last : this.close(last);
  }

  /** Passes what may stand before a closing bracket: colons of empty values, commas, space and remarks. */
  private close(end: number): number {
    let at = end;
    while (at < this.text.length && !CLOSING.has(this.text[at]!)) {
      if (this.text[at] === '#') while (at < this.text.length && this.text[at] !== '\n') at++;
      else at++;
    }
    return at + 1;
  }
}

type Collection = MappingEvent | SequenceEvent;

function closingOf(events: readonly Event[]): Uint32Array {
  const closing = new Uint32Array(events.length);
  const open: number[] = [];
  for (let at = 0; at < events.length; at++) {
    const { type } = events[at]!;
    if (type === POP) closing[open.pop()!] = at;
    else if (type !== SCALAR) open.push(at);
  }
  return closing;
}

const isTold = ({ valueStart, style }: ScalarEvent): boolean => valueStart >= 0 && style <= LAST_QUOTED;

const OPENING: ReadonlySet<string> = new Set(['{', '[']);
const CLOSING: ReadonlySet<string> = new Set(['}', ']']);

/** Quotes belong to what is written. */
const rangeOf = ({ style, valueStart, valueEnd }: ScalarEvent): Range =>
  style === PLAIN ? [valueStart, valueEnd] : [valueStart - 1, valueEnd + 1];

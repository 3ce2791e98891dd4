import { getScalarValue } from 'js-yaml';
import type { Found, Path } from './yaml-data.ts';
import {
  BLOCK,
  LAST_QUOTED,
  MAPPING,
  type Packed,
  PLAIN,
  POP,
  SCALAR,
  SEQUENCE,
  WORDS,
} from './yaml-events.ts';

type Range = readonly [start: number, end: number];

/** Collections of more than this are looked up by an index, which is kept. */
const FEW = 16;

/**
 * Where things are written, as far as the offsets of events tell: found by walking the events, since a description has
 * far more nodes than findings. The same answers as the locator's in yaml-locate.ts.
 */
export class Places {
  private readonly text: string;
  private readonly events: Packed;
  /** For the event that opens a collection, the one that closes it. */
  private ends: Uint32Array | null = null;
  private readonly keys = new Map<number, ReadonlyMap<string, number>>();
  private readonly items = new Map<number, readonly number[]>();

  constructor(text: string, events: Packed) {
    this.text = text;
    this.events = events;
  }

  private get closing(): Uint32Array {
    this.ends ??= closingOf(this.events);
    return this.ends;
  }

  /** Where the node at `path` is written, or the nearest parent that is; null when only a whole parse can tell. */
  find(path: Path, part: 'key' | 'value'): Found | null {
    let at = 1;
    let point = this.pointOf(at);
    let depth = 0;
    for (const step of path) {
      const type = this.events.type(at);
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
    return this.rangeOf(this.events.type(at) === MAPPING && this.closing[at]! > at + 1 ? at + 1 : at);
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
    return getScalarValue(this.text, this.events.scalar(at));
  }

  /** The event behind a node. */
  private next(at: number): number {
    return this.events.type(at) === SCALAR ? at + 1 : this.closing[at]! + 1;
  }

  private rangeOf(at: number): Range | null {
    const { events } = this;
    if (events.type(at) === SCALAR) return this.isTold(at) ? this.scalarRange(at) : null;
    if (events.style(at) !== BLOCK) return this.isPair(at) ? null : [events.start(at), this.endOf(at, 0)];
    return events.type(at) === MAPPING && events.type(at + 1) === SCALAR ? this.scalarRange(at + 1) : null;
  }

  /** What is told of a text; undefined where only a whole parse can tell. */
  private scalarAt(at: number): Found['scalar'] | undefined {
    const { events } = this;
    if (events.type(at) !== SCALAR) return null;
    if (!this.isTold(at)) return undefined;
    const value = this.keyText(at);
    const isText = events.style(at) !== PLAIN || !WORDS.has(value);
    const verbatim = isText && value.length === events.end(at) - events.start(at);
    return { textStart: events.start(at), verbatim };
  }

  /** `[a: b]` holds a map that no brackets of its own enclose. */
  private isPair(at: number): boolean {
    return this.events.style(at) !== BLOCK && !OPENING.has(this.text[this.events.start(at)]!);
  }

  /** The offset behind a node, when nothing before it is written behind `end`. */
  private endOf(at: number, end: number): number {
    const { events } = this;
    if (events.type(at) === SCALAR)
      return this.isTold(at) ? this.scalarRange(at)[1] : Math.max(end, events.end(at));
    let last = Math.max(end, events.start(at) + 1);
    for (let inner = at + 1; inner < this.closing[at]!; inner = this.next(inner))
      last = this.endOf(inner, last);
    return events.style(at) === BLOCK || this.isPair(at) ? last : this.close(last);
  }

  private isTold(at: number): boolean {
    return this.events.start(at) >= 0 && this.events.style(at) <= LAST_QUOTED;
  }

  /** Quotes belong to what is written. */
  private scalarRange(at: number): Range {
    const [start, end] = [this.events.start(at), this.events.end(at)];
    return this.events.style(at) === PLAIN ? [start, end] : [start - 1, end + 1];
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

function closingOf(events: Packed): Uint32Array {
  const closing = new Uint32Array(events.length);
  const open: number[] = [];
  for (let at = 0; at < events.length; at++) {
    const type = events.type(at);
    if (type === POP) closing[open.pop()!] = at;
    else if (type !== SCALAR) open.push(at);
  }
  return closing;
}

const OPENING: ReadonlySet<string> = new Set(['{', '[']);
const CLOSING: ReadonlySet<string> = new Set(['}', ']']);

import type { Event, ScalarEvent } from 'js-yaml';

// What `parseEvents` of js-yaml calls things by number, and what plain words stand for.

export const SEQUENCE = 2;
export const MAPPING = 3;
export const SCALAR = 4;
export const POP = 6;

/** Style of a scalar that stands without quotes, and of a collection without brackets. */
export const PLAIN = 1;
export const BLOCK = 1;
/** Styles up to here are plain or quoted; above are blocks of text. */
export const LAST_QUOTED = 3;

/** Booleans and null as in YAML's core schema; everything else is the text as written. */
export const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, null] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, boolean] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, boolean] => [word, false]),
]);

const FIELDS = 4;

/**
 * The events of a text in a seventh of the room: they stay as long as somebody may ask where something is written, and
 * as objects they are the largest part of a description. Without anchors, tags and directives.
 */
export class Packed {
  readonly length: number;
  /** For each event: what it is, where it or its value starts, where its value ends, the indent of a block. */
  private readonly numbers: Int32Array;

  constructor(events: readonly Event[]) {
    this.length = events.length;
    this.numbers = new Int32Array(events.length * FIELDS);
    for (let at = 0, n = 0; at < events.length; at++, n += FIELDS) {
      const event = events[at]!;
      this.numbers[n] = event.type;
      if (event.type === SCALAR) {
        this.numbers[n] =
          event.type | (event.style << 4) | (event.chomping << 8) | (event.fast ? 1 << 12 : 0);
        this.numbers[n + 1] = event.valueStart;
        this.numbers[n + 2] = event.valueEnd;
        this.numbers[n + 3] = event.indent;
      } else if (event.type === MAPPING || event.type === SEQUENCE) {
        this.numbers[n] = event.type | (event.style << 4);
        this.numbers[n + 1] = event.start;
      }
    }
  }

  type(at: number): number {
    return this.numbers[at * FIELDS]! & 15;
  }

  style(at: number): number {
    return (this.numbers[at * FIELDS]! >> 4) & 15;
  }

  /** Where a collection begins, or the value of a scalar; negative where there is none. */
  start(at: number): number {
    return this.numbers[at * FIELDS + 1]!;
  }

  /** Where the value of a scalar ends. */
  end(at: number): number {
    return this.numbers[at * FIELDS + 2]!;
  }

  /** A scalar as it was, for `getScalarValue`. */
  scalar(at: number): ScalarEvent {
    const kind = this.numbers[at * FIELDS]!;
    return {
      type: SCALAR,
      valueStart: this.start(at),
      valueEnd: this.end(at),
      ...NO_PROPERTIES,
      style: ((kind >> 4) & 15) as ScalarEvent['style'],
      chomping: ((kind >> 8) & 15) as ScalarEvent['chomping'],
      indent: this.numbers[at * FIELDS + 3]!,
      fast: kind >> 12 === 1,
    };
  }
}

const NO_PROPERTIES = { anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 };

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

/** Shorter texts that are cut out of one are copies anyway. */
const SHORTEST_CUT = 13;

/**
 * The same text with memory of its own: one that was cut out of a file would keep all of that file. Joined, it is written
 * anew; put together and cut again, it would be a piece of another copy.
 */
export const ownText = (text: string): string =>
  text.length < SHORTEST_CUT ? text : [text.slice(0, 1), text.slice(1)].join('');

const NONE: readonly never[] = Object.freeze([]);
const NOTHING = Object.freeze({});

/**
 * A value of lists, maps and texts, as JSON would give it back, with texts of its own: one for all that are the same, as
 * the name of a file is. What is empty is one as well.
 */
export function detached<T>(value: T, texts = new Map<string, string>()): T {
  if (typeof value === 'string') return same(value, texts) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return (value.length === 0 ? NONE : value.map((each) => detached(each, texts))) as T;
  const keys = Object.keys(value);
  if (keys.length === 0) return NOTHING as T;
  // A copy has just the room that its keys need; an object that grows key by key has more.
  const own = { ...value } as Record<string, unknown>;
  for (const key of keys) {
    if (own[key] === undefined) delete own[key];
    else own[key] = detached(own[key], texts);
  }
  return own as T;
}

function same(text: string, texts: Map<string, string>): string {
  if (text.length < SHORTEST_CUT) return text;
  let own = texts.get(text);
  if (own === undefined) {
    own = ownText(text);
    texts.set(own, own);
  }
  return own;
}

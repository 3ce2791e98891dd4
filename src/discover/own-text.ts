/** Shorter texts that are cut out of one are copies anyway. */
const SHORTEST_CUT = 13;

/** The same text with memory of its own: one that was cut out of a file would keep all of that file. */
export const ownText = (text: string): string => (text.length < SHORTEST_CUT ? text : ` ${text}`.slice(1));

/** A value of lists, maps and texts, as JSON would give it back, with texts of its own. */
export function detached<T>(value: T): T {
  if (typeof value === 'string') return ownText(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(detached) as T;
  const own: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const each = (value as Record<string, unknown>)[key];
    // Assigned, this one name would be no key.
    if (key === '__proto__') Object.defineProperty(own, key, { ...PLAIN, value: detached(each) });
    else if (each !== undefined) own[key] = detached(each);
  }
  return own as T;
}

const PLAIN = { configurable: true, enumerable: true, writable: true };

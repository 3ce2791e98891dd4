/** `text` of at most `limit` characters, as a reader counts them; what is cut off shows as `…`. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // What is far too long is cut before it is taken apart.
  const points = Array.from(text.slice(0, limit * 2));
  return points.length <= limit && text.length <= limit * 2
    ? text
    : `${points.slice(0, limit - 1).join('')}…`;
}

/** Longest message and id that a report of bounded size shows. */
export const MAX_MESSAGE = 500;
export const MAX_NAME = 120;

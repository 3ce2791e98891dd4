/** Words of the language that say how open something is, from closed to open. */
const OPENNESS: Readonly<Record<string, readonly string[]>> = {
  exposure: ['loopback', 'private', 'public'],
  egress: ['none', 'allow-list', 'any'],
};

/** How open a value of this key is, from 0; null for other keys and other words. */
export function opennessOf(key: string, value: unknown): number | null {
  const order = Object.hasOwn(OPENNESS, key) ? OPENNESS[key]! : [];
  const at = order.indexOf(String(value));
  return at < 0 ? null : at;
}

/** First words of names of functions, by what such a function does. Words that mean several things are in none. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  read: split(
    'get list read search find fetch lookup look retrieve load show view describe count browse grep glob check query',
  ),
  write: split(
    'create add write update edit modify insert upload save store rename move copy append upsert schedule book',
  ),
  delete: split('delete remove drop erase purge truncate destroy'),
  send: split('send post publish reply email mail tweet notify message forward'),
  pay: split('pay buy sell purchase refund charge transfer withdraw'),
  execute: split('run exec execute eval evaluate shell bash terminal'),
  admin: split('grant revoke invite'),
};
const EFFECT_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(VERBS).flatMap(([effect, verbs]) => verbs.map((verb): [string, string] => [verb, effect])),
);
/** Words behind which the verb stands: `web_search`, `user_lookup`. */
const ENDS: ReadonlySet<string> = new Set(['search', 'lookup', 'fetch', 'query']);

/**
 * What a function of this name is likely to do, as a word of the language; null where the name does not say. A name is
 * no proof: it goes into a remark, never into a key.
 */
export function effectNamed(name: string): string | null {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && word !== 'tool');
  const [first] = words;
  const last = words.at(-1);
  // `search_and_replace` and `get_or_create` do both.
  if (first === undefined || last === undefined || words.some((word) => word === 'and' || word === 'or'))
    return null;
  return EFFECT_OF.get(first) ?? (ENDS.has(last) ? 'read' : null);
}

function split(words: string): readonly string[] {
  return words.split(' ');
}

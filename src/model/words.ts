/** How messages call what stands in each section. */
const KIND_NAMES: Readonly<Record<string, string>> = {
  agent: 'an agent',
  model: 'a model',
  store: 'an entry of `data`',
  tool: 'a tool',
  host: 'an entry of `infrastructure`',
  monitor: 'an entry of `observability`',
  service: 'an entry of `security`',
  peer: 'an entry of `ecosystem`',
  actor: 'an actor',
  boundary: 'a boundary',
};
export const withArticle = (kind: string): string => KIND_NAMES[kind] ?? kind;

/** `a, b or c` */
export const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** A JSON Schema, or a piece of one. */
export type Schema = { [keyword: string]: unknown };

/** Something that a schema allows, or a word that it singles out; taking it away has to show. */
export interface Part {
  /** Definition that holds it; '' for the schema itself. */
  readonly definition: string;
  /** For people: `agent.autonomy = bounded`. */
  readonly name: string;
  readonly is: 'key' | 'word' | 'form' | 'spelling' | 'refused word';
  /** Way from the definition to what changes when it is taken out. */
  readonly at: readonly Step[];
  /** Takes it out of a copy of what lies there. */
  readonly change: (found: unknown) => void;
  /** Set for a key of `properties`. */
  readonly key?: string;
}

export type Step = string | number;

/** What lies below `schema` on that way. */
export const reach = (schema: unknown, way: readonly Step[]): unknown =>
  way.reduce<unknown>((found, step) => (found as Record<Step, unknown>)[step], schema);

/** Every key, word of an enum, form (a type or one of several shapes) and alternative of a pattern, in order. */
export function partsOf({ definitions = {}, ...root }: Schema): Part[] {
  const all = { '': root, ...(definitions as Record<string, Schema>) };
  return Object.entries(all).flatMap(([definition, schema]) =>
    visit(schema, { definition, at: [], name: definition, words: 'word' }),
  );
}

interface Place {
  readonly definition: string;
  readonly at: readonly Step[];
  readonly name: string;
  readonly words: 'word' | 'refused word';
}

/** Nothing is ever equal to it. */
const NOTHING = '\u0000 removed';

function visit(schema: Schema | boolean, place: Place): Part[] {
  if (typeof schema === 'boolean') return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const read = KEYWORDS[keyword];
    if (read) return read(value as never, { ...place, at: [...place.at, keyword] });
    // A keyword that nobody looked at could allow something that no test takes away.
    if (!SAYS_NOTHING.has(keyword) && !keyword.startsWith('x-'))
      throw new Error(`${place.name}: nobody knows the keyword ${keyword}`);
    return [];
  });
}

const KEYWORDS: Readonly<Record<string, (value: never, place: Place) => Part[]>> = {
  properties: keys,
  patternProperties: keys,
  items: below('[]'),
  additionalProperties: below('.*'),
  propertyNames: below(' (its name)'),
  anyOf: (value: Schema[], place) =>
    value.flatMap((schema, i) => [
      part(
        place,
        'form',
        `is ${String(schema['$ref'] ?? schema['type']).replace('#/definitions/', '')}`,
        (anyOf) => {
          (anyOf as unknown[])[i] = false;
        },
      ),
      ...visit(schema, { ...place, at: [...place.at, i] }),
    ]),
  type: (value: string | string[], place) =>
    Array.isArray(value) ? value.map((type) => part(place, 'form', `is ${type}`, withoutType(type))) : [],
  enum: (value: unknown[], place) =>
    value.map((word) => part(place, place.words, `= ${JSON.stringify(word)}`, withoutWord(word))),
  const: (value: unknown, { at, ...place }) => [
    part({ ...place, at: at.slice(0, -1) }, place.words, `= ${JSON.stringify(value)}`, (schema) => {
      (schema as Schema)['const'] = NOTHING;
    }),
  ],
  pattern: (value: string, { at, ...place }) =>
    alternatives(value).map(({ alternative, rest }) =>
      part(
        { ...place, at: at.slice(0, -1) },
        place.words === 'word' ? 'spelling' : place.words,
        `~ ${alternative}`,
        (schema) => {
          (schema as Schema)['pattern'] = rest;
        },
      ),
    ),
  // `if` one of these words, `then` what nobody takes for it.
  if: (value: Schema, place) => visit(value, { ...place, words: 'refused word' }),
};

/** Keywords that allow nothing: they narrow, describe, or point elsewhere. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$ref', 'title', 'description', 'examples', 'then'],
  ...['required', 'minLength', 'minItems', 'maxItems', 'minimum'],
  ...['enumDescriptions', 'errorMessage', 'patternErrorMessage', 'defaultSnippets'],
]);

function keys(value: Readonly<Record<string, Schema>>, place: Place): Part[] {
  return Object.entries(value).flatMap(([key, schema]) => {
    const name = place.name === '' ? key : `${place.name}.${key}`;
    const gone = part({ ...place, name }, 'key', '', (properties) => {
      delete (properties as Schema)[key];
    });
    const named = place.at.at(-1) === 'properties' ? { key } : {};
    return [{ ...gone, ...named }, ...visit(schema, { ...place, name, at: [...place.at, key] })];
  });
}

function below(what: string) {
  return (value: Schema | boolean, place: Place): Part[] =>
    visit(value, { ...place, name: place.name + what });
}

function part({ definition, name, at }: Place, is: Part['is'], what: string, change: Part['change']): Part {
  return { definition, name: [name, what].filter(Boolean).join(' '), is, at, change };
}

/** A type less. There are always others: a single type is no list. */
const withoutType = (type: string) => (types: unknown) => {
  (types as unknown[]).splice((types as unknown[]).indexOf(type), 1);
};

/** A word less. An empty enum is no schema, so its place is filled with what nobody writes. */
const withoutWord = (word: unknown) => (words: unknown) => {
  (words as unknown[])[(words as unknown[]).indexOf(word)] = NOTHING;
};

/** Each alternative of a pattern (`a|b`, in groups or not), and the pattern without it. */
export function alternatives(pattern: string): { alternative: string; rest: string }[] {
  const found: { alternative: string; rest: string }[] = [];
  // Per open group: where its alternatives begin.
  const open: number[][] = [[0]];
  const close = (end: number) => {
    const starts = open.pop()!;
    if (starts.length === 1) return;
    for (const [i, start] of starts.entries()) {
      const stop = i + 1 < starts.length ? starts[i + 1]! - 1 : end;
      // With its own bar: the one behind it, for the last the one before it.
      const [from, to] = i + 1 < starts.length ? [start, stop + 1] : [start - 1, stop];
      found.push({
        alternative: pattern.slice(start, stop),
        rest: pattern.slice(0, from) + pattern.slice(to),
      });
    }
  };
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    if (letter === '\\') at++;
    else if (letter === '[') at = pattern.indexOf(']', at);
    else if (letter === '(') open.push([pattern.startsWith('?:', at + 1) ? at + 3 : at + 1]);
    else if (letter === '|') open.at(-1)!.push(at + 1);
    else if (letter === ')') close(at);
  }
  close(pattern.length);
  return found;
}

import { mask } from '../finding/secrets.ts';
import { similar } from '../finding/similar.ts';
import { examplesAt, examplesOf, formOf, keysAt, type Shape } from './schema-shape.ts';
import { oneOf } from './words.ts';
import { type Data, isDataMap, type Path, type YamlFile } from './yaml.ts';

/** An error as ajv reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set on errors of a schema for names. */
  readonly propertyName?: string;
}

/** What a message says, and where it points; left out, at the value of the mistake. */
export interface Wording {
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string;
  readonly path?: Path;
  readonly part?: 'key' | 'value';
}

export interface Mistake {
  readonly file: YamlFile;
  readonly shape: Shape;
  readonly error: SchemaError;
  readonly path: Path;
  readonly value: Data | undefined;
}

/** A mistake in words for who wrote the file. */
export function word(mistake: Mistake): Wording {
  const { error, path, shape } = mistake;
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(mistake, String(params['additionalProperty']));
    case 'propertyNames':
      return badName(path, String(params['propertyName']));
    case 'required':
      return missing(path, String(params['missingProperty']), shape);
    case 'enum':
    case 'const':
      return wrongWord(mistake, (params['allowedValues'] ?? [params['allowedValue']]) as unknown[]);
    case 'type':
      return wrongType(mistake, [params['type']].flat() as string[]);
    case 'pattern':
      return wrongForm(mistake, formOf(shape, String(params['pattern'])));
    case 'minLength':
    case 'minItems':
      return { code: 'empty-value', message: `${subjectOf(mistake)} is empty` };
    default:
      return { code: error.keyword, message: `${subjectOf(mistake)} is not valid` };
  }
}

/** How a message calls the place: by its key; an entry of a list by the key of the list. */
function subjectOf({ file, path }: Mistake): string {
  const key = path.at(-1);
  if (key === undefined) return 'The file';
  const inList = Array.isArray(at(file.data, path.slice(0, -1)));
  return inList ? `An entry of \`${path.at(-2)}\`` : `\`${key}\``;
}

function unknownKey({ file, shape, path }: Mistake, key: string): Wording {
  const prose = commaProse(file, path, key);
  if (prose) return prose;
  const near = similar(key, keysAt(shape, file.data, path));
  const where = path.length === 0 ? 'at the top of the file' : `in \`${path.join('.')}\``;
  return {
    code: 'unknown-key',
    message: `\`${key}\` is no key ${where}`,
    suggestion: near ? `Did you mean \`${near}\`?` : 'Keys of your own begin with `x-`',
    path: [...path, key],
    part: 'key',
  };
}

/**
 * `{ description: Claims, receipts, mail }` makes YAML see keys `receipts` and `mail` with nothing behind them.
 * All of them are one mistake, at the first.
 */
function commaProse(file: YamlFile, path: Path, key: string): Wording | null {
  const map = at(file.data, path);
  if (!isDataMap(map) || map[key] !== null) return null;
  const start = (name: string) => file.find([...path, name]).start;
  if (!/,\s*$/.test(file.source.text.slice(0, start(key)))) return null;
  // As written: an object has its numbers first.
  const keys = Object.keys(map).sort((a, b) => start(a) - start(b));
  const owner = keys.slice(0, keys.indexOf(key)).findLast((each) => typeof map[each] === 'string');
  if (owner === undefined) return null;
  const behind = keys.slice(keys.indexOf(owner) + 1);
  const next = behind.findIndex((each) => map[each] !== null);
  const parts = next < 0 ? behind : behind.slice(0, next);
  if (!parts.includes(key)) return null;
  return {
    code: 'unquoted-comma',
    message: `A comma in a plain text ends it inside \`{ }\`, so \`${parts[0]}\` became a key of its own`,
    suggestion: `Quote the whole text: \`${owner}: ${JSON.stringify([map[owner], ...parts].join(', '))}\``,
    path: [...path, parts[0]!],
    part: 'key',
  };
}

/** What to add for keys that every description needs. */
const NEEDED: Readonly<Record<string, string>> = {
  system: 'Add `system: { name: my-system }`',
  'system.name': 'Add `name: my-system`',
};

const missing = (path: Path, key: string, shape: Shape): Wording => {
  const suggestion =
    path.length === 0 && key === versionKey(shape) ? beginWith(shape) : NEEDED[[...path, key].join('.')];
  return {
    code: 'missing-key',
    message: path.length === 0 ? `\`${key}\` is missing` : `\`${key}\` is missing in \`${path.join('.')}\``,
    path,
    part: 'key',
    ...(suggestion === undefined ? {} : { suggestion }),
  };
};

/** The first key of each of our formats is its version. */
const versionKey = (shape: Shape): string => Object.keys(shape.properties ?? {})[0]!;
const beginWith = (shape: Shape): string => `Begin the file with \`${versionKey(shape)}: 1\``;

const badName = (path: Path, name: string): Wording => ({
  code: 'bad-id',
  message: `${name === '' ? 'An empty text' : `\`${name}\``} is no id: letters and digits of any script, \`_\` and \`-\` are`,
  suggestion: `For example \`${name.replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, '_').replace(/^_+|_+$/g, '') || 'planner'}\``,
  path: [...path, name],
  part: 'key',
});

const MAX_WORDS = 20;

function wrongWord(mistake: Mistake, allowed: readonly unknown[]): Wording {
  const { value } = mistake;
  const words = allowed.map(String);
  const near = typeof value === 'string' ? similar(value, words) : undefined;
  const list = words.length > MAX_WORDS ? [...words.slice(0, MAX_WORDS), '…'] : words;
  const suggestion =
    (allowed.includes(true) ? booleanMeant(value) : undefined) ?? (near && `Did you mean \`${near}\`?`);
  return {
    code: 'unknown-word',
    message: `${subjectOf(mistake)} cannot be ${show(value)}; it is one of ${list.join(', ')}`,
    ...(suggestion ? { suggestion } : {}),
  };
}

/** YAML 1.1 had many words for true and false; 1.2 has these two. */
function booleanMeant(value: Data | undefined): string | undefined {
  if (typeof value !== 'string' || !/^(?:y|yes|on|n|no|off)$/i.test(value)) return undefined;
  const meant = /^(?:y|yes|on)$/i.test(value);
  return `YAML 1.2 reads ${show(value)} as text: write \`${meant}\``;
}

function wrongType(mistake: Mistake, types: readonly string[]): Wording {
  const { file, shape, path, value } = mistake;
  const wanted = [...new Set(types.map((each) => TYPES[each] ?? each))];
  const suggestion =
    (types.includes('boolean') ? booleanMeant(value) : undefined) ??
    (path.length === 0 ? beginWith(shape) : otherForm(types, value)) ??
    written(examplesAt(shape, file.data, path), 'For example');
  return {
    code: 'wrong-type',
    message: `${subjectOf(mistake)} is ${show(value)}; it takes ${oneOf(wanted)}`,
    // Nothing is written where the value should be: the key is all there is to point at.
    part: value === null ? 'key' : 'value',
    ...(suggestion ? { suggestion } : {}),
  };
}

/** The same value in the form that is wanted, where that is plain. */
function otherForm(types: readonly string[], value: Data | undefined): string | undefined {
  const [only] = types.length === 1 ? types : [];
  if (only === 'array' && typeof value === 'string') return `Write \`[${cut(value)}]\``;
  if (only !== 'object') return undefined;
  if (value === null) return 'Write `{}` when there is nothing to say';
  const first = Array.isArray(value) ? value[0] : undefined;
  return typeof first === 'string' ? `Write a map: \`{ ${cut(first)}: … }\`` : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a text',
  integer: 'a text',
  boolean: '`true` or `false`',
  null: 'nothing',
};

function wrongForm(mistake: Mistake, form: Shape | undefined): Wording {
  const suggestion = written(form ? examplesOf(form) : [], 'Write it like');
  return {
    code: 'wrong-form',
    message: `${subjectOf(mistake)} is ${show(mistake.value)}, which is not ${form?.title ? article(form.title) : 'of the form it takes'}`,
    ...(suggestion ? { suggestion } : {}),
  };
}

const article = (title: string): string => {
  const plain = title.charAt(0).toLowerCase() + title.slice(1);
  return /^(?:a|an|the|one) /i.test(plain) ? plain : `${/^[aeiou]/.test(plain) ? 'an' : 'a'} ${plain}`;
};

const written = (examples: readonly unknown[], before: string): string | undefined =>
  examples.length === 0
    ? undefined
    : `${before} ${examples
        .slice(0, 3)
        .map((each) => `\`${each}\``)
        .join(', ')}`;

/** A value in a message: short, never the whole of a block. Masked before it is cut: half a secret looks like none. */
function show(value: Data | undefined): string {
  if (value === undefined || value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isDataMap(value)) return 'a map';
  return `\`${cut(String(value))}\``;
}

const cut = (value: string): string => {
  const text = mask(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** The data at `path`. */
export function at(data: Data | undefined, path: Path): Data | undefined {
  let value = data;
  for (const step of path) {
    value = Array.isArray(value) ? value[Number(step)] : isDataMap(value) ? value[step] : undefined;
  }
  return value;
}

import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import { type Data, isDataMap, type Path, type YamlFile } from './yaml.ts';

/** An error as ajv reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A generated validator: true, or false with `errors` set. */
export interface Validate {
  (data: unknown): boolean;
  errors?: SchemaError[] | null;
}

/** What a message needs to know of a schema's definitions: keys for did-you-mean, title and examples of a unit. */
export interface SchemaFacts {
  readonly topKeys: readonly string[];
  readonly definitions: Readonly<
    Record<
      string,
      { readonly title?: string; readonly examples?: readonly string[]; readonly fields?: object }
    >
  >;
}

/** Checks `file` against a schema; every mistake becomes a problem at its place, the most telling one of each place. */
export function checkSchema(file: YamlFile, validate: Validate, facts: SchemaFacts): Problem[] {
  if (validate(file.data)) return [];
  const errors = telling(validate.errors ?? [], file.data);
  const problems = errors.map((error) => explain(file, error, facts));
  return problems.filter((problem, i) => problems.findIndex((other) => samePlace(problem, other)) === i);
}

const samePlace = (a: Problem, b: Problem): boolean =>
  a.location?.line === b.location?.line && a.location?.column === b.location?.column;

const pathOf = (error: SchemaError): Path =>
  error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Of alternatives, only what the alternative of the written type says; the frame around them says nothing more. */
function telling(errors: readonly SchemaError[], data: Data): SchemaError[] {
  const choices = errors.filter((error) => error.keyword === 'anyOf');
  const wrongBranch = (error: SchemaError) =>
    choices.some(
      (choice) =>
        error.instancePath === choice.instancePath &&
        error.keyword !== 'anyOf' &&
        (error.keyword === 'type' || error.keyword === 'enum') &&
        !fitsType(error, at(data, pathOf(error))),
    );
  const rest = errors.filter(
    (error) => error.keyword !== 'anyOf' && error.keyword !== 'if' && !wrongBranch(error),
  );
  const silent = choices.filter(
    (choice) => !rest.some((error) => error.instancePath.startsWith(choice.instancePath)),
  );
  return [...rest, ...silent];
}

/** True when an enum error is about a text (the branch for texts) or a type error is about no alternative at all. */
const fitsType = (error: SchemaError, value: Data | undefined): boolean =>
  error.keyword === 'enum' ? typeof value === 'string' : false;

function at(data: Data | undefined, path: Path): Data | undefined {
  let value = data;
  for (const step of path) {
    value = Array.isArray(value) ? value[Number(step)] : isDataMap(value) ? value[step] : undefined;
  }
  return value;
}

type Wording = { code: string; message: string; suggestion?: string; path?: Path; part?: 'key' | 'value' };

function explain(file: YamlFile, error: SchemaError, facts: SchemaFacts): Problem {
  const path = pathOf(error);
  const value = at(file.data, path);
  const wording = word(file, error, path, value, facts);
  const found = file.find(wording.path ?? path, wording.part ?? 'value');
  return {
    code: wording.code,
    message: wording.message,
    file: file.source.file,
    ...file.source.place(found.start, Math.max(found.end, found.start + 1)),
    ...(wording.suggestion === undefined ? {} : { suggestion: wording.suggestion }),
  };
}

function word(
  file: YamlFile,
  error: SchemaError,
  path: Path,
  value: Data | undefined,
  facts: SchemaFacts,
): Wording {
  const { params } = error;
  const name = path.at(-1) ?? 'the file';
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(file, error, path, String(params['additionalProperty']), facts);
    case 'propertyNames':
    case 'required':
      return error.keyword === 'required'
        ? missing(path, String(params['missingProperty']))
        : badName(path, String(params['propertyName']));
    case 'enum':
    case 'const':
      return wrongWord(name, value, (params['allowedValues'] ?? [params['allowedValue']]) as unknown[]);
    case 'type':
      return wrongType(name, value, params['type'], facts, error);
    case 'pattern':
      return wrongForm(name, value, error, facts);
    default:
      return { code: error.keyword, message: `\`${name}\` ${error.message ?? 'is not valid'}` };
  }
}

function unknownKey(
  file: YamlFile,
  error: SchemaError,
  path: Path,
  key: string,
  facts: SchemaFacts,
): Wording {
  const prose = commaProse(file, path, key);
  if (prose) return prose;
  const definition = /#\/definitions\/([^/]+)\//.exec(error.schemaPath)?.[1];
  const known = definition ? Object.keys(facts.definitions[definition]?.fields ?? {}) : facts.topKeys;
  const near = similar(key, known);
  const where = path.length === 0 ? 'at the top of the file' : `in \`${path.join('.')}\``;
  const suggestion = near ? `Did you mean \`${near}\`?` : 'Keys of your own begin with `x-`';
  const message = `\`${key}\` is no key ${where}`;
  return { code: 'unknown-key', message, suggestion, path: [...path, key], part: 'key' };
}

/** `{ description: Claims, receipts }` makes YAML see a second key `receipts` with nothing behind it. */
function commaProse(file: YamlFile, path: Path, key: string): Wording | null {
  const map = at(file.data, path);
  if (!isDataMap(map) || map[key] !== null) return null;
  const keys = Object.keys(map);
  const before = keys.slice(0, keys.indexOf(key)).reverse();
  const owner = before.find((each) => typeof map[each] === 'string');
  const found = file.find([...path, key]);
  if (!owner || !/,\s*$/.test(file.source.text.slice(0, found.start))) return null;
  const parts = [
    map[owner] as string,
    ...keys.slice(keys.indexOf(owner) + 1).filter((each) => map[each] === null),
  ];
  return {
    code: 'unquoted-comma',
    message: `A comma in a plain text ends it inside \`{ }\`, so \`${key}\` became a key of its own`,
    suggestion: `Quote the whole text: \`${owner}: ${JSON.stringify(parts.join(', '))}\``,
    path: [...path, key],
    part: 'key',
  };
}

const missing = (path: Path, key: string): Wording => ({
  code: 'missing-key',
  message: path.length === 0 ? `\`${key}\` is missing` : `\`${key}\` is missing in \`${path.join('.')}\``,
  path,
  part: 'key',
  ...(key === 'maestro' ? { suggestion: 'Begin the file with `maestro: 1`' } : {}),
});

const badName = (path: Path, name: string): Wording => ({
  code: 'bad-id',
  message: `\`${name}\` is no id: letters and digits of any script, \`_\` and \`-\` are`,
  suggestion: `For example \`${name.replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, '_').replace(/^_+|_+$/g, '') || 'planner'}\``,
  path: [...path, name],
  part: 'key',
});

function wrongWord(name: string, value: Data | undefined, allowed: readonly unknown[]): Wording {
  const words = allowed.map(String);
  const near = typeof value === 'string' ? similar(value, words) : undefined;
  const list = words.length > 12 ? `${words.slice(0, 12).join(', ')}, …` : words.join(', ');
  return {
    code: 'unknown-word',
    message: `\`${name}\` cannot be ${show(value)}; it is one of ${list}`,
    ...(near ? { suggestion: `Did you mean \`${near}\`?` } : {}),
  };
}

function wrongType(
  name: string,
  value: Data | undefined,
  type: unknown,
  facts: SchemaFacts,
  error: SchemaError,
): Wording {
  const yes = typeof value === 'string' && /^(?:yes|on|y)$/i.test(value);
  const no = typeof value === 'string' && /^(?:no|off|n)$/i.test(value);
  const types = [type].flat() as string[];
  const wanted = types.map((each) => TYPES[each] ?? each).filter((each, i, all) => all.indexOf(each) === i);
  const code = 'wrong-type';
  const message = `\`${name}\` is ${show(value)}; it takes ${wanted.join(' or ')}`;
  if (types.includes('boolean') && (yes || no)) {
    return {
      code,
      message,
      suggestion: `YAML 1.2 reads ${show(value)} as text: write \`${yes ? 'true' : 'false'}\``,
    };
  }
  if (types.length === 1 && types[0] === 'array' && typeof value === 'string') {
    return { code, message, suggestion: `Write \`[${value}]\`` };
  }
  const example = exampleOf(error, facts);
  return { code, message, ...(example ? { suggestion: `For example \`${example}\`` } : {}) };
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

function wrongForm(name: string, value: Data | undefined, error: SchemaError, facts: SchemaFacts): Wording {
  const definition = /#\/definitions\/([^/]+)\//.exec(error.schemaPath)?.[1];
  const title = definition ? facts.definitions[definition]?.title : undefined;
  const example = exampleOf(error, facts);
  return {
    code: 'wrong-form',
    message: `\`${name}\` is ${show(value)}, which is not ${title ? article(title) : 'of the form it takes'}`,
    ...(example ? { suggestion: `Write it like \`${example}\`` } : {}),
  };
}

const article = (title: string): string => {
  const plain = title.charAt(0).toLowerCase() + title.slice(1);
  return /^(?:a|an|the|one) /i.test(plain) ? plain : `${/^[aeiou]/.test(plain) ? 'an' : 'a'} ${plain}`;
};

const exampleOf = (error: SchemaError, facts: SchemaFacts): string | undefined => {
  const definition = /#\/definitions\/([^/]+)\//.exec(error.schemaPath)?.[1];
  const examples = definition ? facts.definitions[definition]?.examples : undefined;
  return examples?.slice(0, 3).map(String).join('`, `');
};

/** A value in a message: short, never the whole of a block. */
function show(value: Data | undefined): string {
  if (value === undefined || value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isDataMap(value)) return 'a map';
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

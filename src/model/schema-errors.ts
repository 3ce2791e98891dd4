import type { Problem } from '../finding/finding.ts';
import { MAX_PROBLEMS } from '../finding/problems.ts';
import type { Shape } from './schema-shape.ts';
import { at, type SchemaError, word } from './schema-words.ts';
import type { Data, Path, YamlFile } from './yaml.ts';

/** A generated validator: true, or false with `errors` set. */
export interface Validate {
  (data: unknown): boolean;
  errors?: SchemaError[] | null;
  readonly shape: () => Shape;
}

/**
 * Checks `file` against a schema; every mistake becomes a problem at its place, the most telling one of each place.
 * `data` is what is checked when that is more than what the file holds.
 */
export function checkSchema(file: YamlFile, validate: Validate, data: Data = file.data): Problem[] {
  if (validate(data)) return [];
  const shape = validate.shape();
  const places = new Set<string>();
  return telling(validate.errors ?? [], data)
    .map((error) => ({ error, at: file.find(pathOf(error)).start }))
    .sort((a, b) => a.at - b.at)
    .slice(0, MAX_PROBLEMS + 1)
    .map(({ error }) => explain(file, error, shape))
    .filter(({ location }) => {
      const place = `${location?.line}:${location?.column}`;
      return !places.has(place) && places.add(place);
    });
}

const pathOf = (error: SchemaError): Path =>
  error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Of alternatives, only what the alternative of the written type says; the frame around them says nothing more. */
function telling(errors: readonly SchemaError[], data: Data): SchemaError[] {
  const choices = errors.filter((error) => error.keyword === 'anyOf');
  const chosen = new Set(choices.map((choice) => choice.instancePath));
  const wrongBranch = (error: SchemaError) =>
    chosen.has(error.instancePath) &&
    (error.keyword === 'type' || error.keyword === 'enum') &&
    !fitsType(error, at(data, pathOf(error)));
  const rest = errors.filter(
    (error) =>
      error.keyword !== 'anyOf' &&
      error.keyword !== 'if' &&
      // What is wrong with a name is said by `propertyNames`.
      error.propertyName === undefined &&
      !wrongBranch(error),
  );
  const told = new Set(rest.flatMap(({ instancePath }) => pathsTo(instancePath)));
  return [...rest, ...choices.filter((choice) => !told.has(choice.instancePath))];
}

/** `/a/b` gives itself, `/a` and nothing. */
function pathsTo(pointer: string): string[] {
  const steps = pointer.split('/');
  return steps.map((_, i) => steps.slice(0, i + 1).join('/'));
}

/** True when an enum error is about a text (the branch for texts) or a type error is about no alternative at all. */
const fitsType = (error: SchemaError, value: Data | undefined): boolean =>
  error.keyword === 'enum' ? typeof value === 'string' : false;

function explain(file: YamlFile, error: SchemaError, shape: Shape): Problem {
  const path = pathOf(error);
  const wording = word({ file, shape, error, path, value: at(file.data, path) });
  const found = file.find(wording.path ?? path, wording.part ?? 'value');
  return {
    code: wording.code,
    message: wording.message,
    file: file.source.file,
    ...file.source.place(found.start, Math.max(found.end, found.start + 1)),
    ...(wording.suggestion === undefined ? {} : { suggestion: wording.suggestion }),
  };
}

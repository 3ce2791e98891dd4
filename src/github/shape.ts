/** Says of a value from somewhere else whether it has the form that a type promises. */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';
export const flag: Shape = (value) => typeof value === 'boolean';
export const anything: Shape = () => true;
/** A line, a column, an index: nothing that is not a whole number of at least one. */
export const position: Shape = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
/** How many there are of something. */
export const amount: Shape = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
export const word =
  (words: readonly string[]): Shape =>
  (value) =>
    typeof value === 'string' && words.includes(value);
export const fits =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);
export const list =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);

/** An object that has all of `needed`, and of `optional` what it has in that form. */
export const object =
  (needed: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const has = (key: string) => Object.hasOwn(value, key);
    const at = (key: string) => (value as Record<string, unknown>)[key];
    return (
      Object.entries(needed).every(([key, shape]) => has(key) && shape(at(key))) &&
      Object.entries(optional).every(([key, shape]) => !has(key) || shape(at(key)))
    );
  };

/** The same, with more keys. */
export const both =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.every((shape) => shape(value));

import { type Data, isDataMap, type Path } from './yaml.ts';

/** What a message about a mistake needs of a JSON Schema: which keys there are, what a form is called. */
export interface Shape {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Shape>>;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly pattern?: string;
  readonly title?: string;
  readonly examples?: readonly unknown[];
  /** Examples that show a form and are no proposals: an editor offers `examples` to choose from. */
  readonly 'x-looks-like'?: readonly unknown[];
}

/** The part of the schema that `path` of `data` follows; of alternatives, the first that has such a part. */
export function shapeAt(root: Shape, data: Data, path: Path): Shape | null {
  let shape: Shape | null = root;
  let value: Data | undefined = data;
  for (const step of path) {
    shape =
      branches(root, shape)
        .map((branch) => member(branch, value, step))
        .find((found) => found !== null) ?? null;
    if (shape === null) return null;
    value = Array.isArray(value) ? value[Number(step)] : isDataMap(value) ? value[step] : undefined;
  }
  return shape;
}

/** Keys that a map may have there. */
export const keysAt = (root: Shape, data: Data, path: Path): string[] =>
  branches(root, shapeAt(root, data, path)).flatMap((branch) => Object.keys(branch.properties ?? {}));

/** What the form is called that `pattern` checks, and how it looks. */
export const formOf = (root: Shape, pattern: string): Shape | undefined =>
  Object.values(root.definitions ?? {}).find((each) => each.pattern === pattern && each.title !== undefined);

/** Values to copy for a place of the file. */
export const examplesAt = (root: Shape, data: Data, path: Path): readonly unknown[] =>
  branches(root, shapeAt(root, data, path)).flatMap(examplesOf);

/** How a value of this shape looks. */
export const examplesOf = (shape: Shape): readonly unknown[] => shape.examples ?? shape['x-looks-like'] ?? [];

function member(shape: Shape, value: Data | undefined, step: string): Shape | null {
  if (Array.isArray(value)) return shape.items ?? null;
  const { properties = {}, additionalProperties: others } = shape;
  if (Object.hasOwn(properties, step)) return properties[step]!;
  return typeof others === 'object' ? others : null;
}

/** A shape with its reference followed, and each of its alternatives. */
function branches(root: Shape, shape: Shape | null): Shape[] {
  if (shape === null) return [];
  const name = shape.$ref?.replace('#/definitions/', '');
  const here = name === undefined ? shape : root.definitions?.[name];
  return here ? [here, ...(here.anyOf ?? []).flatMap((each) => branches(root, each))] : [];
}

import { type Field, type Kind, language } from '../model/language.ts';
import { isFit, scalar } from './draft-text.ts';
import type { FactValue } from './fact.ts';
import type { Component, JoinedValue } from './join.ts';
import { modelParts } from './make.ts';

/** A key of a component as the draft writes it. */
export interface Line {
  readonly key: string;
  readonly text: string;
  /** Where it is written, when that is another file than the first source of the component. */
  readonly from: string;
}

/** What a component's attributes become: keys of the language, and those that are there and nobody can tell. */
export interface Facts {
  readonly lines: readonly Line[];
  readonly unresolved: readonly { readonly key: string; readonly why: string; readonly at: string }[];
}

/** Attributes whose key in the language has another name. */
const CALLED: Readonly<Record<string, string>> = { principal: 'identity.principal' };
/** Keys that the draft writes in another way. */
const APART = ['source', 'plane', 'controls', 'actions', 'name', 'links', 'tags'];

/** The attributes of a component that the language has a key for, in the order of the language. */
export function factsOf(component: Component): Facts {
  const fields = language.definitions[component.kind as Kind]?.fields ?? {};
  const home = component.sources[0]?.file;
  const lines: Line[] = [];
  const unresolved: { key: string; why: string; at: string }[] = [];
  const nested = new Map<string, { parts: string[]; from: string }>();
  for (const [attribute, value] of Object.entries(withModelName(component))) {
    const path = Object.hasOwn(CALLED, attribute) ? CALLED[attribute]! : attribute;
    const [key, inner] = path.split('.') as [string, string?];
    const field = Object.hasOwn(fields, key) ? fields[key]! : null;
    if (!field || field.ref || APART.includes(key)) {
      // An unresolved `model` stands among the links too, and a thing without a name has an id all the same.
      if (value.value === null && !['model', 'name'].includes(key)) unresolved.push(open(key, value));
      continue;
    }
    if (value.value === null) {
      unresolved.push(open(key, value));
      continue;
    }
    const from = value.file === home ? '' : place(value);
    if (inner === undefined) {
      const text = written(field, value.value);
      if (text !== null) lines.push({ key, text, from });
      continue;
    }
    const inside = field.of ? (language.definitions[field.of]?.fields ?? {}) : {};
    const part = Object.hasOwn(inside, inner) ? inside[inner] : undefined;
    const text = part ? written(part, value.value) : null;
    if (text === null) continue;
    const known = nested.get(key) ?? { parts: [], from };
    if (!known.parts.some((each) => each.startsWith(`${inner}: `))) known.parts.push(`${inner}: ${text}`);
    nested.set(key, known);
  }
  for (const [key, { parts, from }] of nested)
    if (!lines.some((line) => line.key === key)) lines.push({ key, text: `{ ${parts.join(', ')} }`, from });
  const order = Object.keys(fields);
  lines.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  return { lines, unresolved };
}

/** A model is called after its provider and version; code often says no more than that name. */
function withModelName({ kind, attributes }: Component): Component['attributes'] {
  const name = attributes['name'];
  if (kind !== 'model' || typeof name?.value !== 'string') return attributes;
  const { provider, version } = modelParts(name.value);
  return {
    version: { ...name, value: version },
    ...(provider === null ? {} : { provider: { ...name, value: provider } }),
    ...attributes,
  };
}

/** `file:line` of a value. */
export const place = ({ file, line }: { readonly file: string; readonly line: number }): string =>
  `${file}:${line}`;

const open = (key: string, value: JoinedValue) => ({
  key,
  why: value.unresolved ?? 'cannot be told from here',
  at: place(value),
});

const DURATION = /^\d{1,9}(?:\.\d{1,9})?(?:ms|[smhdwy])$/;

/** A value as this key of the language takes it; null when it does not. */
function written(field: Field, value: NonNullable<FactValue['value']>): string | null {
  switch (field.form) {
    case 'text':
      return typeof value === 'string' && isFit(value) ? scalar(value) : null;
    case 'enum':
      return typeof value === 'string' && field.values?.includes(value) ? value : null;
    case 'bool':
      return typeof value === 'boolean' ? String(value) : null;
    case 'unit':
      return typeof value === 'string' && field.unit === 'duration' && DURATION.test(value) ? value : null;
    case 'texts': {
      const texts =
        typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
      const fit = texts.filter((text) => isFit(text) && (field.values?.includes(text) ?? true));
      return fit.length > 0 ? `[${[...new Set(fit)].map(scalar).join(', ')}]` : null;
    }
    case 'object': {
      const of = field.of ? language.definitions[field.of] : undefined;
      const short = of?.short === undefined ? undefined : of.fields[of.short];
      return short ? written(short, value) : null;
    }
    default:
      return null;
  }
}

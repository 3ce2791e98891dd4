import { type Component, type System, textOf } from '../model/system.ts';
import type { FactPlace } from '../rules/trace-fact.ts';

/** The part of the schema that says what keys mean. */
export interface Described {
  readonly definitions: Readonly<
    Record<
      string,
      {
        readonly examples?: readonly unknown[];
        readonly properties?: Readonly<
          Record<
            string,
            {
              readonly $ref?: string;
              readonly description?: string;
              readonly examples?: readonly unknown[];
            }
          >
        >;
      }
    >
  >;
}

const MAX_EXAMPLES = 8;

/** Values that a fact may take, or, where it is open, some that it might. */
export function valuesOf(
  system: System,
  schema: Described,
  fact: FactPlace,
): { readonly values: readonly string[]; readonly isOpen: boolean } {
  const { field } = fact;
  if (field.values) return { values: field.values, isOpen: false };
  if (field.form === 'bool') return { values: ['true', 'false'], isOpen: false };
  if (field.ref) {
    const { to } = field.ref;
    const fits = ({ kind }: Component) => to.includes('component') || to.includes(kind);
    const ids = system.components.filter(fits).map(({ id }) => id);
    return { values: ids.slice(0, MAX_EXAMPLES), isOpen: ids.length > MAX_EXAMPLES };
  }
  return { values: examplesOf(schema, fact), isOpen: true };
}

/** Examples that the schema gives, for the key or for all of its kind; else the words its description quotes. */
function examplesOf(schema: Described, { definition, key }: FactPlace): string[] {
  const property = propertyOf(schema, definition, key);
  const kind = property?.$ref?.replace('#/definitions/', '') ?? '';
  const given = property?.examples ?? schema.definitions[kind]?.examples;
  const quoted = [...(property?.description ?? '').matchAll(/`([^`\s]+)`/g)].map((match) => match[1]!);
  return (given ?? quoted).map(String).slice(0, MAX_EXAMPLES);
}

const propertyOf = (schema: Described, definition: string, key: string) =>
  schema.definitions[definition]?.properties?.[key];

/** What the language says about a fact, and about each of its values. */
export function meaningOf(
  schema: Described,
  fact: FactPlace,
): { readonly says: string; readonly of: (value: string, system: System) => string } {
  const description = propertyOf(schema, fact.definition, fact.key)?.description ?? '';
  // `What it may do alone: `suggest` (people act), … . What follows.` The values are listed by themselves.
  const listed = fact.field.values ? /^([^:`]+): `[^.]*\.\s*(.*)$/s.exec(description) : null;
  const says = listed ? `${listed[1]}. ${listed[2]}`.trim() : description;
  return { says, of: (value, system) => meaningOfValue(description, value, system) };
}

/** What stands in brackets behind the value; of a zone, how far it is trusted. */
function meaningOfValue(description: string, value: string, system: System): string {
  const at = description.indexOf(`\`${value}\` (`);
  if (at >= 0) return description.slice(at + value.length + 4, description.indexOf(')', at));
  const zone = system.byId.get(value);
  return zone?.kind === 'boundary' ? textOf(zone.raw, 'trust') : '';
}

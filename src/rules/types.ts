import { language } from '../model/language.ts';

/** A type that expressions know: its fields with their CEL types. */
export interface TypeTable {
  readonly [type: string]: { readonly [field: string]: string };
}

/** Name of the type of each kind of component, as rules name it. */
export const TYPE_OF_KIND: Readonly<Record<string, string>> = {
  agent: 'Agent',
  model: 'Model',
  store: 'Store',
  tool: 'Tool',
  action: 'Action',
  host: 'Host',
  monitor: 'Monitor',
  service: 'Service',
  peer: 'Peer',
  actor: 'Actor',
  boundary: 'Boundary',
};

/** Definitions whose objects have a type of their own, with the name rules use. */
const DEFINITION_TYPES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(language.definitions).flatMap(([name, { type }]) => (type ? [[name, type]] : [])),
);

export const definitionOf = (type: string): string | undefined =>
  Object.entries(DEFINITION_TYPES).find(([, name]) => name === type)?.[0] ?? EXTRA_DEFINITIONS[type];

const EXTRA_DEFINITIONS: Readonly<Record<string, string>> = { GrantedAction: 'granted_action' };

/** CEL type of a key as the schema describes it, or null for keys that rules do not see. */
export function celType(definition: string, key: string): string | null {
  const field = language.definitions[definition]?.fields[key];
  if (!field) return null;
  switch (field.form) {
    case 'text':
    case 'enum':
      return 'string';
    case 'bool':
      return 'bool';
    case 'unit':
      return 'double';
    case 'texts':
      return 'list<string>';
    case 'object':
      return DEFINITION_TYPES[field.of!] ?? null;
    case 'ref':
      return refType(field.ref!.to);
    default:
      return null;
  }
}

const refType = (to: readonly string[]): string =>
  to.length === 1 && to[0] !== 'component' ? `list<${TYPE_OF_KIND[to[0]!]}>` : 'list<Component>';

/** By kind: the lists of those who refer to it, from the references of all other kinds. */
export function inverseTypes(): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, Set<string>>> = {};
  for (const [definition, { fields }] of Object.entries(language.definitions)) {
    const from = TYPE_OF_KIND[definition];
    if (!from) continue;
    for (const { ref } of Object.values(fields)) {
      if (!ref) continue;
      const kinds = ref.to.includes('component') ? Object.keys(TYPE_OF_KIND) : ref.to;
      for (const kind of kinds) {
        found[kind] ??= {};
        found[kind][ref.inverse] ??= new Set();
        found[kind][ref.inverse]!.add(from);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([kind, lists]) => [
      kind,
      Object.fromEntries(
        Object.entries(lists).map(([name, types]) => [
          name,
          types.size === 1 ? `list<${[...types][0]}>` : 'list<Component>',
        ]),
      ),
    ]),
  );
}

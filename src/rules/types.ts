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

/** Definitions by the type that rules know their objects as. */
const DEFINITIONS = new Map([['GrantedAction', 'granted_action']]);
for (const name in language.definitions) {
  const { type } = language.definitions[name]!;
  if (type && !DEFINITIONS.has(type)) DEFINITIONS.set(type, name);
}

export const definitionOf = (type: string): string | undefined => DEFINITIONS.get(type);

const KINDS = new Map(Object.entries(TYPE_OF_KIND).map(([kind, type]) => [type, kind]));

/** The kind of component that a type shows; none for types of other things. */
export const kindOfType = (type: string): string | undefined => KINDS.get(type);

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
      return language.definitions[field.of!]?.type || null;
    case 'ref':
      return refType(field.ref!.to);
    default:
      return null;
  }
}

const refType = (to: readonly string[]): string =>
  to.length === 1 && to[0] !== 'component' ? `list<${TYPE_OF_KIND[to[0]!]}>` : 'list<Component>';

/** By kind: the lists of those who refer to it, from the references of all other kinds. */
export function inverseTypes(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const definition in language.definitions) {
    const from = TYPE_OF_KIND[definition];
    if (!from) continue;
    const { fields } = language.definitions[definition]!;
    for (const key in fields) {
      const { ref } = fields[key]!;
      if (!ref) continue;
      const kinds = ref.to.includes('component') ? Object.keys(TYPE_OF_KIND) : ref.to;
      for (const kind of kinds) {
        const lists = found.get(kind) ?? new Map<string, string>();
        found.set(kind, lists);
        const list = `list<${from}>`;
        lists.set(ref.inverse, (lists.get(ref.inverse) ?? list) === list ? list : 'list<Component>');
      }
    }
  }
  return found;
}

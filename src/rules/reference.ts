import { DERIVED } from './derived.ts';
import { FUNCTIONS } from './functions.ts';
import { definitionOf } from './types.ts';
import { VIEW_TYPES } from './views.ts';

export interface Reference {
  readonly types: readonly {
    readonly name: string;
    readonly fields: readonly { readonly name: string; readonly type: string; readonly says: string }[];
  }[];
  readonly functions: readonly { readonly signature: string; readonly says: string }[];
}

/**
 * Every type, field and function of the rule language, read off the environment that rules are checked in; `schema`
 * is the parsed schema of the language, for what its keys mean.
 */
export function reference(schema: { readonly definitions: object }): Reference {
  const types = [...VIEW_TYPES].map(([name, { fields }]) => ({
    name,
    fields: Object.entries(fields).map(([field, type]) => ({
      name: field,
      type,
      says: says(schema.definitions as Described, name, field),
    })),
  }));
  const methods = [
    {
      signature: '<any>.enforces("control")',
      says: 'the control is in force: its own, implied by a fact, lent by a service that covers it, its host\u2019s, or system-wide',
    },
    { signature: '<any>.declared("key")', says: 'somebody wrote this key' },
    { signature: 'group.size()', says: 'how many members a group has' },
    {
      signature: 'list.all(x, …), exists, exists_one, filter, map, size()',
      says: 'CEL\u2019s own list functions',
    },
    {
      signature: 'text.contains(t), startsWith(t), endsWith(t), lowerAscii(), size()',
      says: 'CEL\u2019s own text functions',
    },
  ];
  return {
    types,
    functions: [...methods, ...FUNCTIONS.map(({ signature, says: what }) => ({ signature, says: what }))],
  };
}

type Described = Record<string, { properties?: Record<string, { description?: string }> }>;

/** The first sentence of what the schema says about a key, or what the computed field says about itself. */
function says(definitions: Described, type: string, field: string): string {
  const derived = DERIVED[type]?.[field];
  if (derived) return derived.says;
  const definition = definitionOf(type);
  const described = definitions[definition ?? '']?.properties?.[field]?.description ?? '';
  if (described !== '') return described.split(/(?<=\.) /)[0]!.replace(/\.$/, '');
  return 'those that refer to it';
}

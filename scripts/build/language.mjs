import { readFileSync } from 'node:fs';

const schemaFile = new URL('../../schemas/maestro-1.schema.json', import.meta.url);

/** The part of the language schema that the program needs at run time, as a TypeScript module. */
export function languageModule() {
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const definitions = Object.fromEntries(
    Object.entries(schema.definitions)
      .map(([name, definition]) => [name, describe(schema, definition)])
      .filter(([, described]) => described !== null),
  );
  definitions.system = describe(schema, deref(schema, schema.properties.system));
  const sections = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    if (property['x-kind']) sections[name] = { kind: property['x-kind'], layer: property['x-layer'] ?? null };
  }
  const defaultEffects = schema.definitions.tool['x-default-effect'] ?? {};
  const language = { topKeys: Object.keys(schema.properties), sections, definitions, defaultEffects };
  return `// Generated from schemas/maestro-1.schema.json.\nexport const LANGUAGE = ${JSON.stringify(language)};\n`;
}

const deref = (schema, node) =>
  node.$ref ? { ...schema.definitions[refName(node)], ...withoutRef(node) } : node;
const refName = (node) => node.$ref?.replace('#/definitions/', '');
const withoutRef = ({ $ref, ...rest }) => rest;

function describe(schema, definition) {
  const shape = objectBranch(schema, definition);
  const fields = {};
  for (const [key, property] of Object.entries(shape?.properties ?? {}))
    fields[key] = field(schema, property);
  const described = { fields };
  const type = definition['x-type'] ?? shape?.['x-type'];
  if (type) described.type = type;
  if (shape?.['x-short']) described.short = shape['x-short'];
  return described;
}

/** The object form of a definition that may also be written as a bare text. */
const objectBranch = (schema, definition) =>
  definition.properties
    ? definition
    : definition.anyOf?.map((branch) => deref(schema, branch)).find((b) => b.properties);

function field(schema, property) {
  const node = deref(schema, property);
  const found = { ...form(schema, property, node) };
  if (node['x-fact']) found.fact = true;
  if (node['x-default'] !== undefined) found.default = node['x-default'];
  return found;
}

function form(schema, property, node) {
  if (node['x-ref'])
    return { form: 'ref', ref: { ...node['x-ref'], ...(node['x-edge'] ? { edge: node['x-edge'] } : {}) } };
  if (node['x-unit']) return { form: 'unit', unit: node['x-unit'] };
  if (node.enum && !node.enum.includes(true)) return { form: 'enum', values: node.enum.map(String) };
  if (node.type === 'boolean') return { form: 'bool' };
  const name = refName(property);
  if (objectBranch(schema, node)) return { form: 'object', of: name };
  const member = refName(typeof node.additionalProperties === 'object' ? node.additionalProperties : {});
  if (member) return { form: 'map', of: member };
  if (node.type === 'array' || (Array.isArray(node.type) && node.type.includes('array')))
    return list(schema, node);
  if (node.anyOf) return choice(schema, node);
  const types = [node.type].flat();
  return { form: types.includes('string') ? 'text' : 'other' };
}

function list(schema, node) {
  const items = deref(schema, node.items ?? {});
  return { form: 'texts', ...(items.enum ? { values: items.enum.map(String) } : {}) };
}

/** A word of a fixed set beside a unit, such as `retention: 365d` or `forever`: rules see the text. */
function choice(schema, node) {
  const values = node.anyOf.flatMap((branch) => deref(schema, branch).enum ?? []);
  return { form: 'text', ...(values.length > 0 ? { words: values.map(String) } : {}) };
}

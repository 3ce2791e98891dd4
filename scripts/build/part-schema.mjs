/**
 * The schema of a file that a description includes, from the text of the schema of descriptions: the same sections, no
 * `system`, and nothing that has to be there. Whole and not by reference: the YAML language server shows less of what
 * another schema refers to.
 */
export function partSchema(text) {
  const schema = JSON.parse(text, (key, value) => (key.startsWith('x-') ? undefined : value));
  const { required, definitions, ...whole } = schema;
  const { system, ...properties } = whole.properties;
  const { system: _, ...others } = definitions;
  const part = {
    ...whole,
    $id: whole.$id.replace('/maestro-1.', '/maestro-part-1.'),
    title: 'Part of a maestro.yaml, version 1',
    description:
      'A file that a `maestro.yaml` includes: some of its sections. The file that includes it says which system they belong to.',
    properties,
    definitions: others,
  };
  return `${JSON.stringify(part, null, 1)}\n`;
}

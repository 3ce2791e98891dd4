/**
 * The schema of `maestro.assert.yaml`, from the text of the schema of descriptions: its assertions, each of which may
 * say which system it is for.
 */
export function assertSchema(text) {
  const { $schema, $id, patternProperties, definitions } = JSON.parse(text, (key, value) =>
    key.startsWith('x-') ? undefined : value,
  );
  const { id, ...others } = definitions.assertion.properties;
  const system = {
    $ref: '#/definitions/text',
    description: '`system.name` of the description it is for. Left out, it is for every one that is linted.',
  };
  const assertion = { ...definitions.assertion, properties: { id, system, ...others } };
  const named = { ...definitions, assertion };
  const own = {
    $schema,
    $id: $id.replace('/maestro-1.', '/assert-1.'),
    title: 'maestro.assert.yaml, version 1',
    description: 'What has to hold in the systems of a repository, checked at every run.',
    type: 'object',
    required: ['assertions', 'assert'],
    properties: {
      assertions: {
        type: ['integer', 'string'],
        enum: [1, '1'],
        description: 'Version of the format. Write `1`.',
      },
      assert: {
        type: 'array',
        items: { $ref: '#/definitions/assertion' },
        description: 'What has to hold.',
      },
    },
    patternProperties,
    additionalProperties: false,
    definitions: Object.fromEntries(needed(named, 'assertion').map((name) => [name, named[name]])),
  };
  return `${JSON.stringify(own, null, 1)}\n`;
}

/** A definition and all that it refers to, in the order of the schema. */
function needed(definitions, first) {
  const found = new Set([first]);
  for (const name of found)
    for (const [, other] of JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/(\w+)"/g))
      found.add(other);
  return Object.keys(definitions).filter((name) => found.has(name));
}

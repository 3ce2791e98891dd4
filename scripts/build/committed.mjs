import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { assertSchema } from './assert-schema.mjs';
import { bundle } from './bundle.mjs';
import { docPages } from './docs.mjs';
import { partSchema } from './part-schema.mjs';
import { root } from './root.mjs';

/**
 * Path (from the root) and content of every file that is made from others and committed all the same.
 * `npm run build` writes them, test/fresh.test.ts compares them with what is there.
 */
export async function committed() {
  const schema = schemaWithControls();
  return [
    ['schemas/maestro-1.schema.json', schema],
    ['schemas/maestro-part-1.schema.json', partSchema(schema)],
    ['schemas/assert-1.schema.json', assertSchema(schema)],
    ...(await docPages()),
    ...(await bundle()),
  ];
}

/** The control block of the language schema, from the vocabulary: names for completion, meanings for hover. */
function schemaWithControls() {
  const { controls } = parse(readFileSync(`${root}rules/controls.yaml`, 'utf8'));
  const schema = JSON.parse(readFileSync(`${root}schemas/maestro-1.schema.json`, 'utf8'));
  schema.definitions.controls.properties = Object.fromEntries(
    Object.entries(controls).map(([name, { means, deprecated, example = true }]) => [
      name,
      {
        $ref: '#/definitions/control',
        description: `${means}.${deprecated ? ` Deprecated: ${deprecated}.` : ''}`,
        'x-example': example,
      },
    ]),
  );
  return `${JSON.stringify(schema, null, 2)}\n`;
}

import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

/** The schemas the program validates with: module name to schema file. */
const VALIDATED = {
  'validate-model': 'maestro-1',
  'validate-rule': 'rule-1',
  'validate-config': 'config-1',
  'validate-vocabulary': 'vocabulary-1',
  'validate-waivers': 'waivers-1',
  'validate-assert': 'assert-1',
  'validate-baseline': 'baseline-1',
  'validate-equivalents': 'equivalents-1',
};

/** Standalone validators as ES modules: no schema is compiled when the program runs. */
export const validatorModules = () => [
  ...Object.entries(VALIDATED).map(([name, file]) => ({ name, source: validator(file), types: TYPES })),
  { name: 'is-model', source: question('maestro-1'), types: QUESTION_TYPES },
];

const QUESTION_TYPES = 'export declare const isModel: (data: unknown) => boolean;\n';
const TYPES = "export declare const validate: import('../src/model/schema-errors.ts').Validate;\n";

/** A validator that says everything that is wrong, and where. */
function validator(file) {
  const whole = readSchema(file);
  const shape = JSON.stringify(pick(whole, (key) => SHAPE.includes(key)));
  return `${standalone(whole, { allErrors: true }, 'validate')}
validate.shape = () => JSON.parse(${JSON.stringify(shape)});
`;
}

/**
 * The same schema as a plain question, valid or not: what ajv writes, less every line that only describes an error.
 * Half the code and a third of the time; test/model/is-model.test.ts asks both the same.
 */
function question(file) {
  const source = standalone(readSchema(file), { allErrors: false, lines: true }, 'isModel');
  const bare = source
    .replace(/^validate\d+\.errors = .*;$/gm, '')
    .replace(/^const (err\d+) = \{.*\};$/gm, 'const $1 = 0;')
    .replace(/, \{\s*instancePath[^\n]*?rootData\s*\}\)/g, ')')
    .replace(/, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}\)/g, ')')
    .replace(/validate\d+\.errors : vErrors\.concat\(validate\d+\.errors\)/g, '[0] : vErrors.concat([0])')
    // Of a schema, only the names of its keys are ever asked for.
    .replace(/^const (schema\d+) = (\{.*\});$/gm, (_, name, schema) => `const ${name} = ${keysOf(schema)};`)
    // Compiling `\\p{L}` takes a millisecond, so names of plain letters are asked about without it.
    .replace(/^const (pattern\d+) = new RegExp\((".*\\p\{L\}.*"), "u"\);$/gm, (_, name, pattern) => {
      const plain = JSON.parse(pattern).replaceAll('\\p{L}\\p{M}\\p{N}', 'A-Za-z0-9');
      return `const ${name} = either(${JSON.stringify(plain)}, ${pattern});`;
    });
  if (/instancePath|\.errors|schema\d+\.(?!properties\b)/.test(bare))
    throw new Error('ajv writes its code in another way than before');
  return `${bare}\n${EITHER}`;
}

const keysOf = (schema) =>
  JSON.stringify({
    properties: Object.fromEntries(Object.keys(JSON.parse(schema).properties ?? {}).map((key) => [key, 0])),
  });

/** Asks the narrow pattern first; the wide one is only compiled when that says no. */
const EITHER = `function either(narrow, wide) {
  const quick = new RegExp(narrow);
  let whole;
  return { test: (text) => quick.test(text) || (whole ??= new RegExp(wide, 'u')).test(text) };
}
`;

function standalone(whole, { allErrors, lines = false }, name) {
  const ajv = new Ajv.default({
    strict: true,
    strictTypes: false,
    strictTuple: false,
    allErrors,
    messages: false,
    inlineRefs: false,
    unicodeRegExp: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines, optimize: 1 },
  });
  const schema = pick(whole, (key) => !NOT_CHECKED.includes(key) && !key.startsWith('x-'));
  // Each built-in control is checked as any other: naming them would only make the validator larger.
  if (schema.definitions.controls) schema.definitions.controls.properties = {};
  ajv.addSchema(schema);
  return standaloneCode.default(ajv, { [name]: schema.$id });
}

/** What only people, editors and generators read. Without it a validator has less than half the size. */
const NOT_CHECKED = [
  'title',
  'description',
  'examples',
  'default',
  // Not of JSON Schema: the YAML language server shows them, others pass over them.
  'enumDescriptions',
  'errorMessage',
  'patternErrorMessage',
  'defaultSnippets',
];
/** What a message about a mistake needs: which keys there are, what a form is called. Text, read when there is one. */
const SHAPE = [
  '$ref',
  'definitions',
  'properties',
  'additionalProperties',
  'items',
  'anyOf',
  'pattern',
  'title',
  'examples',
  'x-looks-like',
];

/** A schema with only the keywords that `keep` wants; names of properties and definitions stay. */
function pick(node, keep) {
  if (Array.isArray(node)) return node.map((each) => (typeof each === 'object' ? pick(each, keep) : each));
  if (typeof node !== 'object' || node === null) return node;
  const names = ['properties', 'definitions', 'patternProperties'];
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => keep(key))
      .map(([key, value]) => [
        key,
        names.includes(key)
          ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, pick(each, keep)]))
          : pick(value, keep),
      ]),
  );
}

export const readSchema = (name) =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'));

import { readFileSync } from 'node:fs';
import { code, fence, generated, page, table } from './docs-markdown.mjs';
import { Values } from './docs-values.mjs';
import { root } from './root.mjs';

/** docs/reference.md: every section and key of the language, from its JSON Schema. */
export function referencePage({ markdownProse: prose, writeEdit }) {
  const schema = JSON.parse(readFileSync(`${root}schemas/maestro-1.schema.json`, 'utf8'));
  const reference = new Reference(schema, prose, writeEdit);
  const sections = Object.entries(schema.properties).filter(([, property]) => property['x-kind']);
  return [
    [
      'docs/reference.md',
      page(
        generated('`schemas/maestro-1.schema.json`'),
        '# Reference',
        'Every key of `maestro.yaml`, version 1. The [guide](language.md) explains them in the order in which one needs them; `npx maestro schema` prints the JSON Schema, for editors.',
        'A key marked **fact** is one that checks wait for: where it is not declared, a check that needs it is *unknown*, not passed. Keys of your own begin with `x-` and may stand in every object. Below each table stands an example with all of its keys.',
        '## The file',
        reference.file(),
        '## `system`',
        reference.system(),
        '## Keys of every component',
        'These mean the same wherever they stand. Below, each section lists which of them it takes.',
        reference.common(sections),
        sections.map(([section, property]) => [`## ${code(section)}`, reference.section(section, property)]),
        '## Objects',
        reference.objects(),
        '## Values',
        reference.units(),
        '## Assertions and waivers',
        'What stands below `assert` ([own assertions](assertions.md)) and `waivers` ([silence](silence.md)).',
        reference.later(),
      ),
    ],
  ];
}

/** What only these two sections use. */
const later = new Set(['assertion', 'never', 'only', 'assertion_test', 'assertion_find', 'waiver']);

class Reference {
  constructor(schema, prose, writeEdit) {
    this.schema = schema;
    this.prose = prose;
    this.writeEdit = writeEdit;
    this.values = new Values(schema);
    this.shared = new Map();
  }

  file() {
    const example = Object.entries(this.schema.properties).map(([section, { 'x-example': value }]) =>
      typeof value === 'object' && !Array.isArray(value)
        ? this.writeEdit([section], value)
        : this.writeEdit([], { [section]: value }),
    );
    return [this.rows(this.schema), fence('yaml', example.join('\n'))];
  }

  system() {
    const { system } = this.schema.definitions;
    return [this.rows(system), this.example(['system'], system)];
  }

  /** Keys that several kinds of component describe in the very same words are listed once. */
  common(sections) {
    const seen = new Map();
    for (const [, { additionalProperties }] of sections) {
      for (const [key, property] of Object.entries(this.values.resolve(additionalProperties).properties)) {
        const text = meaning([key, property]);
        const { times, entry } = seen.get(text) ?? { times: 0, entry: [key, property] };
        seen.set(text, { times: times + 1, entry });
      }
    }
    for (const [text, { times, entry }] of seen) if (times >= 4) this.shared.set(text, entry);
    const common = { properties: Object.fromEntries(this.shared.values()) };
    return [this.rows(common), this.example([], common)];
  }

  section(section, { description, additionalProperties, 'x-example': small }) {
    const definition = this.values.resolve(additionalProperties);
    const entries = Object.entries(definition.properties);
    const isShared = (entry) => this.shared.has(meaning(entry));
    const shared = entries.filter(isShared).map(([key]) => code(key));
    const own = { properties: Object.fromEntries(entries.filter((entry) => !isShared(entry))) };
    const isShown = (entry) => !isShared(entry) || !sameExample(entry, this.shared.get(meaning(entry)));
    const shown = { properties: Object.fromEntries(entries.filter(isShown)) };
    const effects = Object.entries(definition['x-default-effect'] ?? {});
    return [
      this.prose(description),
      this.rows(own),
      shared.length > 0 && `Also [those of every component](#keys-of-every-component): ${shared.join(', ')}.`,
      effects.length > 0 &&
        `Without \`actions\`, an entry of ${code(section)} has one action called \`call\`. Its effect follows from the kind: ${effects.map(([kind, effect]) => `${code(kind)} ${effect}`).join(', ')}; of any other kind it is not declared.`,
      this.example([section, Object.keys(small)[0]], shown),
    ];
  }

  /** Objects that stand below keys of components, each under its own heading. */
  objects() {
    return Object.entries(this.schema.definitions)
      .filter(([name, definition]) => this.isObject(name, definition))
      .map(([name, definition]) => this.object(name, definition));
  }

  later() {
    return [...later].map((name) => this.object(name, this.schema.definitions[name]));
  }

  object(name, definition) {
    const short = definition['x-short'];
    return [
      `### ${name}`,
      this.prose(definition.description),
      short && `A plain text stands for ${code(short)}.`,
      this.rows(definition),
      definition['x-example']
        ? fence('yaml', definition['x-example'].map((each) => this.writeEdit(['0'], each)).join('\n'))
        : this.example([], definition),
    ];
  }

  /** All keys of an object with the example of each, as a block to copy. */
  example(path, { properties }) {
    const values = Object.entries(properties).map(([key, property]) => [key, property['x-example']]);
    return fence('yaml', this.writeEdit(path, Object.fromEntries(values)));
  }

  isObject(name, { properties }) {
    const component = Object.values(this.schema.properties).some(
      (section) => section['x-kind'] && section.additionalProperties.$ref === `#/definitions/${name}`,
    );
    const elsewhere = component || name === 'system' || name === 'controls' || later.has(name);
    return properties !== undefined && !elsewhere;
  }

  units() {
    const units = Object.entries(this.schema.definitions).filter(([, each]) => each['x-unit'] || each.title);
    const row = ([name, { description, examples, 'x-looks-like': forms = [] }]) => [
      `<a id="${name}"></a>${name.replaceAll('_', ' ')}`,
      this.prose(description),
      (examples ?? forms).map((example) => code(String(example))).join(', '),
    ];
    return table(['Value', 'What it is', 'Examples'], units.map(row));
  }

  rows({ properties, required = [] }) {
    const row = ([key, property]) => [
      code(key),
      [
        this.values.of(property),
        required.includes(key) && '**required**',
        this.values.resolve(property)['x-fact'] === true && '**fact**',
      ]
        .filter(Boolean)
        .join(', '),
      this.prose(property.description ?? ''),
    ];
    return table(['Key', 'Value', 'What it says'], Object.entries(properties).map(row));
  }
}

/** A key and what is said of it; the examples of a key that means the same may differ. */
const meaning = ([key, { 'x-example': _, ...said }]) => JSON.stringify([key, said]);
const sameExample = ([, one], [, other]) =>
  JSON.stringify(one['x-example']) === JSON.stringify(other['x-example']);

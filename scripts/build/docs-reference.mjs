import { readFileSync } from 'node:fs';
import { code, codes, generated, page, table } from './docs-markdown.mjs';
import { root } from './root.mjs';

/** docs/reference.md: every section and key of the language, from its JSON Schema. */
export function referencePage({ markdownProse: prose }) {
  const schema = JSON.parse(readFileSync(`${root}schemas/maestro-1.schema.json`, 'utf8'));
  const reference = new Reference(schema, prose);
  const sections = Object.entries(schema.properties).filter(([, property]) => property['x-kind']);
  return [
    [
      'docs/reference.md',
      page(
        generated('`schemas/maestro-1.schema.json`'),
        '# Reference',
        'Every key of `maestro.yaml`, version 1. The [guide](language.md) explains them in the order in which one needs them; `npx maestro schema` prints the JSON Schema, for editors.',
        'A key marked **fact** is one that checks wait for: where it is not declared, a check that needs it is *unknown*, not passed. Keys of your own begin with `x-` and may stand in every object.',
        '## The file',
        reference.table(schema, new Set()),
        '## `system`',
        reference.definition('system'),
        '## Keys of every component',
        'These mean the same wherever they stand. Below, each section lists which of them it takes.',
        reference.common(sections),
        sections.map(([section, property]) => [`## ${code(section)}`, reference.section(section, property)]),
        '## Objects',
        reference.objects(),
        '## Values',
        reference.values(),
        '## Not in this version',
        `These sections are part of the language and this version of the program refuses them, so that nobody takes their silence for protection: ${codes(Object.keys(NOT_YET))}. Their objects:`,
        reference.later(),
      ),
    ],
  ];
}

/** Sections that this version refuses, with the definitions that only they use. */
const NOT_YET = { include: [], assert: ['assertion', 'never', 'only'], waivers: ['waiver'] };
const later = new Set(Object.values(NOT_YET).flat());

class Reference {
  constructor(schema, prose) {
    this.schema = schema;
    this.prose = prose;
    this.shared = new Map();
  }

  /** Keys that several kinds of component describe in the very same words are listed once. */
  common(sections) {
    const seen = new Map();
    for (const [, { additionalProperties }] of sections) {
      for (const [key, property] of Object.entries(this.resolve(additionalProperties).properties)) {
        const text = JSON.stringify([key, property]);
        seen.set(text, { key, property, times: (seen.get(text)?.times ?? 0) + 1 });
      }
    }
    for (const [text, { key, property, times }] of seen)
      if (times >= 4) this.shared.set(text, { key, property });
    return this.rows([...this.shared.values()].map(({ key, property }) => [key, property]));
  }

  section(section, { description, additionalProperties }) {
    const definition = this.resolve(additionalProperties);
    const entries = Object.entries(definition.properties);
    const isShared = (entry) => this.shared.has(JSON.stringify(entry));
    const shared = entries.filter(isShared).map(([key]) => code(key));
    const effects = Object.entries(definition['x-default-effect'] ?? {});
    return [
      this.prose(description),
      this.rows(entries.filter((entry) => !isShared(entry))),
      shared.length > 0 && `Also [those of every component](#keys-of-every-component): ${shared.join(', ')}.`,
      effects.length > 0 &&
        `Without \`actions\`, an entry of ${code(section)} has one action called \`call\`. Its effect follows from the kind: ${effects.map(([kind, effect]) => `${code(kind)} ${effect}`).join(', ')}; of any other kind it is not declared.`,
    ];
  }

  definition(name) {
    return this.table(this.schema.definitions[name]);
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
      this.table(definition),
    ];
  }

  isObject(name, { properties }) {
    const component = Object.values(this.schema.properties).some(
      (section) => section['x-kind'] && section.additionalProperties.$ref === `#/definitions/${name}`,
    );
    const elsewhere = component || name === 'system' || name === 'controls' || later.has(name);
    return properties !== undefined && !elsewhere;
  }

  values() {
    const units = Object.entries(this.schema.definitions).filter(([, each]) => each['x-unit'] || each.title);
    const row = ([name, { description, examples = [] }]) => [
      `<a id="${name}"></a>${name.replaceAll('_', ' ')}`,
      this.prose(description),
      examples.map((example) => code(String(example))).join(', '),
    ];
    return table(['Value', 'What it is', 'Examples'], units.map(row));
  }

  table(definition) {
    return this.rows(Object.entries(definition.properties), new Set(definition.required ?? []));
  }

  rows(entries, required = new Set()) {
    const row = ([key, property]) => [
      code(key),
      `${this.valueOf(property)}${required.has(key) ? ', **required**' : ''}${this.isFact(property) ? ', **fact**' : ''}`,
      `${this.prose(property.description ?? '')}${this.isLater(property) ? ' *[Not in this version](#not-in-this-version).*' : ''}`,
    ];
    return table(['Key', 'Value', 'What it says'], entries.map(row));
  }

  isLater(property) {
    return Object.keys(NOT_YET).some((key) => this.schema.properties[key] === property);
  }

  isFact(property) {
    return this.resolve(property)['x-fact'] === true;
  }

  resolve(property) {
    return property.$ref ? { ...this.schema.definitions[nameOf(property)], ...property } : property;
  }

  /** What may stand there, as Markdown. */
  valueOf(property) {
    const name = nameOf(property);
    const node = this.resolve(property);
    if (node['x-ref']) return this.referenceTo(name, node);
    if (node['x-kind']) return `[map by id](#${this.sectionOf(node['x-kind']).replaceAll('`', '')})`;
    if (node['x-unit']) return linkTo(name);
    if (node.enum)
      return node.enum
        .filter(distinct)
        .map((word) => code(String(word)))
        .join(' ');
    if (node.anyOf) return this.choice(node);
    if (name === 'controls') return '[controls](controls.md) by name, each a [control](#control)';
    if (node.properties) return linkTo(name);
    if (name === 'id' || name === 'node_id') return linkTo(name);
    const types = [node.type].flat();
    if (types.includes('boolean')) return '`true` `false`';
    if (types.includes('array')) return this.list(types, node);
    return types.includes('object') ? 'map' : 'text';
  }

  referenceTo(name, node) {
    const to = node['x-ref'].to.map((kind) => this.sectionOf(kind)).join(', ');
    const forms = { id: 'id', ids: 'id or list of ids' };
    const edge = node['x-edge'];
    const form = forms[name] ?? `id, list of ids, or map from id to ${linkTo(edge)}`;
    return `${form}, of ${to}`;
  }

  sectionOf(kind) {
    if (kind === 'component') return 'anything';
    const found = Object.entries(this.schema.properties).find(([, section]) => section['x-kind'] === kind);
    return found ? code(found[0]) : kind;
  }

  choice({ anyOf }) {
    const [first, second] = anyOf.map((branch) => this.resolve(branch));
    // Where the words of the short form are those of a key of the object, the object's table lists them.
    if (anyOf.length === 2 && first.enum && second['x-short']) return linkTo(nameOf(anyOf[1]));
    const single = anyOf.filter((branch) => branch.type !== 'array').map((branch) => this.valueOf(branch));
    return [...single, ...(single.length < anyOf.length ? ['a list'] : [])].join(' or ');
  }

  list(types, node) {
    const item = node.items ? this.valueOf(node.items) : 'text';
    if (types.includes('object')) {
      const of = nameOf(node.additionalProperties ?? {});
      return `list of names, or map from name to ${linkTo(of)}`;
    }
    return types.includes('string') ? `${item}, or a list` : `list of ${item}`;
  }
}

const linkTo = (name) => `[${name.replaceAll('_', ' ')}](#${name})`;
const nameOf = ({ $ref }) => $ref?.replace('#/definitions/', '') ?? '';
const distinct = (word, i, all) => all.findIndex((other) => String(other) === String(word)) === i;

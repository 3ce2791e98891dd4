import { code } from './docs-markdown.mjs';

/** What may stand under a key of the language, as Markdown. */
export class Values {
  constructor(schema) {
    this.schema = schema;
  }

  resolve(property) {
    return property.$ref ? { ...this.schema.definitions[nameOf(property)], ...property } : property;
  }

  /** `said` is what stands beside it: words that it names are not listed twice. */
  of(property, said = property.description ?? '') {
    const name = nameOf(property);
    const node = this.resolve(property);
    if (node['x-ref']) return this.referenceTo(name, node);
    if (node['x-kind']) return `[map by id](#${this.sectionOf(node['x-kind']).replaceAll('`', '')})`;
    if (node['x-unit']) return linkTo(name);
    if (node.enum) return words(node.enum, said);
    if (node.anyOf) return this.choice(node);
    if (name === 'controls') return '[controls](controls.md) by name, each a [control](#control)';
    if (node.properties) return linkTo(name);
    if (name === 'id' || name === 'node_id') return linkTo(name);
    const types = [node.type].flat();
    if (types.includes('boolean')) return '`true` `false`';
    if (types.includes('array')) return this.list(types, node, said);
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
    const single = anyOf.filter((branch) => branch.type !== 'array').map((branch) => this.of(branch));
    return [...single, ...(single.length < anyOf.length ? ['a list'] : [])].join(' or ');
  }

  list(types, node, said) {
    const item = node.items ? this.of(node.items, said) : 'text';
    if (types.includes('object')) {
      const of = nameOf(node.additionalProperties ?? {});
      return `list of names, or map from name to ${linkTo(of)}`;
    }
    if (types.includes('string')) return `${item}, or a list`;
    return item === 'word' ? 'list of words' : `list of ${item}`;
  }
}

function words(allowed, said) {
  const all = [...new Set(allowed.map((word) => code(String(word))))];
  return all.length > 2 && all.every((word) => said.includes(word)) ? 'word' : all.join(' ');
}

const linkTo = (name) => `[${name.replaceAll('_', ' ')}](#${name})`;
const nameOf = ({ $ref }) => $ref?.replace('#/definitions/', '') ?? '';

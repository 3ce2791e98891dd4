import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  Parser,
  type Scalar,
  type Tags,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../finding/finding.ts';
import { Source } from './source.ts';
import { withoutStacks } from './stacks.ts';
import { type Data, type DataMap, type Found, isDataMap, type YamlFile } from './yaml-data.ts';
import { isMergeKey, keyText, Locator, rangeOf } from './yaml-locate.ts';
import { MAX_SYNTAX_ERRORS, syntaxProblems } from './yaml-syntax.ts';

/** How many nodes the aliases of one file may stand for in all: an alias bomb stops here. */
const ALIAS_BUDGET = 100_000;
/** Levels of brackets and indentation; a description has about eight. Far below where the parser runs out of stack. */
const MAX_DEPTH = 100;

/** Booleans and null as in YAML's core schema; everything else is text. */
export const textTags = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || !/:(int|float)$/.test(tag.tag));

/** Reads one YAML document by a parse that knows every place and every mistake. Never throws on any text. */
export function readWhole(file: string, text: string): YamlFile {
  const source = new Source(file, text);
  const { documents, tooDeep } = parseYaml(text, 2);
  const [document, second] = documents;
  const problems: Problem[] = [...syntaxProblems(source, documents)];
  if (tooDeep !== null) problems.push(nestedTooDeep(source, tooDeep));
  if (!document || problems.length > 0)
    return { source, data: null, problems, verbatim: false, find: nowhere };
  const reader = new Reader(source);
  const data = reader.read(document.contents as Node | null, 0);
  if (second) reader.problems.push(secondDocument(source, second));
  const locator = new Locator(document, reader.targets);
  return {
    source,
    data,
    problems: reader.problems,
    verbatim: false,
    find: (path, part = 'key') => locator.find(path, part),
  };
}

const nowhere = (): Found => ({ start: 0, end: 0, depth: 0, scalar: null });

/** The first documents of the text, at most `most`; `tooDeep` is the offset at which nesting went beyond all measure. */
export const parseYaml = (text: string, most: number): Parsed => withoutStacks(() => parse(text, most));

interface Parsed {
  readonly documents: Document.Parsed[];
  readonly tooDeep: number | null;
}

function parse(text: string, most: number): Parsed {
  const documents: Document.Parsed[] = [];
  const parser = new Parser();
  const composer = new Composer({
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    customTags: textTags,
    merge: false,
    // Tags of YAML 1.1 (!!omap, !!set, !!binary) make objects of other kinds than maps, lists and texts.
    resolveKnownTags: false,
  });
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      documents.push(...composer.next(token));
      if (token.type === 'error') errors += 1;
    }
    if (parser.stack.length > MAX_DEPTH) return { documents: [], tooDeep: parser.offset };
    if (documents.length >= most) return { documents, tooDeep: null };
    if (errors > MAX_SYNTAX_ERRORS) break;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return { documents, tooDeep: null };
}

const nestedTooDeep = (source: Source, at: number): Problem => ({
  code: 'yaml-syntax',
  message: `This is nested more than ${MAX_DEPTH} levels deep`,
  file: source.file,
  ...source.place(at, at + 1),
  suggestion: 'Nest less: a description needs about eight levels',
});

const secondDocument = (source: Source, { range }: Document.Parsed): Problem => ({
  code: 'several-documents',
  message: 'A second YAML document begins here; one file describes one system',
  file: source.file,
  ...source.place(range[0], range[0] + 1),
  suggestion: 'Move it to a file of its own',
});

class Reader {
  readonly problems: Problem[] = [];
  /** What each alias stands for. */
  readonly targets = new Map<Alias, Node>();
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private aliased = 0;
  /** Of aliases within aliases, the one that stands in the file's own text. */
  private outermost: Alias | null = null;
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  read(node: Node | null, inAlias: number): Data {
    if (node === null) return null;
    if (inAlias > 0 && ++this.aliased > ALIAS_BUDGET) return null;
    if (isAlias(node)) return this.follow(node, inAlias);
    if (node.anchor) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return this.scalar(node);
    this.open.add(node);
    const data = isSeq(node)
      ? node.items.map((item) => this.read(item as Node | null, inAlias))
      : this.map(node as YAMLMap, inAlias);
    this.open.delete(node);
    return data;
  }

  private scalar(node: Scalar): Data {
    const { value } = node;
    return typeof value === 'boolean' || value === null ? value : String(value);
  }

  private map(node: YAMLMap, inAlias: number): DataMap {
    const data: DataMap = {};
    const first = new Map<string, Pair>();
    let merges: Node[] | null = null;
    for (const pair of node.items) {
      const key = this.key(pair);
      if (key === null) continue;
      if (isMergeKey(pair)) {
        merges ??= [];
        merges.push(pair.value as Node);
        continue;
      }
      const earlier = first.get(key);
      if (earlier) this.duplicate(key, pair, earlier);
      else first.set(key, pair);
      data[key] = this.read(pair.value as Node | null, inAlias);
    }
    if (merges) for (const value of merges) this.merge(data, value, inAlias);
    return data;
  }

  private key(pair: Pair): string | null {
    const key = pair.key as Node | null;
    if (!isScalar(key)) {
      this.problem(
        'key-not-text',
        'A key has to be text',
        key ?? (pair.value as Node),
        'Write a plain name before the colon',
      );
      return null;
    }
    const text = keyText(key);
    if (text === '__proto__') {
      this.problem('unusable-key', 'A key cannot be called `__proto__`', key, 'Choose another name');
      return null;
    }
    return text;
  }

  /** `<<` brings in keys of other maps; keys that are written win, then the maps in their order. */
  private merge(data: DataMap, value: Node | null, inAlias: number): void {
    const merged = isSeq(value) ? value.items : [value];
    for (const item of merged) {
      const other = this.read(item as Node | null, inAlias + 1);
      if (!isDataMap(other)) {
        this.problem(
          'merge',
          '`<<` merges maps, and this is none',
          item as Node | null,
          'Point it at an anchored map',
        );
        continue;
      }
      for (const [key, each] of Object.entries(other)) if (!Object.hasOwn(data, key)) data[key] = each;
    }
  }

  private follow(alias: Alias, inAlias: number): Data {
    const target = this.anchors.get(alias.source);
    if (!target) {
      const message = `Nothing before this place is anchored as \`&${alias.source}\``;
      this.problem('unknown-alias', message, alias, 'An anchor has to stand above its aliases');
      return null;
    }
    if (this.open.has(target)) {
      this.problem('alias-circle', `\`*${alias.source}\` stands inside what it stands for`, alias);
      return null;
    }
    this.targets.set(alias, target);
    const outermost = this.outermost ?? alias;
    this.outermost = outermost;
    const data = this.read(target, inAlias + 1);
    if (outermost !== alias) return data;
    this.outermost = null;
    if (this.aliased > ALIAS_BUDGET && !this.problems.some((each) => each.code === 'alias-bomb')) {
      const message = `The aliases of this file stand for more than ${ALIAS_BUDGET} values`;
      this.problem('alias-bomb', message, alias, 'Write the values out, or fewer of them');
    }
    return data;
  }

  private duplicate(key: string, pair: Pair, earlier: Pair): void {
    const here = rangeOf(pair.key as Node);
    const there = rangeOf(earlier.key as Node);
    this.problems.push({
      code: 'duplicate-key',
      message: `\`${key}\` is written twice; only one of them can count`,
      file: this.source.file,
      ...this.source.place(here[0], here[1]),
      related: { message: 'the first one', ...this.source.place(there[0], there[1]) },
      suggestion: 'Rename one of them, or join what they say',
    });
  }

  private problem(code: string, message: string, node: Node | null, suggestion?: string): void {
    const [start, end] = node ? rangeOf(node) : [0, 0];
    this.problems.push({
      code,
      message,
      file: this.source.file,
      ...this.source.place(start, end),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }
}

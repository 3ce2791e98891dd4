import { language } from '../../src/model/language.ts';
import { VIEW_TYPES } from '../../src/rules/views.ts';
import { NAMES } from './hostile.ts';
import { misspelt } from './mutate-tree.ts';
import type { Random } from './random.ts';

/** Names an expression may use, with their types, and the controls it may ask for. */
export interface Scope {
  readonly names: Readonly<Record<string, string>>;
  readonly controls: readonly string[];
}

/** A random expression that gives a bool and that the types allow, as deep as `depth`. */
export function randomBool(scope: Scope, random: Random, depth: number): string {
  const inner = () => randomBool(scope, random, depth - 1);
  if (depth > 0 && random.chance(35)) {
    return random.pick([
      () => `${inner()} && ${inner()}`,
      () => `(${inner()} || ${inner()})`,
      () => `!(${inner()})`,
      () => `(${inner()} ? ${inner()} : ${inner()})`,
    ])();
  }
  const { text, type } = randomValue(scope, random);
  return asBool(text, type, scope, random, depth);
}

/** A name with a few fields behind it, and the type that gives. */
export function randomValue({ names }: Scope, random: Random): { text: string; type: string } {
  const [name, start] = random.pick(Object.entries(names)) ?? ['system', 'System'];
  let text = name;
  let type = start;
  for (let more = 1 + random.next(4); more > 0; more--) {
    const [field, next] = random.pick(Object.entries(VIEW_TYPES.get(type)?.fields ?? {})) ?? [];
    if (field === undefined || next === undefined) break;
    text += `.${field}`;
    type = next;
  }
  return { text, type };
}

/** The words that keys of the language may hold, and some that none does. */
const WORDS = [
  ...new Set(
    Object.values(language.definitions).flatMap(({ fields }) =>
      Object.values(fields).flatMap(({ values }) => values ?? []),
    ),
  ),
  ...['', 'a', '*', 'https://', '@sha256:', 'ß'],
];

function asBool(text: string, type: string, scope: Scope, random: Random, depth: number): string {
  const word = () => JSON.stringify(random.pick(WORDS));
  const list = /^list<(\w+)>$/.exec(type)?.[1];
  if (list !== undefined) return ofList(text, list, scope, random, depth);
  switch (type) {
    case 'bool':
      return random.chance(50) ? text : `!${text}`;
    case 'int':
    case 'double':
      return `${text} ${random.pick(['<', '<=', '==', '!=', '>', '>='])} ${random.pick(['0', '1', '86400', '0.5', `${text} + 1`])}`;
    case 'string':
      return random.pick<() => string>([
        () => `${text} == ""`,
        () => `${text} != ${word()}`,
        () => `${text} in [${word()}, ${word()}]`,
        () => `${text}.${random.pick(['startsWith', 'contains', 'endsWith'])}(${word()})`,
        () => `glob(${text}, "*${random.pick(['a', '?', '*/*', ''])}*")`,
        () => `looks_secret(${text})`,
        () => `size(${text}) > 3`,
        () => `${text}.lowerAscii() == ${text}`,
      ])();
    default: {
      const field = random.pick(Object.keys(VIEW_TYPES.get(type)?.fields ?? { id: '' }));
      return random.chance(60)
        ? `${text}.enforces(${JSON.stringify(random.pick(scope.controls))})`
        : `${text}.declared(${JSON.stringify(field)})`;
    }
  }
}

function ofList(text: string, member: string, scope: Scope, random: Random, depth: number): string {
  const name = random.pick(['x', 'y', 'z']);
  const below = { ...scope, names: { ...scope.names, [name]: member } };
  const body = () =>
    depth <= 0 ? asBool(name, member, below, random, 0) : randomBool(below, random, depth - 1);
  return random.pick([
    () => `${text}.exists(${name}, ${body()})`,
    () => `${text}.all(${name}, ${body()})`,
    () => `${text}.exists_one(${name}, ${body()})`,
    () => `${text}.filter(${name}, ${body()}).size() > ${random.next(3)}`,
    () => `${text}.filter(${name}, ${body()}).exists(${name}, ${body()})`,
    () => `size(${text}) > 0`,
  ])();
}

/** Names and numbers, texts in quotes, operators, and everything else one by one. */
const TOKEN = /[A-Za-z_]\w*|\d+(?:\.\d+)?|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|&&|\|\||[<>=!]=|\s+|./gsu;

/** Expressions and parts of them, many of which no rule may hold. */
const EXTRA: readonly string[] = String.raw`
&& || ! == != < in + - * / % ? : . , ( ) [ ] { } "" 'a' "\\ "\u0000" """a""" r"a" b"a" 0 1 -1 1.5 1e400 0x1f 1u true null
has(agent.id) dyn(1) type(1) int("x") string(1) size .exists(x,x) .map(x,x) .map(x,x+x) .matches("(a+)+$") [0] [1,"a"]
{"a":1} .?a [?a] cel.bind(x,1,x) // timestamp("x") duration("1s") .substring(1) system.agents.exists(a,true) system agent
node group path tool 1/0 9223372036854775807 .enforces("dlp") .declared("kind") é 💥`
  .trim()
  .split(/\s+/);

/** One change of an expression, at the level of its tokens. */
export function mutateTokens(text: string, scope: Scope, random: Random): string {
  const tokens: string[] = text.match(TOKEN) ?? [];
  const at = random.next(Math.max(1, tokens.length));
  const other = random.next(Math.max(1, tokens.length));
  const token = tokens[at] ?? '';
  const put = (...given: string[]) => tokens.with(Math.min(at, tokens.length - 1), given.join('')).join('');
  if (tokens.length === 0) return random.pick(EXTRA);
  return random.pick([
    () => put(''),
    () => put(token, token),
    () => put(token, ' ', random.pick(EXTRA), ' '),
    () => put(random.pick(EXTRA)),
    () => tokens.with(at, tokens[other]!).with(other, token).join(''),
    () => put(misspelt(token, random)),
    () => put(replacement(token, scope, random)),
    () => put(replacement(token, scope, random)),
    () => put(random.pick(NAMES)),
  ])();
}

/** Something of the same sort: a field for a field, a word for a word, an operator for an operator. */
function replacement(token: string, scope: Scope, random: Random): string {
  if (/^["']/.test(token)) return JSON.stringify(random.pick([...WORDS, ...scope.controls]));
  if (/^\d/.test(token)) return random.pick(['0', '1', '2.5', '1000000']);
  if (/^\w/.test(token)) {
    const { fields } = random.pick([...VIEW_TYPES.values()]);
    return random.pick([...Object.keys(fields), ...Object.keys(scope.names)]);
  }
  return random.pick(['&&', '||', '==', '!=', '<', '>=', '+', ' in ', ' ? ', ' : ']);
}

/** Expressions that are valid in every part and too much in all: long, deep, or slow to walk. */
export function excessive(text: string, scope: Scope, random: Random): string {
  const size = random.pick([5, 60, 400, 3000]);
  const bool = randomBool(scope, random, 1);
  return random.pick([
    () => `${'('.repeat(size)}${text}${')'.repeat(size)}`,
    () => `${'!'.repeat(size)}(${text})`,
    () => Array.from({ length: size }, () => bool).join(random.pick([' && ', ' || '])),
    () => `${text} && [${Array.from({ length: size }, (_, i) => i).join(', ')}].size() > 0`,
    () => `${text} && [1, 2, 3]${'.map(x, x)'.repeat(size)}.size() > 0`,
    () => `${text} && glob("${'a'.repeat(size)}", "${'*a'.repeat(size)}b")`,
    () => `${text} && "${'x'.repeat(size * 10)}" != ""`,
    () => `${'true ? '.repeat(size)}true${' : false'.repeat(size)}`,
    () => nest('[1, 2, 3, 4, 5, 6, 7, 8]', random.pick([2, 4, 8])),
    () => `${text}${' && size("a"'.repeat(size)}`,
  ])();
}

/** Macros within macros: each level walks the list again for each member of the level above. */
const nest = (list: string, levels: number): string =>
  Array.from({ length: levels }).reduce<string>((inner, _, i) => `${list}.all(v${i}, ${inner})`, 'true');

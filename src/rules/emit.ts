import { type Ast, typeOf } from './cel.ts';
import { isCertain } from './certain.ts';
import { ExpressionError } from './expression-error.ts';
import { FUNCTIONS } from './functions.ts';
import { MACROS } from './walk.ts';

/**
 * A checked expression as JavaScript source: a function of `n` (the names) that may use `$` (runtime.ts) and `f`
 * (functions.ts). Same results as the engine, without loading it: test/rules/pack.test.ts runs both.
 *
 * CEL's `&&` and `||` look at both sides when one fails. Only an undeclared fact fails, and only when a check runs for
 * the second time: until then they are JavaScript's own, with no function to make and call for each side.
 */
export function emit(ast: Ast): string {
  const plain = write(ast, { names: new Set(), lenient: false });
  const lenient = write(ast, { names: new Set(), lenient: true });
  return plain === lenient ? `(n)=>${plain}` : `(n)=>$.failing()?${lenient}:${plain}`;
}

/** Names that macros have bound so far, and whether a side of `&&` or `||` may fail. */
interface Inside {
  readonly names: ReadonlySet<string>;
  readonly lenient: boolean;
}

function write(ast: Ast, inside: Inside): string {
  const sub = (node: Ast) => write(node, inside);
  switch (ast.op) {
    case 'value':
      return literal(ast);
    case 'id':
      return inside.names.has(ast.args) ? `$_${ast.args}` : `n.${ast.args}`;
    case '.':
      return `${sub(ast.args[0])}.${ast.args[1]}`;
    case 'list':
      return `[${ast.args.map(sub).join(',')}]`;
    case '!_':
      return `!${sub(ast.args)}`;
    case '-_':
      return `-${sub(ast.args)}`;
    case '?:':
      return `(${sub(ast.args[0])}?${sub(ast.args[1])}:${sub(ast.args[2])})`;
    case '&&':
      return logical('&&', '$.and', ast.args, inside);
    case '||':
      return logical('||', '$.or', ast.args, inside);
    case 'in':
      return `$.isIn(${sub(ast.args[0])},${sub(ast.args[1])})`;
    case 'call':
      return call(ast, ast.args[0], ast.args[1].map(sub));
    case 'rcall':
      return method(ast, inside);
    default:
      return binary(ast, sub);
  }
}

/** With a left side that reads no fact, nothing fails before the right one is looked at. */
function logical(
  operator: string,
  lenient: string,
  [left, right]: readonly [Ast, Ast],
  inside: Inside,
): string {
  const sides = [write(left, inside), write(right, inside)];
  return inside.lenient && !isCertain(left)
    ? `${lenient}(()=>${sides[0]},()=>${sides[1]})`
    : `(${sides.join(operator)})`;
}

function literal(ast: Ast & { op: 'value' }): string {
  const value = ast.args;
  if (typeof value === 'bigint' && value <= Number.MAX_SAFE_INTEGER) return String(value);
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return JSON.stringify(value);
  throw unsupported(ast, 'This kind of literal');
}

const OPERATORS: Readonly<Record<string, string>> = {
  '==': '===',
  '!=': '!==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
};

const PLAIN = new Set(['string', 'bool', 'int', 'double']);
/** With two whole numbers, the engine cuts off what is behind the point, and fails on zero and on very large ones. */
const WHOLE_ONLY = new Set(['*', '/']);

function binary(ast: Ast, sub: (node: Ast) => string): string {
  const operator = OPERATORS[ast.op];
  if (!operator) throw unsupported(ast, `The operator \`${ast.op}\``);
  const [left, right] = ast.args as [Ast, Ast];
  if (!PLAIN.has(typeOf(left)) || !PLAIN.has(typeOf(right))) {
    throw unsupported(ast, 'Comparing whole components or lists');
  }
  if (WHOLE_ONLY.has(ast.op) && typeOf(left) === 'int' && typeOf(right) === 'int') {
    throw unsupported(ast, 'Multiplying or dividing two whole numbers without a point');
  }
  return `(${sub(left)}${operator}${sub(right)})`;
}

const METHODS: ReadonlySet<string> = new Set([
  'contains',
  'startsWith',
  'endsWith',
  'lowerAscii',
  'join',
  'size',
]);
const OF_VIEWS: ReadonlySet<string> = new Set(['enforces', 'declared']);
const MACRO_NAMES: Readonly<Record<string, string>> = { exists_one: 'existsOne' };

function method(ast: Ast & { op: 'rcall' }, inside: Inside): string {
  const [name, receiver, args] = ast.args;
  const on = write(receiver, inside);
  if (MACROS.has(name)) return macro(ast, on, inside);
  const given = args.map((arg) => write(arg, inside));
  if (OF_VIEWS.has(name)) return `${on}.${name}(${given.join(',')})`;
  if (METHODS.has(name)) return `$.${name}(${[on, ...given].join(',')})`;
  throw unsupported(ast, `\`${name}\``);
}

function macro(ast: Ast & { op: 'rcall' }, on: string, { names, lenient }: Inside): string {
  const [name, , args] = ast.args;
  const variable = String((args[0] as Ast & { op: 'id' }).args);
  const inner = { names: new Set([...names, variable]), lenient };
  const bodies = args.slice(1).map((arg) => `($_${variable})=>${write(arg, inner)}`);
  if (bodies.length === 2) return `$.map($.filter(${on},${bodies[0]}),${bodies[1]})`;
  return `$.${MACRO_NAMES[name] ?? name}(${on},${bodies[0]})`;
}

function call(ast: Ast, name: string, args: readonly string[]): string {
  if (name === 'size') return `$.size(${args.join(',')})`;
  if (FUNCTIONS.some((each) => each.name === name)) return `f.${name}(${args.join(',')})`;
  throw unsupported(ast, `\`${name}\``);
}

const unsupported = (ast: Ast, what: string): ExpressionError =>
  new ExpressionError('unsupported', `${what} cannot be used in rules`, ast.range.start, ast.range.end);

import type { SyntaxNode } from '@lezer/common';
import type { Call, Entry, Expr } from './expression.ts';
import { MAX_EXPRESSION, unescaped } from './literal.ts';

/** An expression of Python in the common form. */
export function pythonExpression(node: SyntaxNode, text: string, depth = 0): Expr {
  const from = node.from;
  const opaque = (what: string): Expr => ({ type: 'opaque', from, what });
  if (depth > MAX_EXPRESSION) return opaque('is nested too deeply');
  const next = (child: SyntaxNode): Expr => pythonExpression(child, text, depth + 1);
  switch (node.name) {
    case 'String':
      return { type: 'text', from, parts: [plain(text.slice(node.from, node.to))] };
    case 'ContinuedString': {
      const parts = node.getChildren('String').concat(node.getChildren('FormatString'));
      const all = parts.sort((a, b) => a.from - b.from).map(next);
      return {
        type: 'text',
        from,
        parts: all.flatMap((part) => (part.type === 'text' ? part.parts : [part])),
      };
    }
    case 'FormatString':
      return { type: 'text', from, parts: formatParts(node, text, next) };
    case 'Number':
    case 'Boolean':
    case 'None':
      return { type: 'constant', from, value: text.slice(node.from, node.to) };
    case 'VariableName':
    case 'self':
      return { type: 'name', from, name: text.slice(node.from, node.to) };
    case 'MemberExpression':
      return memberOf(node, text, next) ?? opaque('is computed');
    case 'CallExpression': {
      const call = pythonCall(node, text, depth);
      const [, value, ...others] = call.args;
      // `cast(list[Tool], tools)`: what it is for a type checker is no matter here.
      const isCast = call.callee.type === 'name' && call.callee.name === 'cast' && others.length === 0;
      return isCast && value ? value : call;
    }
    case 'ParenthesizedExpression': {
      const inner = node.firstChild?.nextSibling;
      return inner ? next(inner) : opaque('is empty');
    }
    case 'AwaitExpression':
    case 'NamedExpression': {
      const inner = node.lastChild;
      return inner ? next(inner) : opaque('is computed');
    }
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression': {
      const { args, spread } = argumentsOf(node, text, depth);
      return { type: 'list', from, items: args, spread };
    }
    case 'DictionaryExpression':
      return mapping(node, from, next);
    case 'ConditionalExpression': {
      const parts = expressions(node);
      const options = [parts[0], parts[2]].flatMap((part) => (part ? [next(part)] : []));
      return { type: 'either', from, options, fallback: false };
    }
    case 'BinaryExpression':
      return binary(node, text, next) ?? opaque('is computed');
    case 'LambdaExpression': {
      const body = node.lastChild;
      return { type: 'lambda', from, returns: body ? [next(body)] : [] };
    }
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
      return opaque('is built in a loop');
    default:
      return opaque('is computed');
  }
}

const PUNCTUATION = new Set([
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '.',
  'if',
  'else',
  'Comment',
  '*',
  '**',
]);
const expressions = (node: SyntaxNode): SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!PUNCTUATION.has(child.name)) found.push(child);
  }
  return found;
};

function memberOf(node: SyntaxNode, text: string, next: (child: SyntaxNode) => Expr): Expr | null {
  const of = node.firstChild;
  if (!of) return null;
  const last = node.lastChild;
  if (last?.name === 'PropertyName') {
    return { type: 'member', from: node.from, of: next(of), name: text.slice(last.from, last.to) };
  }
  const key = expressions(node)[1];
  return key ? { type: 'index', from: node.from, of: next(of), key: next(key) } : null;
}

/** A call in the common form; `node` is a CallExpression, a class's or a decorator's list of arguments. */
export function pythonCall(node: SyntaxNode, text: string, depth = 0): Call {
  const list = node.name === 'ArgList' ? node : node.getChild('ArgList');
  const callee: Expr =
    node.name === 'CallExpression' && node.firstChild
      ? pythonExpression(node.firstChild, text, depth + 1)
      : { type: 'opaque', from: node.from, what: 'is computed' };
  const { args, named, spread } = list ? argumentsOf(list, text, depth) : { args: [], named: [], spread: [] };
  return { type: 'call', from: node.from, callee, args, named, spread };
}

/** `@name`, `@name.part` or `@name(…)` as an expression. */
export function decoratorExpression(node: SyntaxNode, text: string): Expr | null {
  let expr: Expr | null = null;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'VariableName' || child.name === 'PropertyName') {
      const name = text.slice(child.from, child.to);
      expr = expr
        ? { type: 'member', from: expr.from, of: expr, name }
        : { type: 'name', from: child.from, name };
    } else if (child.name === 'CallExpression' || child.name === 'MemberExpression') {
      expr = pythonExpression(child, text);
    } else if (child.name === 'ArgList' && expr) {
      expr = { ...pythonCall(child, text), from: expr.from, callee: expr };
    }
  }
  return expr;
}

function argumentsOf(
  list: SyntaxNode,
  text: string,
  depth: number,
): { args: Expr[]; named: Entry[]; spread: Expr[] } {
  const args: Expr[] = [];
  const named: Entry[] = [];
  const spread: Expr[] = [];
  let star = false;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (child.name === '*' || child.name === '**') star = true;
    else if (child.name === 'for') {
      // A generator as the only argument.
      return { args: [{ type: 'opaque', from: list.from, what: 'is built in a loop' }], named, spread };
    } else if (child.nextSibling?.name === 'AssignOp') {
      const value = child.nextSibling.nextSibling;
      if (!value) break;
      named.push({
        key: text.slice(child.from, child.to),
        value: pythonExpression(value, text, depth + 1),
        from: child.from,
      });
      child = value;
    } else if (!PUNCTUATION.has(child.name) && child.name !== '⚠') {
      (star ? spread : args).push(pythonExpression(child, text, depth + 1));
      star = false;
    }
  }
  return { args, named, spread };
}

function mapping(node: SyntaxNode, from: number, next: (child: SyntaxNode) => Expr): Expr {
  const entries: Entry[] = [];
  const spread: Expr[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === '**' && child.nextSibling) {
      child = child.nextSibling;
      spread.push(next(child));
    } else if (child.name === ':' && child.prevSibling && child.nextSibling) {
      const key = next(child.prevSibling);
      const word = key.type === 'text' && key.parts.length === 1 ? key.parts[0] : null;
      entries.push({
        key: typeof word === 'string' ? word : null,
        value: next(child.nextSibling),
        from: child.prevSibling.from,
      });
    }
  }
  return { type: 'mapping', from, entries, spread };
}

function binary(node: SyntaxNode, text: string, next: (child: SyntaxNode) => Expr): Expr | null {
  const [left, operator, right] = [node.firstChild, node.firstChild?.nextSibling, node.lastChild];
  if (!left || !operator || !right) return null;
  const from = node.from;
  if (operator.name === 'or') {
    return { type: 'either', from, options: [next(left), next(right)], fallback: true };
  }
  const sign = text.slice(operator.from, operator.to);
  if (sign === '|') return { type: 'pipe', from, parts: [next(left), next(right)] };
  // `Path(__file__).parent / "server.py"`
  if (sign === '/') {
    const [folder, file] = [next(left), next(right)];
    return file.type === 'text' ? { type: 'text', from, parts: [folder, '/', ...file.parts] } : null;
  }
  if (sign !== '+') return null;
  const [first, second] = [next(left), next(right)];
  if (first.type === 'text' || second.type === 'text') {
    const parts = [first, second].flatMap((one) => (one.type === 'text' ? one.parts : [one]));
    return { type: 'text', from, parts };
  }
  // Lists joined: what is no list here may be one elsewhere.
  const lists = [first, second];
  return {
    type: 'list',
    from,
    items: lists.flatMap((one) => (one.type === 'list' ? one.items : [])),
    spread: lists.flatMap((one) => (one.type === 'list' ? one.spread : [one])),
  };
}

function formatParts(node: SyntaxNode, text: string, next: (child: SyntaxNode) => Expr): (string | Expr)[] {
  const parts: (string | Expr)[] = [];
  const open = /^[a-z]*("""|'''|"|')/i.exec(text.slice(node.from, node.from + 6))?.[0] ?? '"';
  const quotes = open.replace(/^[a-z]*/i, '').length;
  let at = node.from + open.length;
  for (const hole of node.getChildren('FormatReplacement')) {
    if (hole.from > at) parts.push(text.slice(at, hole.from));
    const inner = hole.firstChild?.nextSibling;
    parts.push(inner ? next(inner) : { type: 'opaque', from: hole.from, what: 'is computed' });
    at = hole.to;
  }
  if (node.to - quotes > at) parts.push(text.slice(at, node.to - quotes));
  return parts;
}

function plain(written: string): string {
  const open = /^([a-z]*)("""|'''|"|')/i.exec(written);
  if (!open) return written;
  const quote = open[2] ?? '"';
  const end = written.endsWith(quote) && written.length >= open[0].length + quote.length;
  const inner = written.slice(open[0].length, end ? -quote.length : undefined);
  return /r/i.test(open[1] ?? '') ? inner : unescaped(inner);
}

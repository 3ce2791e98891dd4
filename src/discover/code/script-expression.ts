import type { SyntaxNode } from '@lezer/common';
import type { Call, Entry, Expr } from './expression.ts';
import { MAX_EXPRESSION, unescaped } from './literal.ts';

/** Nodes that are functions; a method of an object is a Property with parameters. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunction',
  'MethodDeclaration',
]);

const slice = (node: SyntaxNode, text: string): string => text.slice(node.from, node.to);

/** An expression of TypeScript in the common form. */
export function scriptExpression(node: SyntaxNode, text: string, depth = 0): Expr {
  const from = node.from;
  const opaque = (what: string): Expr => ({ type: 'opaque', from, what });
  if (depth > MAX_EXPRESSION) return opaque('is nested too deeply');
  const next = (child: SyntaxNode): Expr => scriptExpression(child, text, depth + 1);
  switch (node.name) {
    case 'String':
      return { type: 'text', from, parts: [unescaped(text.slice(node.from + 1, node.to - 1))] };
    case 'TemplateString':
      return { type: 'text', from, parts: templateParts(node, text, next) };
    case 'Number':
    case 'BooleanLiteral':
    case 'null':
      return { type: 'constant', from, value: slice(node, text) };
    case 'VariableName':
    case 'this':
      return { type: 'name', from, name: slice(node, text) };
    case 'MemberExpression':
      return memberOf(node, text, next) ?? opaque('is computed');
    case 'CallExpression':
    case 'NewExpression':
      return scriptCall(node, text, depth);
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
    case 'UnaryExpression': {
      const inner = node.firstChild?.nextSibling;
      if (node.name === 'UnaryExpression' && node.firstChild?.name !== 'await') return opaque('is computed');
      return inner ? next(inner) : opaque('is computed');
    }
    // `x!`, `f<T>`: what it is for the compiler is no matter here.
    case 'PostfixExpression':
    case 'InstantiationExpression':
      return node.firstChild ? next(node.firstChild) : opaque('is computed');
    case 'ArrayExpression': {
      const { args, spread } = itemsOf(node, text, depth);
      return { type: 'list', from, items: args, spread };
    }
    case 'ObjectExpression':
      return mapping(node, text, depth);
    case 'ConditionalExpression': {
      const options: Expr[] = [];
      for (let child = node.firstChild; child; child = child.nextSibling) {
        if (child.name === 'LogicOp' && child.nextSibling) options.push(next(child.nextSibling));
      }
      return { type: 'either', from, options, fallback: false };
    }
    case 'BinaryExpression':
      return binary(node, text, next);
    default:
      return FUNCTIONS.has(node.name) || node.name === 'Property'
        ? { type: 'lambda', from, returns: returned(node, next) }
        : opaque('is computed');
  }
}

function memberOf(node: SyntaxNode, text: string, next: (child: SyntaxNode) => Expr): Expr | null {
  const [of, last] = [node.firstChild, node.lastChild];
  if (!of || !last) return null;
  if (last.name === 'PropertyName' || last.name === 'PrivatePropertyName') {
    return { type: 'member', from: node.from, of: next(of), name: slice(last, text) };
  }
  const key = last.name === ']' ? last.prevSibling : null;
  return key ? { type: 'index', from: node.from, of: next(of), key: next(key) } : null;
}

/** A call or a `new` in the common form. */
export function scriptCall(node: SyntaxNode, text: string, depth = 0): Call {
  const list = node.getChild('ArgList');
  const callee = node.name === 'NewExpression' ? node.firstChild?.nextSibling : node.firstChild;
  const { args, spread } = list ? itemsOf(list, text, depth) : { args: [], spread: [] };
  return {
    type: 'call',
    from: node.from,
    callee:
      callee && callee !== list
        ? scriptExpression(callee, text, depth + 1)
        : { type: 'opaque', from: node.from, what: 'is computed' },
    args,
    named: [],
    spread,
  };
}

const PUNCTUATION = new Set([
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  'LineComment',
  'BlockComment',
  'TypeArgList',
  '⚠',
]);

function itemsOf(list: SyntaxNode, text: string, depth: number): { args: Expr[]; spread: Expr[] } {
  const args: Expr[] = [];
  const spread: Expr[] = [];
  let star = false;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (child.name === 'Spread') star = true;
    else if (!PUNCTUATION.has(child.name)) {
      (star ? spread : args).push(scriptExpression(child, text, depth + 1));
      star = false;
    }
  }
  return { args, spread };
}

/** The name that a key of an object or class is written with. */
export const propertyName = (node: SyntaxNode, text: string): string =>
  node.name === 'String' ? unescaped(text.slice(node.from + 1, node.to - 1)) : slice(node, text);

function mapping(node: SyntaxNode, text: string, depth: number): Expr {
  const entries: Entry[] = [];
  const spread: Expr[] = [];
  for (const property of node.getChildren('Property')) {
    const [first, last] = [property.firstChild, property.lastChild];
    if (!first || !last) continue;
    if (first.name === 'Spread') {
      spread.push(scriptExpression(last, text, depth + 1));
      continue;
    }
    const id = property.getChild('PropertyDefinition') ?? (first.name === 'String' ? first : null);
    const key = id ? propertyName(id, text) : null;
    const from = property.from;
    if (property.getChild('ParamList')) {
      entries.push({ key, from, value: scriptExpression(property, text, depth + 1) });
    } else if (id && last.from === id.from) {
      entries.push({ key, from, value: { type: 'name', from: id.from, name: key ?? '' } });
    } else entries.push({ key, from, value: scriptExpression(last, text, depth + 1) });
  }
  return { type: 'mapping', from: node.from, entries, spread };
}

function binary(node: SyntaxNode, text: string, next: (child: SyntaxNode) => Expr): Expr {
  const [left, operator, right] = [node.firstChild, node.firstChild?.nextSibling, node.lastChild];
  const from = node.from;
  if (!left || !operator || !right) return { type: 'opaque', from, what: 'is computed' };
  // `x as T`, `x satisfies T`
  if (operator.name === 'as' || operator.name === 'satisfies') return next(left);
  const sign = slice(operator, text);
  if (sign === '||' || sign === '??') {
    return { type: 'either', from, options: [next(left), next(right)], fallback: true };
  }
  if (sign === '+') {
    const [first, second] = [next(left), next(right)];
    if (first.type === 'text' || second.type === 'text') {
      const parts = [first, second].flatMap((one) => (one.type === 'text' ? one.parts : [one]));
      return { type: 'text', from, parts };
    }
  }
  return { type: 'opaque', from, what: 'is computed' };
}

function templateParts(node: SyntaxNode, text: string, next: (child: SyntaxNode) => Expr): (string | Expr)[] {
  const parts: (string | Expr)[] = [];
  let at = node.from + 1;
  for (const hole of node.getChildren('Interpolation')) {
    if (hole.from > at) parts.push(text.slice(at, hole.from));
    const inner = hole.firstChild?.nextSibling;
    parts.push(inner ? next(inner) : { type: 'opaque', from: hole.from, what: 'is computed' });
    at = hole.to;
  }
  if (node.to - 1 > at) parts.push(unescaped(text.slice(at, node.to - 1)));
  return parts;
}

function returned(node: SyntaxNode, next: (child: SyntaxNode) => Expr): Expr[] {
  const body = node.getChild('Block');
  if (!body) {
    const value = node.name === 'ArrowFunction' ? node.lastChild : null;
    return value ? [next(value)] : [];
  }
  const found: Expr[] = [];
  body.cursor().iterate((ref) => {
    if (ref.from !== body.from && (FUNCTIONS.has(ref.name) || ref.name === 'ClassDeclaration')) return false;
    if (ref.name === 'ReturnStatement') {
      const value = ref.node.firstChild?.nextSibling;
      if (value && value.name !== ';') found.push(next(value));
    }
    return undefined;
  });
  return found;
}

const WRAPPERS = new Set([
  'AwaitExpression',
  'ParenthesizedExpression',
  'BinaryExpression',
  'PostfixExpression',
]);

/** The variable, property or key that holds what `node` gives; null for none. */
export function boundName(node: SyntaxNode, text: string): string | null {
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (WRAPPERS.has(parent.name)) continue;
    const id = child.prevSibling?.name === 'Equals' ? child.prevSibling.prevSibling : null;
    if (parent.name === 'VariableDeclaration') {
      const target = id?.name === 'TypeAnnotation' ? id.prevSibling : id;
      return target?.name === 'VariableDefinition' ? slice(target, text) : null;
    }
    if (parent.name === 'PropertyDeclaration') {
      const target = parent.getChild('PropertyDefinition');
      return target ? slice(target, text) : null;
    }
    if (parent.name === 'Property') {
      const target = parent.firstChild;
      const named = target?.name === 'PropertyDefinition' || target?.name === 'String';
      return target && named && target.from !== child.from ? propertyName(target, text) : null;
    }
    if (
      parent.name === 'AssignmentExpression' &&
      parent.firstChild &&
      parent.firstChild.from !== child.from
    ) {
      const target = scriptExpression(parent.firstChild, text);
      return target.type === 'name' || target.type === 'member' ? target.name : null;
    }
    return null;
  }
  return null;
}

/** `answer` of `const { text: answer, usage } = …`: the one part of what `node` gives that gets a name of its own. */
export function partName(node: SyntaxNode, text: string): string | null {
  let child = node;
  while (child.parent && WRAPPERS.has(child.parent.name)) child = child.parent;
  const pattern = child.prevSibling?.name === 'Equals' ? child.prevSibling.prevSibling : null;
  if (child.parent?.name !== 'VariableDeclaration' || pattern?.name !== 'ObjectPattern') return null;
  const names = pattern.getChildren('PatternProperty').flatMap((one) => {
    const name = one.getChild('VariableDefinition');
    return name && one.firstChild?.from !== name.from ? [name] : [];
  });
  const [only, ...others] = names;
  return only && others.length === 0 ? slice(only, text) : null;
}

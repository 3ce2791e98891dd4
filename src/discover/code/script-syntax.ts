import type { SyntaxNode, TreeCursor } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { late } from '../../finding/late.ts';
import { type CallSyntax, SyntaxCall } from './call-site.ts';
import type { ClassItem, FunctionItem, Module, Scope, Wiring } from './expression.ts';
import { Builder, childOf, define, hasChild, MAX_DEPTH, namesByType, walk } from './module-builder.ts';
import {
  boundName,
  FUNCTIONS,
  partName,
  propertyName,
  scriptCall,
  scriptExpression,
} from './script-expression.ts';
import { readExport, readImport } from './script-imports.ts';

const PLAIN = parser.configure({ dialect: 'ts' });
const WITH_JSX = parser.configure({ dialect: 'ts jsx' });

const TELLING = namesByType(parser.nodeSet, [
  ...FUNCTIONS,
  'TypeAnnotation',
  'ImportDeclaration',
  'ExportDeclaration',
  'VariableDeclaration',
  'ForOfSpec',
  'ForInSpec',
  'CatchClause',
  'ClassDeclaration',
  'ClassExpression',
  'PropertyDeclaration',
  'EnumBody',
  'AssignmentExpression',
  'CallExpression',
  'NewExpression',
  'Property',
]);

/** Reads one file of TypeScript or JavaScript. Broken code gives what could be made out. */
export function readScript(path: string, text: string): Module {
  const builder = new Builder(text.length);
  const calls: SyntaxCall[] = [];
  const functions: FunctionItem[] = [];
  const classes: ClassItem[] = [];
  const wirings: Wiring[] = [];
  const stars: string[] = [];
  const exports = new Map<string, { module: string | null; name: string }>();
  let depth = 0;

  // A `<T>x` cast is no element of JSX, so plain files are read without.
  const tree = (/\.(?:tsx|jsx|js|mjs|cjs)$/.test(path) ? WITH_JSX : PLAIN).parse(text);
  const enter = (ref: TreeCursor): boolean => {
    const name = TELLING[ref.type.id];
    if (depth >= MAX_DEPTH || name === 'TypeAnnotation') return false;
    depth++;
    switch (name) {
      case null:
        break;
      case 'ImportDeclaration':
        readImport(ref.node, text, builder.root);
        break;
      case 'ExportDeclaration':
        readExport(ref.node, text, builder.root, exports, stars);
        break;
      case 'VariableDeclaration':
        variables(ref.node, text, builder.scope);
        break;
      case 'ForOfSpec':
      case 'ForInSpec':
      case 'CatchClause':
        unknownNames(ref.node, text, builder.scope, 'changes in a loop');
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        classes.push(classItem(ref.node, text, builder));
        break;
      case 'PropertyDeclaration':
      case 'EnumBody':
        properties(ref.node, text, builder.scope);
        break;
      case 'AssignmentExpression':
        assignment(ref.node, text, builder, wirings);
        break;
      case 'CallExpression':
      case 'NewExpression': {
        const call = new SyntaxCall(CALLS, ref, tree, text, builder.scope);
        calls.push(call);
        if (call.isMethod(ADDING)) addLater(call.node(), text, builder.scope, wirings);
        break;
      }
      default:
        if (isFunction(ref)) functions.push(functionItem(ref.node, text, builder));
    }
    return true;
  };
  const leave = (ref: TreeCursor): void => {
    depth--;
    const name = TELLING[ref.type.id];
    if (name === null) return;
    if (isFunction(ref) || name === 'ClassDeclaration' || name === 'ClassExpression') builder.leave();
  };
  walk(tree, enter, leave);
  return {
    path,
    language: 'script',
    text,
    root: builder.root,
    calls,
    functions,
    classes,
    wirings,
    stars,
    exports,
  };
}

const slice = (node: SyntaxNode, text: string): string => text.slice(node.from, node.to);

/** Methods of an object are properties with parameters. */
const isFunction = (at: TreeCursor): boolean =>
  FUNCTIONS.has(at.name) || (at.name === 'Property' && hasChild(at, 'ParamList'));

function variables(node: SyntaxNode, text: string, scope: Scope): void {
  let target: SyntaxNode | null = null;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'VariableDefinition') {
      target = child;
      if (child.nextSibling?.name !== 'Equals' && child.nextSibling?.name !== 'TypeAnnotation') {
        define(scope, slice(child, text), { type: 'unknown', from: child.from, why: 'gets its value later' });
      }
    } else if (child.name === 'ObjectPattern' || child.name === 'ArrayPattern') {
      const value = child.nextSibling?.name === 'Equals' ? child.nextSibling.nextSibling : null;
      pattern(child, value, text, scope);
      target = null;
    } else if (child.name === 'Equals' && target && child.nextSibling) {
      const value = child.nextSibling;
      const item = {
        type: 'value',
        from: target.from,
        value: late(() => scriptExpression(value, text)),
      } as const;
      define(scope, slice(target, text), item);
    }
  }
}

/** `const { a, b: c } = value`; through `require` it is an import. */
function pattern(node: SyntaxNode, value: SyntaxNode | null, text: string, scope: Scope): void {
  const required = value ? /^require\(\s*['"]([^'"]+)['"]\s*\)$/.exec(slice(value, text))?.[1] : undefined;
  for (const property of node.getChildren('PatternProperty')) {
    const key = property.firstChild;
    const target = property.getChild('VariableDefinition') ?? key;
    if (!key || !target) continue;
    const name = slice(key, text);
    if (required) {
      define(scope, slice(target, text), { type: 'import', from: target.from, module: required, name });
    } else if (value) {
      const from = target.from;
      const of = value;
      define(scope, slice(target, text), {
        type: 'value',
        from,
        value: late(() => ({ type: 'member', from, of: scriptExpression(of, text), name })),
      });
    }
  }
  if (node.name === 'ArrayPattern') unknownNames(node, text, scope, 'is one of several values');
}

function unknownNames(node: SyntaxNode, text: string, scope: Scope, why: string): void {
  for (const one of node.getChildren('VariableDefinition')) {
    define(scope, slice(one, text), { type: 'unknown', from: one.from, why });
  }
}

function functionItem(node: SyntaxNode, text: string, builder: Builder): FunctionItem {
  const id = childOf(node, 'VariableDefinition') ?? childOf(node, 'PropertyDefinition');
  const name = id ? propertyName(id, text) : (boundName(node, text) ?? '');
  const outer = builder.scope;
  const scope = builder.enter('function', name, node.from, node.to);
  const list = childOf(node, 'ParamList');
  const why = `is a parameter of ${name || 'a function'}`;
  if (list) parameters(list, text, scope, why);
  const item: FunctionItem = {
    name,
    from: id?.from ?? node.from,
    scope,
    outer,
    decorators: [],
    returns: late(() => {
      const value = scriptExpression(node, text);
      return value.type === 'lambda' ? value.returns : [];
    }),
  };
  if (name && (node.name === 'FunctionDeclaration' || node.name === 'MethodDeclaration')) {
    define(outer, name, { type: 'function', from: item.from, function: item });
  }
  return item;
}

function parameters(list: SyntaxNode, text: string, scope: Scope, why: string): void {
  let count = 0;
  const parameter = (node: SyntaxNode, place: number | 'key'): void =>
    define(scope, slice(node, text), { type: 'unknown', from: node.from, why, parameter: place });
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (child.name === 'VariableDefinition') parameter(child, count);
    if (child.name === ',') count++;
    if (child.name !== 'ObjectPattern') continue;
    for (const property of child.getChildren('PatternProperty')) {
      const target = property.getChild('VariableDefinition') ?? property.firstChild;
      if (target) parameter(target, 'key');
    }
  }
}

function classItem(node: SyntaxNode, text: string, builder: Builder): ClassItem {
  const id = node.getChild('VariableDefinition');
  const name = id ? slice(id, text) : '';
  const outer = builder.scope;
  const scope = builder.enter('class', name, node.from, node.to);
  const base = node.getChild('extends')?.nextSibling ?? null;
  const item: ClassItem = {
    name,
    from: id?.from ?? node.from,
    scope,
    outer,
    decorators: [],
    bases: late(() => (base ? [scriptExpression(base, text)] : [])),
  };
  if (name) define(outer, name, { type: 'class', from: item.from, class: item });
  return item;
}

function properties(node: SyntaxNode, text: string, scope: Scope): void {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const value = child.nextSibling;
    if (child.name !== 'Equals' || !value) continue;
    const id = node.name === 'EnumBody' ? child.prevSibling : node.getChild('PropertyDefinition');
    if (id && node.name !== 'EnumBody') {
      const item = {
        type: 'value',
        from: id.from,
        value: late(() => scriptExpression(value, text)),
      } as const;
      define(scope, slice(id, text), item);
    }
  }
}

function assignment(node: SyntaxNode, text: string, builder: Builder, wirings: Wiring[]): void {
  const [left, right] = [node.firstChild, node.lastChild];
  if (!left || !right || left === right) return;
  const scope = builder.scope;
  if (left.name === 'VariableName') {
    const name = slice(left, text);
    const home = scopeOf(scope, name) ?? scope;
    define(home, name, { type: 'value', from: left.from, value: late(() => scriptExpression(right, text)) });
    return;
  }
  if (left.name !== 'MemberExpression') return;
  const target = scriptExpression(left, text);
  wirings.push({ target, how: 'set', value: scriptExpression(right, text), scope });
  const owner = builder.classScope();
  if (owner && target.type === 'member' && target.of.type === 'name' && target.of.name === 'this') {
    const from = left.from;
    define(owner, target.name, {
      type: 'value',
      from,
      value: late(() => scriptExpression(right, text)),
      scope,
    });
  }
}

function scopeOf(scope: Scope, name: string): Scope | null {
  for (let one: Scope | null = scope; one; one = one.parent) if (one.names.has(name)) return one;
  return null;
}

const CALLS: CallSyntax = {
  // In front of a class stands `new`.
  enterCallee: (at) => at.name !== 'new' || at.nextSibling(),
  callee: (node, text) => {
    const callee = node.name === 'NewExpression' ? node.firstChild?.nextSibling : node.firstChild;
    return callee ? scriptExpression(callee, text) : scriptExpression(node, text, Number.POSITIVE_INFINITY);
  },
  call: scriptCall,
  bound: boundName,
  part: partName,
};

const ADDING = ['push'];

function addLater(node: SyntaxNode, text: string, scope: Scope, wirings: Wiring[]): void {
  const callee = node.firstChild;
  if (callee?.name !== 'MemberExpression' || !callee.firstChild) return;
  const method = callee.lastChild;
  if (method?.name !== 'PropertyName' || slice(method, text) !== 'push') return;
  const target = scriptExpression(callee.firstChild, text);
  const call = scriptCall(node, text);
  for (const value of call.args) wirings.push({ target, how: 'add', value, scope });
  for (const value of call.spread) wirings.push({ target, how: 'extend', value, scope });
}

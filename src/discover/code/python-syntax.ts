import type { SyntaxNode, TreeCursor } from '@lezer/common';
import { parser } from '@lezer/python';
import { late } from '../../finding/late.ts';
import { type CallSyntax, SyntaxCall } from './call-site.ts';
import type { ClassItem, Expr, FunctionItem, Module, Scope, Wiring } from './expression.ts';
import { Builder, childOf, define, MAX_DEPTH, namesByType, walk } from './module-builder.ts';
import { decoratorExpression, pythonCall, pythonExpression } from './python-expression.ts';
import { readParameters, returns, valueFrom } from './python-functions.ts';
import { readImports } from './python-imports.ts';

const TELLING = namesByType(parser.nodeSet, [
  'ImportStatement',
  'FunctionDefinition',
  'ClassDefinition',
  'AssignStatement',
  'UpdateStatement',
  'NamedExpression',
  'WithStatement',
  'ForStatement',
  'CallExpression',
]);

/** Reads one file of Python. Broken code gives what could be made out. */
export function readPython(path: string, text: string): Module {
  const builder = new Builder(text.length);
  const calls: SyntaxCall[] = [];
  const functions: FunctionItem[] = [];
  const classes: ClassItem[] = [];
  const wirings: Wiring[] = [];
  const stars: string[] = [];
  let depth = 0;

  const tree = parser.parse(text);
  const enter = (ref: TreeCursor): boolean => {
    if (depth >= MAX_DEPTH) return false;
    depth++;
    switch (TELLING[ref.type.id]) {
      case 'ImportStatement':
        readImports(ref.node, text, builder.scope, stars);
        depth--;
        return false;
      case 'FunctionDefinition':
        functions.push(functionItem(ref.node, text, builder));
        break;
      case 'ClassDefinition':
        classes.push(classItem(ref.node, text, builder));
        break;
      case 'AssignStatement':
        assignment(ref.node, text, builder, wirings);
        break;
      case 'UpdateStatement':
        update(ref.node, text, builder.scope, wirings);
        break;
      case 'NamedExpression':
      case 'WithStatement':
        named(ref.node, text, builder.scope);
        break;
      case 'ForStatement':
        loop(ref.node, text, builder.scope);
        break;
      case 'CallExpression': {
        const call = new SyntaxCall(CALLS, ref, tree, text, builder.scope);
        calls.push(call);
        if (call.isMethod(ADDING)) addLater(call.node(), text, builder.scope, wirings);
        break;
      }
    }
    return true;
  };
  const leave = (ref: TreeCursor): void => {
    depth--;
    const name = TELLING[ref.type.id];
    if (name === 'FunctionDefinition' || name === 'ClassDefinition') builder.leave();
  };
  walk(tree, enter, leave);
  const exports = new Map<string, { module: string | null; name: string }>();
  return {
    path,
    language: 'python',
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

function decorators(node: SyntaxNode, text: string): Expr[] {
  const parent = node.parent;
  if (parent?.name !== 'DecoratedStatement') return [];
  return parent.getChildren('Decorator').flatMap((one) => {
    const parts = decoratorExpression(one, text);
    return parts ? [parts] : [];
  });
}

function functionItem(node: SyntaxNode, text: string, builder: Builder): FunctionItem {
  const id = childOf(node, 'VariableName');
  const name = id ? slice(id, text) : '';
  const outer = builder.scope;
  const scope = builder.enter('function', name, node.from, node.to);
  const list = childOf(node, 'ParamList');
  if (list) readParameters(list, text, scope);
  const item: FunctionItem = {
    name,
    from: id?.from ?? node.from,
    scope,
    outer,
    decorators: decorators(node, text),
    returns: late(() => returns(node, text)),
  };
  if (name) define(outer, name, { type: 'function', from: item.from, function: item });
  return item;
}

function classItem(node: SyntaxNode, text: string, builder: Builder): ClassItem {
  const id = childOf(node, 'VariableName');
  const name = id ? slice(id, text) : '';
  const outer = builder.scope;
  const scope = builder.enter('class', name, node.from, node.to);
  const list = childOf(node, 'ArgList');
  const item: ClassItem = {
    name,
    from: id?.from ?? node.from,
    scope,
    outer,
    decorators: decorators(node, text),
    bases: late(() => (list ? pythonCall(list, text).args : [])),
  };
  if (name) define(outer, name, { type: 'class', from: item.from, class: item });
  return item;
}

const placeOf = (at: number, from: number): Expr => ({ type: 'constant', from, value: String(at) });

function assignment(node: SyntaxNode, text: string, builder: Builder, wirings: Wiring[]): void {
  const targets: SyntaxNode[] = [];
  let value: SyntaxNode | null = null;
  let several = false;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'AssignOp') {
      if (value) targets.push(value);
      value = child.nextSibling;
    } else if (!value && child.name !== 'TypeDef' && child.name !== ',') targets.push(child);
    if (child.name === ',') several = true;
  }
  if (!value) return;
  const found = value;
  const all = several ? late(() => valueFrom(found, text)) : null;
  for (const [at, target] of targets.entries()) {
    if (target.name === 'VariableName') {
      const { from } = target;
      define(builder.scope, slice(target, text), {
        type: 'value',
        from,
        value: all
          ? late((): Expr => ({ type: 'index', from, of: all(), key: placeOf(at, from) }))
          : late(() => pythonExpression(found, text)),
      });
    } else if (target.name === 'MemberExpression' && !several) {
      const member = pythonExpression(target, text);
      wirings.push({
        target: member,
        how: 'set',
        value: pythonExpression(found, text),
        scope: builder.scope,
      });
      if (member.type === 'member' && member.of.type === 'name' && member.of.name === 'self') {
        const owner = builder.classScope();
        if (owner) {
          define(owner, member.name, {
            type: 'value',
            from: target.from,
            value: late(() => pythonExpression(found, text)),
            scope: builder.scope,
          });
        }
      }
    }
  }
}

function update(node: SyntaxNode, text: string, scope: Scope, wirings: Wiring[]): void {
  const target = node.firstChild;
  const value = node.lastChild;
  if (!target || !value || slice(childOf(node, 'UpdateOp') ?? node, text) !== '+=') return;
  wirings.push({
    target: pythonExpression(target, text),
    how: 'extend',
    value: pythonExpression(value, text),
    scope,
  });
}

function named(node: SyntaxNode, text: string, scope: Scope): void {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (node.name === 'WithStatement' && child.name === 'as') {
      const value = child.prevSibling;
      const target = child.nextSibling;
      if (value && target?.name === 'VariableName') {
        const from = target.from;
        define(scope, slice(target, text), {
          type: 'value',
          from,
          value: late(() => pythonExpression(value, text)),
        });
      }
    }
    if (node.name === 'NamedExpression' && child.name === 'AssignOp') {
      const value = child.nextSibling;
      const target = child.prevSibling;
      if (value && target) {
        const from = target.from;
        define(scope, slice(target, text), {
          type: 'value',
          from,
          value: late(() => pythonExpression(value, text)),
        });
      }
    }
  }
}

function loop(node: SyntaxNode, text: string, scope: Scope): void {
  for (let child = node.firstChild; child && child.name !== 'in'; child = child.nextSibling) {
    if (child.name === 'VariableName') {
      define(scope, slice(child, text), { type: 'unknown', from: child.from, why: 'changes in a loop' });
    }
  }
}

const CALLS: CallSyntax = {
  enterCallee: () => true,
  callee: (node, text) => pythonExpression(node.firstChild ?? node, text),
  call: pythonCall,
  bound,
};

function bound(node: SyntaxNode, text: string): string | null {
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.name === 'AwaitExpression' || parent.name === 'ParenthesizedExpression') continue;
    // `builder().compile()` is bound by what the whole chain is bound to, an argument is not.
    if (parent.name === 'AssignStatement') {
      const target = parent.firstChild;
      if (!target || target.from === child.from) return null;
      const expr = pythonExpression(target, text);
      return expr.type === 'name' || expr.type === 'member' ? expr.name : null;
    }
    if (parent.name === 'DictionaryExpression' && child.prevSibling?.name === ':') {
      const key = child.prevSibling.prevSibling;
      const expr = key ? pythonExpression(key, text) : null;
      return expr?.type === 'text' && typeof expr.parts[0] === 'string' ? expr.parts[0] : null;
    }
    if (parent.name === 'NamedExpression' || parent.name === 'WithStatement') {
      const target = parent.name === 'NamedExpression' ? parent.firstChild : child.nextSibling?.nextSibling;
      return target?.name === 'VariableName' ? slice(target, text) : null;
    }
    return null;
  }
  return null;
}

const ADDERS: Readonly<Record<string, 'add' | 'extend'>> = { append: 'add', add: 'add', extend: 'extend' };
const ADDING = Object.keys(ADDERS);

function addLater(node: SyntaxNode, text: string, scope: Scope, wirings: Wiring[]): void {
  const callee = node.firstChild;
  if (callee?.name !== 'MemberExpression') return;
  const method = callee.lastChild;
  const how = method?.name === 'PropertyName' ? ADDERS[slice(method, text)] : undefined;
  if (!how || !callee.firstChild) return;
  const value = pythonCall(node, text).args[0];
  if (value) wirings.push({ target: pythonExpression(callee.firstChild, text), how, value, scope });
}

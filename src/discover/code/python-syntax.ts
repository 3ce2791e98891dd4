import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { parser } from '@lezer/python';
import type { CallSite, ClassItem, Expr, FunctionItem, Module, Scope, Wiring } from './expression.ts';
import { Builder, define, MAX_DEPTH } from './module-builder.ts';
import { decoratorExpression, pythonCall, pythonExpression } from './python-expression.ts';

/** Reads one file of Python. Broken code gives what could be made out. */
export function readPython(path: string, text: string): Module {
  const builder = new Builder(text.length);
  const calls: CallSite[] = [];
  const functions: FunctionItem[] = [];
  const classes: ClassItem[] = [];
  const wirings: Wiring[] = [];
  const stars: string[] = [];
  let depth = 0;

  const enter = (ref: SyntaxNodeRef): boolean => {
    if (depth >= MAX_DEPTH) return false;
    depth++;
    switch (ref.name) {
      case 'ImportStatement':
        imports(ref.node, text, builder.scope, stars);
        break;
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
      case 'CallExpression':
        calls.push(callSite(ref.node, text, builder.scope));
        late(ref.node, text, builder.scope, wirings);
        break;
    }
    return true;
  };
  const leave = (ref: SyntaxNodeRef): void => {
    depth--;
    if (ref.name === 'FunctionDefinition' || ref.name === 'ClassDefinition') builder.leave();
  };
  // A subtree that `enter` refuses gets no `leave`.
  parser.parse(text).iterate({ enter, leave });
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

function imports(node: SyntaxNode, text: string, scope: Scope, stars: string[]): void {
  const words: { name: string; from: number }[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    words.push({ name: slice(child, text), from: child.from });
  }
  const at = words.findIndex(({ name }) => name === 'import');
  const from = words[0]?.name === 'from';
  if (at < 0) return;
  const module = from
    ? words
        .slice(1, at)
        .map(({ name }) => name)
        .join('')
    : '';
  for (const part of splitAtCommas(words.slice(at + 1))) {
    const as = part.findIndex(({ name }) => name === 'as');
    const dotted = part
      .slice(0, as < 0 ? undefined : as)
      .map(({ name }) => name)
      .join('');
    const first = part[0];
    if (!first || !dotted) continue;
    const alias = as < 0 ? null : part[as + 1]?.name;
    if (from && dotted === '*') stars.push(module);
    else if (from) define(scope, alias ?? dotted, { type: 'import', from: first.from, module, name: dotted });
    else if (alias) define(scope, alias, { type: 'import', from: first.from, module: dotted, name: null });
    // `import a.b` gives the name `a`.
    else define(scope, first.name, { type: 'import', from: first.from, module: first.name, name: null });
  }
}

function splitAtCommas(words: { name: string; from: number }[]): { name: string; from: number }[][] {
  const parts: { name: string; from: number }[][] = [[]];
  for (const word of words) {
    if (word.name === ',') parts.push([]);
    else if (word.name !== '(' && word.name !== ')') parts.at(-1)?.push(word);
  }
  return parts;
}

function decorators(node: SyntaxNode, text: string): Expr[] {
  const parent = node.parent;
  if (parent?.name !== 'DecoratedStatement') return [];
  return parent.getChildren('Decorator').flatMap((one) => {
    const parts = decoratorExpression(one, text);
    return parts ? [parts] : [];
  });
}

function functionItem(node: SyntaxNode, text: string, builder: Builder): FunctionItem {
  const id = node.getChild('VariableName');
  const name = id ? slice(id, text) : '';
  const outer = builder.scope;
  const scope = builder.enter('function', name, node.from, node.to);
  const list = node.getChild('ParamList');
  if (list) {
    // A default stands behind `=`, a type in a node of its own: neither is a parameter.
    let expected = true;
    for (let child = list.firstChild; child; child = child.nextSibling) {
      if (child.name === 'VariableName' && expected) {
        define(scope, slice(child, text), {
          type: 'unknown',
          from: child.from,
          why: `is a parameter of ${name}`,
        });
        expected = false;
      }
      if (child.name === ',') expected = true;
    }
  }
  const item: FunctionItem = {
    name,
    from: id?.from ?? node.from,
    scope,
    outer,
    decorators: decorators(node, text),
    returns: () => returns(node, text),
  };
  if (name) define(outer, name, { type: 'function', from: item.from, function: item });
  return item;
}

function returns(node: SyntaxNode, text: string): Expr[] {
  const found: Expr[] = [];
  let inner = 0;
  const functionFrom = node.from;
  node.cursor().iterate(
    (ref) => {
      if (ref.name === 'FunctionDefinition' && ref.from !== functionFrom) inner++;
      if (ref.name === 'LambdaExpression') return false;
      if (ref.name === 'ReturnStatement' && inner === 0) {
        const value = ref.node.firstChild?.nextSibling;
        if (value) found.push(pythonExpression(value, text));
      }
      return inner === 0 || undefined;
    },
    (ref) => {
      if (ref.name === 'FunctionDefinition' && ref.from !== functionFrom) inner--;
    },
  );
  return found;
}

function classItem(node: SyntaxNode, text: string, builder: Builder): ClassItem {
  const id = node.getChild('VariableName');
  const name = id ? slice(id, text) : '';
  const outer = builder.scope;
  const scope = builder.enter('class', name, node.from, node.to);
  const list = node.getChild('ArgList');
  const item: ClassItem = {
    name,
    from: id?.from ?? node.from,
    scope,
    outer,
    bases: () => (list ? pythonCall(list, text).args : []),
  };
  if (name) define(outer, name, { type: 'class', from: item.from, class: item });
  return item;
}

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
  for (const target of targets) {
    if (target.name === 'VariableName') {
      const name = slice(target, text);
      define(
        builder.scope,
        name,
        several
          ? { type: 'unknown', from: target.from, why: 'is one of several values' }
          : { type: 'value', from: target.from, value: () => pythonExpression(found, text) },
      );
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
        const from = builder.scope;
        if (owner) {
          define(owner, member.name, {
            type: 'value',
            from: target.from,
            value: () => parameterless(pythonExpression(found, text), from),
          });
        }
      }
    }
  }
}

/** An attribute that only passes a parameter on is not known. */
function parameterless(value: Expr, scope: Scope): Expr {
  if (value.type !== 'name' || !scope.names.has(value.name)) return value;
  return { type: 'opaque', from: value.from, what: `is a parameter of ${scope.name}` };
}

function update(node: SyntaxNode, text: string, scope: Scope, wirings: Wiring[]): void {
  const target = node.firstChild;
  const value = node.lastChild;
  if (!target || !value || slice(node.getChild('UpdateOp') ?? node, text) !== '+=') return;
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
          value: () => pythonExpression(value, text),
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
          value: () => pythonExpression(value, text),
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

function callSite(node: SyntaxNode, text: string, scope: Scope): CallSite {
  return {
    from: node.from,
    scope,
    callee: () => pythonExpression(node.firstChild ?? node, text),
    call: () => pythonCall(node, text),
    bound: () => bound(node, text),
  };
}

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

function late(node: SyntaxNode, text: string, scope: Scope, wirings: Wiring[]): void {
  const callee = node.firstChild;
  if (callee?.name !== 'MemberExpression') return;
  const method = callee.lastChild;
  const how = method?.name === 'PropertyName' ? ADDERS[slice(method, text)] : undefined;
  if (!how || !callee.firstChild) return;
  const value = pythonCall(node, text).args[0];
  if (value) wirings.push({ target: pythonExpression(callee.firstChild, text), how, value, scope });
}

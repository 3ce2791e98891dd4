import type { SyntaxNode } from '@lezer/common';
import { late } from '../../finding/late.ts';
import type { Expr, Scope } from './expression.ts';
import { define } from './module-builder.ts';
import { pythonExpression } from './python-expression.ts';

const slice = (node: SyntaxNode, text: string): string => text.slice(node.from, node.to);

/** The parameters of a function, in its own scope. */
export function readParameters(list: SyntaxNode, text: string, scope: Scope): void {
  // A default stands behind `=`, a type in a node of its own: neither is a parameter.
  let expected = true;
  let count = 0;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (child.name === 'VariableName' && expected) {
      const own = slice(child, text);
      // What a method gets first, and what takes up the rest, is no argument of a call.
      const isArgument =
        !(count === 0 && /^(?:self|cls)$/.test(own)) && !/^\*/.test(child.prevSibling?.name ?? '');
      define(scope, own, {
        type: 'unknown',
        from: child.from,
        why: `is a parameter of ${scope.name}`,
        ...(isArgument ? { parameter: count++, ...defaultOf(child, text) } : {}),
      });
      expected = false;
    }
    if (child.name === ',') expected = true;
  }
}

/** `= value` behind a parameter and its type. */
function defaultOf(parameter: SyntaxNode, text: string): { otherwise?: () => Expr } {
  let child = parameter.nextSibling;
  if (child?.name === 'TypeDef') child = child.nextSibling;
  const value = child?.name === 'AssignOp' ? child.nextSibling : null;
  return value ? { otherwise: late(() => pythonExpression(value, text)) } : {};
}

/** What a function returns, in each of its places; functions inside it left out. */
export function returns(node: SyntaxNode, text: string): Expr[] {
  const found: Expr[] = [];
  let inner = 0;
  const functionFrom = node.from;
  node.cursor().iterate(
    (ref) => {
      if (ref.name === 'FunctionDefinition' && ref.from !== functionFrom) inner++;
      if (ref.name === 'LambdaExpression') return false;
      if (ref.name === 'ReturnStatement' && inner === 0) {
        const value = ref.node.firstChild?.nextSibling;
        if (value) found.push(valueFrom(value, text));
      }
      return inner === 0 || undefined;
    },
    (ref) => {
      if (ref.name === 'FunctionDefinition' && ref.from !== functionFrom) inner--;
    },
  );
  return found;
}

/** The value from a node to the end of its statement: `a`, and `a, b` as a list. */
export function valueFrom(first: SyntaxNode, text: string): Expr {
  const items: Expr[] = [];
  for (let child: SyntaxNode | null = first; child; child = child.nextSibling)
    if (child.name !== ',' && child.name !== 'Comment') items.push(pythonExpression(child, text));
  return items.length === 1 ? items[0]! : { type: 'list', from: first.from, items, spread: [] };
}

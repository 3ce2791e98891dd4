import type { Ast } from './cel.ts';

/** Nodes directly below one node of an expression, in the order they are written. */
export function below(ast: Ast): Ast[] {
  switch (ast.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [ast.args[0]];
    case 'call':
      return ast.args[1];
    case 'rcall':
      return [ast.args[1], ...ast.args[2]];
    case 'list':
      return ast.args;
    case 'map':
      return ast.args.flat();
    case '!_':
    case '-_':
      return [ast.args];
    case '?:':
      return [...ast.args];
    default:
      return [...(ast.args as [Ast, Ast])];
  }
}

/** Calls `visit` for every node of an expression, parents first; `inside` names the macros it stands in. */
export function walk(
  ast: Ast,
  visit: (node: Ast, inside: readonly string[]) => void,
  inside: readonly string[] = [],
): void {
  visit(ast, inside);
  if (ast.op === 'rcall' && MACROS.has(ast.args[0])) {
    walk(ast.args[1], visit, inside);
    for (const argument of ast.args[2].slice(1)) walk(argument, visit, [...inside, ast.args[0]]);
    return;
  }
  for (const child of below(ast)) walk(child, visit, inside);
}

/** Macros that bind a variable for each member of a list. */
export const MACROS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

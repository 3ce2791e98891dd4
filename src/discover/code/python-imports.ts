import type { SyntaxNode } from '@lezer/common';
import type { Scope } from './expression.ts';
import { define } from './module-builder.ts';

const slice = (node: SyntaxNode, text: string): string => text.slice(node.from, node.to);

/** `import a.b, c as d` and `from m import a, b as c`: what each name stands for. */
export function readImports(node: SyntaxNode, text: string, scope: Scope, stars: string[]): void {
  let child = node.firstChild;
  const isFrom = child?.name === 'from';
  let module = '';
  for (child = isFrom && child ? child.nextSibling : child; child; child = child.nextSibling) {
    if (child.name === 'import') break;
    module += slice(child, text);
  }
  while (child) {
    // One part, up to a comma or the end.
    let [first, dotted, alias] = ['', '', ''];
    let from = -1;
    let renamed = false;
    for (child = child.nextSibling; child && child.name !== ','; child = child.nextSibling) {
      if (child.name === '(' || child.name === ')' || child.name === 'Comment') continue;
      const word = slice(child, text);
      if (child.name === 'as') renamed = true;
      else if (renamed) alias ||= word;
      else dotted += word;
      if (from >= 0) continue;
      from = child.from;
      first = word;
    }
    if (!dotted) continue;
    if (isFrom && dotted === '*') stars.push(module);
    else if (isFrom) define(scope, alias || dotted, { type: 'import', from, module, name: dotted });
    else if (alias) define(scope, alias, { type: 'import', from, module: dotted, name: null });
    // `import a.b` gives the name `a`.
    else define(scope, first, { type: 'import', from, module: first, name: null });
  }
}

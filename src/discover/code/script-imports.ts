import type { SyntaxNode } from '@lezer/common';
import type { Scope } from './expression.ts';
import { define } from './module-builder.ts';

const slice = (node: SyntaxNode, text: string): string => text.slice(node.from, node.to);
const moduleOf = (node: SyntaxNode, text: string): string | null => {
  const name = node.getChild('String');
  return name ? slice(name, text).slice(1, -1) : null;
};

/** `import D, { A as B } from 'm'`, `import * as N from 'n'`. The name `*` stands for the module itself. */
export function readImport(node: SyntaxNode, text: string, scope: Scope): void {
  const module = moduleOf(node, text);
  if (module === null) return;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'VariableDefinition') {
      const whole = child.prevSibling?.name === 'as';
      const name = whole ? null : 'default';
      define(scope, slice(child, text), { type: 'import', from: child.from, module, name });
    }
  }
  for (const { from, name, as } of group(node.getChild('ImportGroup'), text)) {
    define(scope, as, { type: 'import', from, module, name });
  }
}

/** What a file gives to others: names of its own, names of other files, and all of another file. */
export function readExport(
  node: SyntaxNode,
  text: string,
  root: Scope,
  exports: Map<string, { module: string | null; name: string }>,
  stars: string[],
): void {
  const module = moduleOf(node, text);
  if (module !== null && node.getChild('Star') && !node.getChild('as')) stars.push(module);
  for (const { name, as } of group(node.getChild('ExportGroup'), text)) exports.set(as, { module, name });
  if (!node.getChild('default')) return;
  const value = node.lastChild?.name === ';' ? node.lastChild.prevSibling : node.lastChild;
  const named = value?.getChild('VariableDefinition') ?? (value?.name === 'VariableName' ? value : null);
  if (named) exports.set('default', { module: null, name: slice(named, text) });
  else if (value)
    define(root, 'default', { type: 'unknown', from: value.from, why: 'is exported without a name' });
}

function group(node: SyntaxNode | null, text: string): { from: number; name: string; as: string }[] {
  const found: { from: number; name: string; as: string }[] = [];
  if (!node) return found;
  let words: SyntaxNode[] = [];
  const flush = (): void => {
    const [first, last] = [words[0], words.at(-1)];
    if (first && last) found.push({ from: first.from, name: slice(first, text), as: slice(last, text) });
    words = [];
  };
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === ',') flush();
    else if (child.name === 'VariableName' || child.name === 'VariableDefinition') words.push(child);
  }
  flush();
  return found;
}

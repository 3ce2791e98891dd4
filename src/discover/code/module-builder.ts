import type { NodeSet, SyntaxNode, Tree, TreeCursor } from '@lezer/common';
import { addTo } from '../../finding/grouped.ts';
import type { Definition, Scope, ScopeKind } from './expression.ts';

/** Code nested deeper than this is left out: no one writes it, and every level costs time. */
export const MAX_DEPTH = 400;

/** Scopes of one file while it is walked from top to bottom. */
export class Builder {
  readonly root: Scope;
  #scope: Scope;

  constructor(length: number) {
    this.root = { kind: 'module', name: '', parent: null, names: new Map(), from: 0, to: length };
    this.#scope = this.root;
  }

  get scope(): Scope {
    return this.#scope;
  }

  enter(kind: ScopeKind, name: string, from: number, to: number): Scope {
    this.#scope = { kind, name, parent: this.#scope, names: new Map(), from, to };
    return this.#scope;
  }

  leave(): void {
    this.#scope = this.#scope.parent ?? this.#scope;
  }

  /** The class around the present place; null for none. */
  classScope(): Scope | null {
    for (let one: Scope | null = this.#scope; one; one = one.parent) if (one.kind === 'class') return one;
    return null;
  }
}

export function define(scope: Scope, name: string, definition: Definition): void {
  addTo(scope.names, name, definition);
}

/** The first child of a name; a search from child to child, since what is looked for stands near the front. */
export function childOf(node: SyntaxNode, name: string): SyntaxNode | null {
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name === name) return child;
  return null;
}

/**
 * Walks a tree from top to bottom. `enter` may move the cursor, and puts it back; where it gives false, nothing below is
 * looked at, and `leave` is not told.
 */
export function walk(tree: Tree, enter: (at: TreeCursor) => boolean, leave: (at: TreeCursor) => void): void {
  const at = tree.cursor();
  for (;;) {
    if (enter(at)) {
      if (at.firstChild()) continue;
      leave(at);
    }
    while (!at.nextSibling()) {
      if (!at.parent()) return;
      leave(at);
    }
  }
}

/** Whether what the cursor is on has a child of a name. */
export function hasChild(at: TreeCursor, name: string): boolean {
  if (!at.firstChild()) return false;
  let found = at.name === name;
  while (!found && at.nextSibling()) found = at.name === name;
  at.parent();
  return found;
}

/** Of every type of node the name where it is one of `names`, and null: most nodes say nothing, and that is told by a number. */
export const namesByType = ({ types }: NodeSet, names: readonly string[]): readonly (string | null)[] =>
  types.map(({ name }) => (names.includes(name) ? name : null));

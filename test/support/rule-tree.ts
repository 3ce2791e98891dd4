import { namesOf, variableOf } from '../../src/rules/names.ts';
import { VISITS, type Visit } from '../../src/rules/rule.ts';
import { VIEW_TYPES } from '../../src/rules/views.ts';
import { randomValue, type Scope } from './mutate-cel.ts';
import type { Random } from './random.ts';
import { type Spot, spots, type Tree } from './tree.ts';

const CONDITIONS: ReadonlySet<string> = new Set([
  'when',
  'from',
  'to',
  'via',
  'node',
  'about',
  'group_by',
  'each',
]);

/** Where a rule file holds an expression and nothing else. */
export const isExpression = ({ node, path }: Spot): boolean =>
  node.is === 'text' && CONDITIONS.has(path.at(-1) ?? '') && !['tests', 'fix'].includes(path[0] ?? '');

/** Where it holds text with expressions in it. */
export const isTemplate = ({ node, path }: Spot): boolean =>
  node.is === 'text' && (path[0] === 'message' || (path[0] === 'fix' && path[1] === 'edit'));

/** The names that an expression at this place may use. */
export function scopeAt(tree: Tree, { path }: Spot, controls: readonly string[]): Scope {
  const visit = spotOf(tree, 'for')?.node.text;
  const each = /system\.(\w+)/.exec(spotOf(tree, 'each')?.node.text ?? '')?.[1];
  const { fields } = VIEW_TYPES.get('System')!;
  // A mutated word may be the name of something that every object has.
  const member = each && Object.hasOwn(fields, each) ? fields[each]!.slice('list<'.length, -1) : null;
  if (path[0] === 'path') return { names: { node: 'Node' }, controls };
  if (path[0] === 'each') return { names: { system: 'System' }, controls };
  if (member) return { names: { [variableOf(member)]: member }, controls };
  if (visit === undefined) return { names: { path: 'Path' }, controls };
  const isWhole = !['group_by', 'about'].includes(path[0] ?? '') && spotOf(tree, 'group_by');
  if (isWhole) return { names: { group: 'Group' }, controls };
  const { system, ...names } = (VISITS as readonly string[]).includes(visit) ? namesOf(visit as Visit) : {};
  return { names: visit === 'system' ? { system: 'System' } : (names as Scope['names']), controls };
}

/** An expression that a template can show. */
export function printable(scope: Scope, random: Random): string {
  for (let tries = 0; tries < 20; tries++) {
    const { text: found, type } = randomValue(scope, random);
    if (/^(?:string|int|double|bool|list<string>)$/.test(type)) return found;
  }
  return '1';
}

/** What `each` may walk: the lists of the whole system, with their types. */
export const listsOfSystem = (): [field: string, type: string][] =>
  Object.entries(VIEW_TYPES.get('System')!.fields).filter(([, type]) => /^list<[A-Z]/.test(type));

/** A key at the top of a rule file. */
export const spotOf = (tree: Tree, key: string): Spot | undefined =>
  spots(tree).find(({ path }) => path.length === 1 && path[0] === key);

/** Writes a key of a map, whether it is there or not. */
export function set(tree: Tree, key: string, value: Tree): void {
  const pair = tree.pairs.find((each) => each.key === key);
  if (pair) pair.value = value;
  else tree.pairs.push({ key, value });
}

export function drop(tree: Tree, ...keys: string[]): void {
  tree.pairs = tree.pairs.filter(({ key }) => !keys.includes(key));
}

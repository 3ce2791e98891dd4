import { similar } from '../finding/similar.ts';
import { language } from '../model/language.ts';
import { type Ast, fieldsOf, typeOf } from './cel.ts';
import { ExpressionError } from './expression-error.ts';
import { definitionOf, TYPE_OF_KIND } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';
import { MACROS, walk } from './walk.ts';

/** Where lists over the whole system may be walked: everywhere else that would be quadratic. */
export type Scope = 'one' | 'whole';

/** What rule files may not contain, by its form alone. Throws an ExpressionError at the place. */
export function refuseForm(ast: Ast, scope: Scope): void {
  walk(ast, (node, inside) => {
    if (node.op === '[]' || node.op === '[?]')
      refuse(
        node,
        'Lists are not indexed here: their order is by id',
        'use `exists`, `all`, `filter` or `map`',
      );
    if (node.op === 'map') refuse(node, 'Map literals have no use here');
    if (node.op === 'call') refuseCall(node, node.args[0]);
    if (node.op !== 'rcall') return;
    const [method, receiver, args] = node.args;
    if (MACROS.has(method)) refuseArity(node, method, args);
    if (method === 'matches')
      refuse(
        node,
        '`matches` can take exponential time on text that a stranger wrote',
        'use `glob(text, "*.example")`, `contains` or `startsWith`',
      );
    if (isSystemList(receiver)) {
      if (scope === 'one')
        refuse(
          node,
          'A list of the whole system is walked for every subject: that is quadratic',
          'use an inverse reference such as `observed_by`, or `for: system`, or `each`',
        );
      if (inside.length > 0)
        refuse(node, 'Lists of the whole system cannot be nested', 'use an inverse reference');
    }
  });
}

/** The engine takes a macro without its variable for a method that somebody may declare later. */
function refuseArity(node: Ast, method: string, args: readonly Ast[]): void {
  const most = method === 'map' ? 3 : 2;
  if (args[0]?.op === 'id' && args.length >= 2 && args.length <= most) return;
  refuse(
    node,
    `\`${method}\` takes a name for each member and what to do with it`,
    `use \`${method}(each, …)\``,
  );
}

function refuseCall(node: Ast, name: string): void {
  if (name === 'has')
    refuse(
      node,
      '`has` does not check names: it would stay silent on a typo',
      'use `subject.declared("key")`',
    );
  if (name === 'dyn') refuse(node, '`dyn` switches the type check off');
}

/** `system.<list>`, whatever is done with it before the macro. */
const isSystemList = (ast: Ast): boolean => {
  let at = ast;
  while (at.op === 'rcall') at = at.args[1];
  return at.op === '.' && at.args[0].op === 'id' && at.args[0].args === 'system';
};

/** What rule files may not contain, once types are known. */
export function refuseMeaning(ast: Ast, vocabulary: Vocabulary): void {
  walk(ast, (node) => {
    if (node.op === '==' || node.op === '!=') {
      comparison(node.args[0], node.args[1]);
      comparison(node.args[1], node.args[0]);
    }
    if (node.op === 'in' && node.args[1].op === 'list')
      for (const item of node.args[1].args) comparison(node.args[0], item);
    if (node.op !== 'rcall') return;
    const [method, receiver, args] = node.args;
    if (method === 'enforces') knownControl(args[0], vocabulary);
    if (method === 'declared') knownKey(typeOf(receiver), args[0]);
  });
}

/** A text compared with a key whose words are fixed has to be one of them. */
function comparison(side: Ast, other: Ast): void {
  if (side.op !== '.' || other.op !== 'value' || typeof other.args !== 'string') return;
  const [owner, key] = side.args;
  const words = wordsOf(typeOf(owner), key);
  if (!words || words.includes(other.args) || other.args === '') return;
  const near = similar(other.args, words);
  refuse(
    other,
    `\`${key}\` is never \`${other.args}\`; it is one of ${words.join(', ')}`,
    near ? `did you mean \`${near}\`?` : undefined,
  );
}

const KINDS_SEEN = [...Object.keys(TYPE_OF_KIND), 'identity'];

function wordsOf(type: string, key: string): readonly string[] | undefined {
  if (key === 'type' && (type === 'Node' || type === 'Component')) return KINDS_SEEN;
  if (key === 'effect') return language.definitions['action']?.fields['effect']?.values;
  if (key === 'trust') return language.definitions['boundary']?.fields['trust']?.values;
  const definition = definitionOf(type);
  return definition ? language.definitions[definition]?.fields[key]?.values : undefined;
}

function knownControl(argument: Ast | undefined, vocabulary: Vocabulary): void {
  if (argument?.op !== 'value' || typeof argument.args !== 'string') {
    refuse(argument!, '`enforces` takes the name of a control in quotes, so that it can be checked here');
  }
  const name = argument!.args as string;
  if (vocabulary.has(name)) return;
  const near = similar(name, vocabulary.keys());
  refuse(
    argument!,
    `No vocabulary knows the control \`${name}\``,
    near ? `did you mean \`${near}\`?` : undefined,
  );
}

function knownKey(type: string, argument: Ast | undefined): void {
  if (argument?.op !== 'value' || typeof argument.args !== 'string') {
    refuse(argument!, '`declared` takes a key in quotes, so that it can be checked here');
  }
  const definition = definitionOf(type) ?? null;
  const known = definition
    ? Object.keys(language.definitions[definition]?.fields ?? {})
    : Object.keys(fieldsOf(type) ?? {});
  const name = argument!.args as string;
  if (known.includes(name)) return;
  const near = similar(name, known);
  refuse(argument!, `\`${type}\` has no key \`${name}\``, near ? `did you mean \`${near}\`?` : undefined);
}

function refuse(node: Ast, message: string, hint?: string): never {
  throw new ExpressionError(
    'refused',
    hint ? `${message}: ${hint}` : message,
    node.range.start,
    node.range.end,
  );
}

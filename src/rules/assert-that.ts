import type { Problem } from '../finding/finding.ts';
import type { AssertionForm } from '../model/assertions.ts';
import { idIn, type RuleHead, ruleOf } from './assert-forms.ts';
import { type Checked, check, fieldsOf } from './cel.ts';
import { ExpressionError } from './expression-error.ts';
import { Expressions } from './expressions.ts';
import type { Anchor, Rule } from './hit.ts';
import type { Names } from './names.ts';
import type { Expression, Vocabulary } from './vocabulary.ts';

const WHOLE: Names = { system: 'System' };

/** An expression over the whole system that has to be true; one that reads an undeclared fact may be neither. */
export function thatRule(
  head: RuleHead,
  { text }: AssertionForm & { is: 'that' },
  { origin, path }: Anchor,
  vocabulary: Vocabulary,
): { rule: Rule | null; problems: readonly Problem[] } {
  const expressions = new Expressions(origin, vocabulary);
  const checked = expressions.compile(text, path, WHOLE, ['bool'], 'whole');
  if (checked === null) return { rule: null, problems: expressions.problems };
  const others = exceptions(text, checked);
  const name = head.id.slice(head.id.indexOf('-') + 1);
  const rule = ruleOf(head, {
    layer: 'cross-layer',
    message: [`${name} does not hold`, ...(others === null ? [] : [': not so for ', others])],
    say: 'Change what the assertion is about, or the assertion',
    form: { is: 'visit', visit: 'system', when: (names) => checked.run(names) !== true },
  });
  return { rule, problems: [] };
}

/** `system.list.all(each, …)` from beginning to end: then what stands between is what has to be true of each. */
const ALL = /^\s*(system(?:\s*\.\s*\w+)+)\s*\.\s*all\s*\(\s*(\w+)\s*,([\s\S]*)\)\s*$/;

/** Ids of the members that break an assertion about all of a list; null for any other assertion. */
function exceptions(text: string, { ast }: Checked): Expression | null {
  const [, list, each, holds] = ALL.exec(text) ?? [];
  if (ast.op !== 'rcall' || ast.args[0] !== 'all' || list === undefined) return null;
  const breaking = checked(`${list}.filter(${each}, !(${holds}))`);
  const member = /^list<(\w+)>$/.exec(breaking?.type ?? '')?.[1];
  if (breaking === null || member === undefined || !Object.hasOwn(fieldsOf(member) ?? {}, 'id')) return null;
  return (names) => (breaking.run(names) as readonly unknown[]).map(idIn);
}

function checked(text: string): Checked | null {
  try {
    return check(text, WHOLE);
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

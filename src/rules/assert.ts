import { ASSERTED, type Problem } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import { similar } from '../finding/similar.ts';
import type { Assertion, AssertionForm, Written } from '../model/assertions.ts';
import type { System } from '../model/system.ts';
import type { YamlFile } from '../model/yaml.ts';
import { neverRule, onlyRule, type RuleHead } from './assert-forms.ts';
import { Places } from './assert-places.ts';
import { thatRule } from './assert-that.ts';
import type { Rule } from './hit.ts';
import { place } from './problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a system asserts, as rules that run like any other, or the places where assertions are wrong. */
export interface Stated {
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
}

/**
 * Turns assertions into rules for one system. Ids are looked up here, so that a rule knows which nodes are meant; a
 * name that leads nowhere, an id that is there twice and an expression that cannot be checked are problems at their
 * places. `advice` is for a name that nothing has, where the assertion may be meant for another system.
 */
export function statedRules(
  assertions: readonly Assertion[],
  system: System,
  vocabulary: Vocabulary,
  advice: (assertion: Assertion) => string | null = () => null,
): Stated {
  const problems: Problem[] = sameIds(assertions);
  const rules = assertions.flatMap((assertion) => {
    const stated = statedRule(assertion, system, vocabulary, advice(assertion));
    problems.push(...stated.problems);
    return stated.rules;
  });
  return problems.length > 0 ? { rules: [], problems } : { rules, problems };
}

/** One assertion as a rule for one system. */
export function statedRule(
  assertion: Assertion,
  system: System,
  vocabulary: Vocabulary,
  advice: string | null = null,
): Stated {
  const { forms, origin, path } = assertion;
  const [form] = forms;
  if (forms.length !== 1 || form === undefined) return { rules: [], problems: [formProblem(assertion)] };
  const places = new Places(system, origin, advice);
  const head = headOf(assertion);
  if (form.is === 'that') {
    const { rule, problems } = thatRule(head, form, { origin, path: [...path, 'that'] }, vocabulary);
    return { rules: rule === null ? [] : [rule], problems };
  }
  const rule = form.is === 'never' ? never(head, form, places, vocabulary) : only(head, form, places);
  return places.problems.length > 0
    ? { rules: [], problems: places.problems }
    : { rules: [rule], problems: [] };
}

function headOf({ id, description, severity, origin, path }: Assertion): RuleHead {
  return {
    id: `${ASSERTED}${mask(id)}`,
    title: `Own assertion ${mask(id)} does not hold`,
    severity,
    why: mask(description) || 'The team has written down that this has to hold in its system.',
    stated: { origin, path },
  };
}

function never(
  head: RuleHead,
  form: AssertionForm & { is: 'never' },
  places: Places,
  vocabulary: Vocabulary,
): Rule {
  const from = places.nodes(form.from, 'from');
  const to = new Set<string>();
  for (const name of form.to) {
    const meant = places.nodes([name], 'to');
    for (const id of meant) to.add(id);
    // What somebody holds to begin with is nothing that he reaches: this would hold whatever happens.
    if (meant.size > 0 && [...meant].every((id) => from.has(id)))
      places.note(
        name,
        'assertion-empty',
        `\`${name.id}\` is where the path would start too`,
        'Take it out of one of the two',
      );
  }
  const controls = form.unless.flatMap((name) => knownControl(name, vocabulary, places));
  return neverRule(head, { from, to, controls });
}

function only(head: RuleHead, form: AssertionForm & { is: 'only' }, places: Places): Rule {
  places.agent(form.agent);
  return onlyRule(head, {
    agent: form.agent.id,
    may: places.actions(form.may),
    names: form.may.map(({ id }) => id),
  });
}

function knownControl(name: Written, vocabulary: Vocabulary, places: Places) {
  const control = vocabulary.get(name.id);
  if (control) return [control];
  const near = similar(name.id, vocabulary.keys());
  places.note(
    name,
    'unknown-control',
    `No vocabulary knows the control \`${name.id}\``,
    near && `Did you mean \`${near}\`?`,
  );
  return [];
}

function formProblem({ forms, origin, path }: Assertion): Problem {
  const [, second] = forms;
  const message =
    second === undefined
      ? 'Nothing says what has to hold'
      : `\`${forms.map(({ is }) => is).join('` and `')}\` exclude each other`;
  const suggestion =
    'Write one of `never:` (a path), `only:` (what an agent may do), `that:` (an expression)';
  const keys = second === undefined ? [...path, 'id'] : [...path, second.is];
  return place(origin, keys, 'assertion-form', message, suggestion, second === undefined ? 'value' : 'key');
}

/** Findings, waivers and baselines go by ids: one means one assertion. */
function sameIds(assertions: readonly Assertion[]): Problem[] {
  const by = new Map<string, Assertion>();
  return assertions.flatMap((each): Problem[] => {
    const earlier = by.get(each.id);
    if (!earlier) by.set(each.id, each);
    return earlier ? [twice(each, earlier)] : [];
  });
}

function twice({ id, origin, path }: Assertion, earlier: Assertion): Problem {
  const at = (file: YamlFile, keys: readonly string[]) => {
    const { start, end } = file.find(keys, 'value');
    return file.source.place(start, end);
  };
  return {
    ...place(
      origin,
      [...path, 'id'],
      'duplicate-assertion',
      `Two assertions are called \`${id}\``,
      'Rename one of them',
    ),
    related: { message: 'the first one', ...at(earlier.origin, [...earlier.path, 'id']) },
  };
}

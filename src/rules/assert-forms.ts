import type { Layer } from '../finding/severity.ts';
import { type Node, STEP_KINDS } from './graph.ts';
import type { Rule } from './hit.ts';
import type { StopOf } from './rule.ts';
import type { View } from './view.ts';
import type { Control, Expression } from './vocabulary.ts';

/** What every assertion gives its rule. */
export type RuleHead = Pick<Rule, 'id' | 'title' | 'severity' | 'why'> & Required<Pick<Rule, 'stated'>>;

interface Body extends Pick<Rule, 'message' | 'form'> {
  readonly layer: Layer;
  /** What to do about it. */
  readonly say: string;
}

/** The rule of an assertion: it runs in every profile, on what people build with too, and answers no threat. */
export const ruleOf = (head: RuleHead, { layer, message, say, form }: Body): Rule => ({
  ...head,
  layer,
  confidence: 'high',
  profile: 'essential',
  plane: 'any',
  since: '',
  threats: [],
  supersedes: [],
  at: '',
  message,
  fix: { say, edit: {}, fills: [], on: 'subject' },
  form,
});

const nameOf = ({ id }: RuleHead): string => id.slice(id.indexOf('-') + 1);
const either = (names: readonly string[]): string => names.join(' or ');

/** No way from one of these nodes to one of those, unless one of the controls is in force on it. */
export function neverRule(
  head: RuleHead,
  {
    from,
    to,
    controls,
  }: { from: ReadonlySet<string>; to: ReadonlySet<string>; controls: readonly Control[] },
): Rule {
  const among =
    (ids: ReadonlySet<string>): Expression =>
    ({ node }) =>
      ids.has(idIn(node));
  const end =
    (which: 'from' | 'to'): Expression =>
    ({ path }) =>
      idIn((path as Record<string, unknown>)[which]);
  const names = controls.map(({ name }) => name);
  const without = names.length === 0 ? '' : ` with no ${either(names)} on the way`;
  return ruleOf(head, {
    layer: 'cross-layer',
    message: [end('from'), ' reaches ', end('to'), `${without}, which ${nameOf(head)} rules out`],
    say:
      names.length === 0
        ? 'Take out a step of the path'
        : `Put ${either(names)} on the way, or take out a step`,
    form: {
      is: 'path',
      from: among(from),
      via: null,
      to: among(to),
      stops: controls.flatMap(stopsOf),
      when: null,
    },
  });
}

/**
 * Where a control may stand on a path: on each component its vocabulary allows it on, and on each reference if it allows
 * that. One that closes certain steps alone, as approval does calls, says nothing of others that pass the same agent.
 */
function stopsOf({ name: control, for: kinds, closes }: Control): StopOf<Expression>[] {
  const stands = ({ component }: Node): boolean =>
    component !== null &&
    (kinds.includes(component.kind) || (component.tool !== null && kinds.includes('tool')));
  const node: Expression = ({ node: view }) => stands((view as View).it as Node);
  return [
    ...(closes === undefined ? [{ node, step: null, control }] : []),
    ...(kinds.includes('edge') ? [{ node: null, step: closes ?? STEP_KINDS, control }] : []),
  ];
}

/** An agent is granted these actions and no others. */
export function onlyRule(
  head: RuleHead,
  { agent, may, names }: { agent: string; may: ReadonlySet<string>; names: readonly string[] },
): Rule {
  const beyond: Expression = ({ grant }) =>
    ((grant as { actions: unknown }).actions as readonly unknown[]).map(idIn).filter((id) => !may.has(id));
  const allowed = names.length === 0 ? 'nothing' : `only ${names.join(', ')}`;
  return ruleOf(head, {
    layer: 'agent-frameworks',
    message: [`${agent} may call `, beyond, `, and ${nameOf(head)} allows it ${allowed}`],
    say: 'Take it out of the grant, or allow it in the assertion',
    form: {
      is: 'visit',
      visit: 'grant',
      when: (bound) => idIn(bound['agent']) === agent && (beyond(bound) as string[]).length > 0,
    },
  });
}

export const idIn = (view: unknown): string => (view as { id: string }).id;

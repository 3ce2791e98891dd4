import { textOf as text } from '../../model/system.ts';
import { isDataMap } from '../../model/yaml.ts';
import { type Holder, map } from './holders.ts';
import { change, type Draft, shown } from './mutant.ts';
import type { Operator } from './operator.ts';

/** One draft for each key of the map that stands under `section`. */
const eachKey = (holder: Holder, section: string): Draft[] =>
  Object.entries(map(holder.raw[section]))
    .filter(([key]) => !key.startsWith('x-'))
    .map(([key, value]) =>
      change(holder, [section, key], undefined, `${section}.${key}: ${shown(value)} removed`),
    );

export const LIMIT_REMOVED: Operator = {
  id: 'limit-removed',
  does: 'takes away one limit of a tool, an action or a grant: an amount, a number, a rate',
  make: ({ holders }) => holders.flatMap((holder) => eachKey(holder, 'limits')),
};

export const ALLOW_LIST_REMOVED: Operator = {
  id: 'allow-list-removed',
  does: 'takes away one list of what is allowed: domains, recipients, methods, paths, hosts, commands, scope',
  make: ({ holders }) => holders.flatMap((holder) => eachKey(holder, 'allow')),
};

export const APPROVAL_REMOVED: Operator = {
  id: 'approval-removed',
  does: 'takes away the approval of an action, a grant or another reference',
  make: ({ holders }) =>
    holders
      .filter((holder) => !['', 'none'].includes(approver(holder)))
      .map((holder) =>
        change(holder, ['approval'], undefined, `approval: ${shown(approver(holder))} removed`),
      ),
};

export const APPROVER_REPLACED: Operator = {
  id: 'approver-replaced',
  does: 'has another agent agree where a person had to',
  make: ({ holders }) =>
    holders
      .filter((holder) => approver(holder) === 'human')
      .map((holder) => change(holder, ['approval'], 'second-agent', 'approval: human became second-agent')),
};

/** Who has to agree; empty where nobody says. */
function approver({ raw }: Holder): string {
  const { approval } = raw;
  return isDataMap(approval)
    ? text(approval, 'by') || 'somebody'
    : typeof approval === 'string'
      ? approval
      : '';
}

export const GRANT_WIDENED: Operator = {
  id: 'grant-widened',
  does: 'grants all actions of a tool where only some were listed; what is said about those stays',
  make: ({ holders, system }) =>
    holders
      .filter(({ kind }) => kind === 'grant')
      .flatMap((holder) => {
        const { actions } = holder.raw;
        const tool = system.byId.get(holder.on[1]!);
        const all = (tool?.actions ?? []).map(({ id }) => id.slice(holder.on[1]!.length + 1));
        if (Array.isArray(actions) && !actions.includes('*'))
          return [change(holder, ['actions'], ['*'], `actions: ${shown(actions)} became all`)];
        if (!isDataMap(actions)) return [];
        const more = all.filter((name) => !Object.hasOwn(actions, name));
        if (more.length === 0 || Object.hasOwn(actions, '*')) return [];
        const value = { ...actions, ...Object.fromEntries(more.map((name) => [name, {}])) };
        return [change(holder, ['actions'], value, `actions: ${shown(more)} granted too`)];
      }),
};

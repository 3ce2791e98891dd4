import type { Placed } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import { type Component, type Edge, edgesOf, textOf } from '../model/system.ts';
import { type DataMap, isDataMap, type Path, type YamlFile } from '../model/yaml.ts';
import { authOf } from '../rules/data-flows.ts';
import { isWildcard } from '../rules/world.ts';
import { mapOf, shifts, steps } from './compare-strength.ts';
import type { Pair } from './compare-systems.ts';
import type { GrantChange } from './comparison.ts';

export interface Grants {
  readonly widened: GrantChange[];
  readonly narrowed: GrantChange[];
}

/** What agents may do that they could not do before, and the other way round, in id order of agent and tool. */
export function compareGrants(pair: Pair): Grants {
  const grants: Grants = { widened: [], narrowed: [] };
  const { base, head, naming } = pair;
  const before = new Map(agentsOf(base.components).map((agent) => [naming(agent.id), agent]));
  for (const agent of agentsOf(head.components)) {
    const earlier = before.get(agent.id);
    before.delete(agent.id);
    compareAgent(pair, earlier ?? null, agent, grants);
  }
  for (const [id, agent] of before) {
    for (const grant of edgesOf(agent, 'tools')) {
      const at = { origin: head.origin, path: ['agents'] };
      note(grants.narrowed, pair, id, naming(grant.to.id), ['the agent is gone'], at);
    }
  }
  return grants;
}

const agentsOf = (components: readonly Component[]): Component[] =>
  components.filter(({ kind }) => kind === 'agent');

function compareAgent(pair: Pair, before: Component | null, agent: Component, grants: Grants): void {
  const was = new Map(
    (before ? edgesOf(before, 'tools') : []).map((edge) => [pair.naming(edge.to.id), edge]),
  );
  if (before) {
    const more = steps('agent', 'autonomy', before.raw, agent.raw);
    const how = `autonomy ${textOf(before.raw, 'autonomy')} → ${textOf(agent.raw, 'autonomy')}`;
    if (more !== 0)
      note(more > 0 ? grants.widened : grants.narrowed, pair, agent.id, '', [how], agent, 'autonomy');
  }
  for (const grant of edgesOf(agent, 'tools')) {
    const tool = grant.to.id;
    const earlier = was.get(tool);
    was.delete(tool);
    if (!earlier) {
      note(grants.widened, pair, agent.id, tool, [`may use it: ${allowed(grant)}`], grant);
      continue;
    }
    const { wider, narrower } = compareGrant(earlier, grant);
    note(grants.widened, pair, agent.id, tool, wider, grant);
    note(grants.narrowed, pair, agent.id, tool, narrower, grant);
  }
  for (const [tool, grant] of was) {
    note(grants.narrowed, pair, agent.id, tool, [`may no longer use it: ${allowed(grant)}`], agent);
  }
}

interface Clauses {
  readonly wider: string[];
  readonly narrower: string[];
}

function compareGrant(before: Edge, after: Edge): Clauses {
  const clauses: Clauses = { wider: [], narrower: [] };
  const [was, is] = [actionsOf(before), actionsOf(after)];
  const [all, allNow] = [isWildcard(before), isWildcard(after)];
  const more = is.filter((action) => !was.includes(action));
  const less = was.filter((action) => !is.includes(action));
  if (!all && allNow) clauses.wider.push('may use every action, also those that come later');
  if (all && !allNow) clauses.narrower.push(`may use no more than ${is.join(', ')}`);
  if (more.length > 0) clauses.wider.push(`may also ${more.join(', ')}`);
  if (less.length > 0 && !(all && !allNow)) clauses.narrower.push(`may no longer ${less.join(', ')}`);
  protections(before, after, '', rulesOf(before, after), rulesOf(after, before), clauses);
  for (const action of is.filter((each) => was.includes(each))) {
    protections(before, after, action, ownOf(before, action, after), ownOf(after, action, before), clauses);
  }
  return clauses;
}

/** What an edge says of itself; an authentication of its own that is gone leaves that of its ends. */
export function rulesOf(edge: Edge, other: Edge): DataMap {
  const said = edge.raw['auth'] ?? other.raw['auth'];
  return said === undefined ? edge.raw : { ...edge.raw, auth: authOf(edge) };
}

/** What a grant says of one action. An approval of its own that is gone leaves that of the tool. */
function ownOf(grant: Edge, action: string, other: Edge): DataMap {
  const granted = grantedOf(grant, action);
  const declared = grant.to.actions.find(({ id }) => id === `${grant.to.id}.${action}`)?.raw ?? {};
  const of = (each: Edge) => grantedOf(each, action)['approval'] ?? each.raw['approval'] ?? null;
  const said = of(grant) ?? of(other);
  return { ...granted, approval: said === null ? null : (of(grant) ?? declared['approval'] ?? null) };
}

const grantedOf = ({ raw }: Edge, action: string): DataMap => mapOf(mapOf(raw['actions'])[action]);

function protections(
  before: Edge,
  after: Edge,
  action: string,
  was: DataMap,
  is: DataMap,
  { wider, narrower }: Clauses,
): void {
  // For one action, approval counts as a whole; for the grant as such, only where no action says more.
  const perAction = action !== '';
  for (const shift of shifts(was, is)) {
    if (
      !perAction &&
      shift.what === 'approval' &&
      actionsOf(after).some((each) => actionsOf(before).includes(each))
    )
      continue;
    (shift.is === 'weaker' ? wider : narrower).push(perAction ? `${action}: ${shift.how}` : shift.how);
  }
}

/** Names of the actions that a grant allows. */
function actionsOf({ raw, to }: Edge): string[] {
  const written = raw['actions'] ?? null;
  const names = Array.isArray(written) ? written.map(String) : isDataMap(written) ? Object.keys(written) : [];
  const every = names.length === 0 || names.includes('*');
  return every ? to.actions.map(({ id }) => id.slice(to.id.length + 1)) : names.sort();
}

const allowed = (grant: Edge): string => (isWildcard(grant) ? 'every action' : actionsOf(grant).join(', '));

function note(
  list: GrantChange[],
  { head }: Pair,
  agent: string,
  tool: string,
  how: readonly string[],
  at: { readonly origin: YamlFile; readonly path: Path },
  key?: string,
): void {
  if (how.length === 0) return;
  const path = key === undefined ? at.path : [...at.path, key];
  list.push({
    system: mask(head.name),
    agent: mask(agent),
    tool: mask(tool),
    how: how.map(mask),
    at: placeOf(at.origin, path),
  });
}

/** Where something is written, with its lines. */
export function placeOf(origin: YamlFile, path: Path): Placed {
  const { start, end } = origin.find(path);
  return origin.source.place(start, Math.max(end, start + 1));
}

import { byCodeUnit, type Component, type Edge, edgesOf, type System, textOf } from '../model/system.ts';
import { isDataMap } from '../model/yaml.ts';
import type { Judgement } from './undeclared.ts';

/** What the walk has to ask about the system. */
export interface Hops {
  /** Whether the user goes along when one agent hands a task to another. */
  readonly passes: (delegation: Edge) => boolean;
  /** Whether an agent does something with an account of its own: it is where the user is missed first. */
  readonly acts: (agent: Component) => boolean;
}

/** How tasks of a user get to an agent without him, by agent. */
export interface LostUsers {
  /** The shortest way over at least one agent in between, as `first over second, third`. */
  readonly ways: ReadonlyMap<Component, string>;
  /** Where nobody declared as whom the first one acts. */
  readonly doubts: ReadonlyMap<Component, Judgement>;
}

/**
 * Where tasks of a user end after several hops, on one of which he is lost. An agent that acts as a user has him, and so
 * has whom he is passed on to; behind the first hop that does not pass him on he is lost, up to the first agent that acts
 * with an account of its own. One walk over agents and delegations, in the order of ids.
 */
export function lostUsers(system: System, hops: Hops): LostUsers {
  const agents = system.components.filter(({ kind }) => kind === 'agent').sort(byId);
  const by = (credential: string) => agents.filter((each) => credentialOf(each) === credential);
  const ways = waysFrom(by(AS_USER), hops);
  const doubts = new Map<Component, Judgement>();
  for (const [agent, { first }] of waysFrom(by(''), hops)) {
    if (!ways.has(agent)) doubts.set(agent, { is: 'unknown', facts: [`${first.id}.identity.credential`] });
  }
  return { ways: new Map([...ways].map(([agent, way]) => [agent, said(way)])), doubts };
}

const AS_USER = 'user-delegated';
const byId = (a: Component, b: Component): number => byCodeUnit(a.id, b.id);

const credentialOf = ({ raw }: Component): string =>
  isDataMap(raw['identity'] ?? null) ? textOf(raw['identity'] as never, 'credential') : '';

/** The agents that a task passed before it gets somewhere. */
interface Way {
  readonly first: Component;
  /** Those behind the first, as many as are named. */
  readonly others: readonly Component[];
  readonly count: number;
}

/** Ways over at least one agent in between, by the agent that they end at. */
function waysFrom(starts: readonly Component[], { passes, acts }: Hops): Map<Component, Way> {
  // What a way has become when it goes on from an agent.
  const having = new Map<Component, Way>(starts.map((first) => [first, { first, others: [], count: 0 }]));
  const lost = new Map<Component, Way>();
  const next = (agent: Component): Edge[] =>
    edgesOf(agent, 'delegates_to')
      .filter(({ to }) => to.kind === 'agent' && credentialOf(to) !== AS_USER)
      .sort((a, b) => byId(a.to, b.to));
  // A map hands out what is added while it is walked.
  for (const [agent, way] of having) {
    for (const edge of next(agent)) {
      if (!passes(edge)) lose(lost, edge.to, way);
      else if (!having.has(edge.to)) having.set(edge.to, longer(way, edge.to));
    }
  }
  for (const [agent, way] of lost) {
    if (acts(agent)) continue;
    for (const edge of next(agent)) if (!passes(edge)) lose(lost, edge.to, longer(way, agent));
  }
  return new Map([...lost].filter(([, { count }]) => count > 0));
}

function lose(lost: Map<Component, Way>, agent: Component, way: Way): void {
  if (!lost.has(agent)) lost.set(agent, way);
}

const longer = ({ first, others, count }: Way, agent: Component): Way => ({
  first,
  others: count < MOST ? [...others, agent] : others,
  count: count + 1,
});

/** So many agents in between are named. */
const MOST = 5;

function said({ first, others, count }: Way): string {
  const more = count > others.length ? ` and ${count - others.length} more` : '';
  return `${first.id} over ${others.map(({ id }) => id).join(', ')}${more}`;
}

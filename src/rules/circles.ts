import { byCodeUnit, type Component, edgesOf, type System } from '../model/system.ts';

/** What is known of an agent while the walk goes on. */
interface Mark {
  /** When it was met, counted from 0. */
  readonly met: number;
  /** The earliest one still open that it reaches. */
  low: number;
  open: boolean;
}

/**
 * The circles in which agents hand tasks on: agents that all reach one another by `delegates_to`, or one that hands
 * tasks to itself, each with the id of the first of its circle. A circle within a circle is one with it. Agents that
 * `ends` is true of hand nothing on without end, and are passed over.
 * One walk over agents and delegations (Tarjan's strongly connected components), without recursion.
 */
export function circlesOf(system: System, ends: (agent: Component) => boolean): Map<Component, string> {
  const marks = new Map<Component, Mark>();
  const found = new Map<Component, string>();
  const open: Component[] = [];
  const agents = new Set(system.components.filter((each) => each.kind === 'agent' && !ends(each)));
  const next = (agent: Component) =>
    edgesOf(agent, 'delegates_to').flatMap(({ to }) => (agents.has(to) ? [to] : []));
  const enter = (agent: Component): Visit => {
    marks.set(agent, { met: marks.size, low: marks.size, open: true });
    open.push(agent);
    return { agent, rest: next(agent) };
  };
  for (const start of agents) {
    if (marks.has(start)) continue;
    const visits = [enter(start)];
    while (visits.length > 0) {
      const { agent, rest } = visits.at(-1)!;
      const mark = marks.get(agent)!;
      const to = rest.pop();
      if (to !== undefined) {
        const other = marks.get(to);
        if (!other) visits.push(enter(to));
        else if (other.open) mark.low = Math.min(mark.low, other.met);
        continue;
      }
      visits.pop();
      const caller = visits.at(-1);
      if (caller) {
        const above = marks.get(caller.agent)!;
        above.low = Math.min(above.low, mark.low);
      }
      if (mark.low < mark.met) continue;
      const circle = open.splice(open.lastIndexOf(agent));
      for (const each of circle) marks.get(each)!.open = false;
      if (circle.length === 1 && !next(agent).includes(agent)) continue;
      const first = circle.map(({ id }) => id).sort(byCodeUnit)[0]!;
      for (const each of circle) found.set(each, first);
    }
  }
  return found;
}

interface Visit {
  readonly agent: Component;
  readonly rest: Component[];
}

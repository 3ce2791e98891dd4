import type { Problem } from '../finding/finding.ts';
import { type Component, type Edge, edgesOf } from './system.ts';

/** How many hosts or zones may stand inside each other. Three are usual; the walks over them call themselves. */
const LONGEST = 100;

/** The place where hosts or zones stand inside each other without end, if there is one. */
export function endlessChain(components: readonly Component[]): Problem[] {
  const depths = new Map<Component, number>();
  for (const component of components) {
    const edge = walk(component, depths);
    if (edge) return [problem(edge)];
  }
  return [];
}

/** Depth first, without calling itself. Gives the edge at which the chain is too long; circles end by themselves. */
function walk(start: Component, depths: Map<Component, number>): Edge | null {
  const open: { component: Component; edges: readonly Edge[]; next: number }[] = [];
  const enter = (component: Component) => {
    depths.set(component, 0);
    open.push({ component, edges: outwards(component), next: 0 });
  };
  if (!depths.has(start)) enter(start);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const edge = top.edges[top.next++];
    if (!edge) {
      const depth = top.edges.reduce((deepest, { to }) => Math.max(deepest, 1 + depths.get(to)!), 0);
      depths.set(top.component, depth);
      open.pop();
    } else if (!depths.has(edge.to)) enter(edge.to);
    if (edge && open.length + depths.get(edge.to)! > LONGEST) return edge;
  }
  return null;
}

const outwards = (component: Component): Edge[] => [
  ...edgesOf(component, 'runs_on'),
  ...edgesOf(component, 'within'),
];

function problem({ from, key, origin, path }: Edge): Problem {
  const { start, end } = origin.find(path, 'value');
  return {
    code: 'endless-chain',
    message: `More than ${LONGEST} stand inside each other here: \`${key}\` of \`${from.id}\` leads on and on`,
    file: origin.source.file,
    ...origin.source.place(start, end),
    suggestion: 'Leave out what lies between: rules look at the host and the zone in the end',
  };
}

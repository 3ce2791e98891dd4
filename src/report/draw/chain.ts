import type { Finding } from '../../finding/finding.ts';
import type { Drawing, Edge } from './drawing.ts';

/** An action is drawn as part of its tool. */
export const componentOf = (id: string): string => id.split('.', 1)[0]!;

/** The steps of an attack path, numbered from 1: at the components they arrive at and on the edges they take. */
export function withPath(drawing: Drawing, { severity, rule, steps = [] }: Finding): Drawing {
  const numbers = new Map<string, number[]>(drawing.nodes.map(({ id }) => [id, []]));
  let edges = drawing.edges;
  let last: string | null = null;
  steps.forEach(({ node }, i) => {
    const id = componentOf(node);
    const at = numbers.get(id);
    // What several agents sign in as is no component: the path goes from one of them to the next.
    if (!at) return;
    at.push(i + 1);
    if (last !== null && last !== id) edges = taken({ ...drawing, edges }, last, id, i + 1);
    last = id;
  });
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => ({ ...node, steps: numbers.get(node.id)! })),
    edges,
    path: { severity, rule, steps: steps.map(({ text }) => text) },
  };
}

/** The edges with this number on those that lead from one component to the other; where none does, with one more. */
function taken(drawing: Drawing, from: string, to: string, number: number): readonly Edge[] {
  const { edges } = drawing;
  const hops = wayBetween(drawing, from, to);
  if (hops.length === 0) {
    const more = { from, to, heads: 'to', isFlow: false, says: [], auth: [], marks: [] } as const;
    return [...edges, { ...more, steps: [number] }];
  }
  return edges.map((edge) => {
    const hop = hops.find((each) => each.edge === edge);
    return hop ? { ...pointing(edge, hop.from), steps: [...edge.steps, number] } : edge;
  });
}

interface Hop {
  readonly edge: Edge;
  readonly from: string;
}

/** One edge, or two where an agent gets at what one of its tools reads. */
function wayBetween({ nodes, edges }: Drawing, from: string, to: string): Hop[] {
  const joining = (a: string, b: string) =>
    edges.filter((edge) => (edge.from === a && edge.to === b) || (edge.from === b && edge.to === a));
  const [direct] = joining(from, to).sort((a, b) => Number(b.isFlow) - Number(a.isFlow));
  if (direct) return [{ edge: direct, from }];
  for (const { id, kind } of nodes) {
    if (kind !== 'tool') continue;
    const first = joining(from, id).find(({ isFlow }) => isFlow);
    const second = joining(id, to).find(({ isFlow }) => isFlow);
    if (first && second)
      return [
        { edge: first, from },
        { edge: second, from: id },
      ];
  }
  return [];
}

/** The edge with a head at the other end than `from`. */
function pointing(edge: Edge, from: string): Edge {
  if (edge.heads === 'none')
    return { ...edge, from, to: edge.from === from ? edge.to : edge.from, heads: 'to' };
  return edge.from === from ? edge : { ...edge, heads: 'both' };
}

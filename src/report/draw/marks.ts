import type { Finding } from '../../finding/finding.ts';
import { rankOf } from '../../finding/severity.ts';
import { byCodeUnit } from '../../model/system.ts';
import { componentOf, withPath } from './chain.ts';
import type { Drawing, Mark } from './drawing.ts';

/**
 * The same drawing with what is open: a mark at everything a finding is about, and the worst attack path. Rules about
 * groups mark each member; what two components have in common is not what passes between them.
 */
export function marked(
  drawing: Drawing,
  findings: readonly Finding[],
  aboutGroups: ReadonlySet<string>,
): Drawing {
  const worst = [...findings].sort(byWeight);
  const marks = placed(drawing, worst, aboutGroups);
  const path = worst.find(({ steps = [] }) => steps.length > 0);
  const drawn: Drawing = {
    ...drawing,
    nodes: drawing.nodes.map((node) => ({ ...node, marks: marks.at.get(node.id) ?? [] })),
    edges: drawing.edges.map((edge) => ({
      ...edge,
      marks: (edge.isFlow && marks.at.get(keyOf(edge.from, edge.to))) || [],
    })),
    notes: [...drawing.notes, ...marks.notes],
  };
  return path ? withPath(drawn, path) : drawn;
}

/** Worst first, then by what they are and what they are about: where it is written changes no picture. */
const byWeight = (a: Finding, b: Finding): number =>
  rankOf(a.severity) - rankOf(b.severity) ||
  byCodeUnit(a.rule, b.rule) ||
  byCodeUnit(a.subject.join(' '), b.subject.join(' '));

/** Both ends of an edge as one key, whichever way it points. No id holds a blank. */
const keyOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

interface Placed {
  readonly at: Map<string, Mark[]>;
  readonly notes: string[];
}

function placed(
  { nodes, edges }: Drawing,
  findings: readonly Finding[],
  aboutGroups: ReadonlySet<string>,
): Placed {
  const isNode = new Set(nodes.map(({ id }) => id));
  const isEdge = new Set(edges.filter(({ isFlow }) => isFlow).map(({ from, to }) => keyOf(from, to)));
  const at = new Map<string, Mark[]>();
  const notes: string[] = [];
  for (const { severity, rule, subject } of findings) {
    const ids = [...new Set(subject.map(componentOf))];
    const key = ids.length === 2 && !aboutGroups.has(rule) ? keyOf(ids[0]!, ids[1]!) : '';
    const places = isEdge.has(key) ? [key] : ids.filter((id) => isNode.has(id));
    if (places.length === 0) notes.push(`${severity}: ${rule}, of the whole system`);
    for (const place of places) {
      const marks = at.get(place) ?? [];
      if (!marks.some((mark) => mark.rule === rule)) at.set(place, [...marks, { severity, rule }]);
    }
  }
  return { at, notes: [...new Set(notes)] };
}

import { addTo } from '../../finding/grouped.ts';
import { rankOf } from '../../finding/severity.ts';
import { byCodeUnit } from '../../model/system.ts';
import type { Edge, Mark } from './drawing.ts';

/** One edge for all between the same two components, those that move data apart from the others. In id order. */
export function merged(edges: readonly Edge[]): Edge[] {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.isFlow, ...[edge.from, edge.to].sort(byCodeUnit)]);
    addTo(groups, key, edge);
  }
  return [...groups.values()].map(together).sort(inOrder);
}

const inOrder = (a: Edge, b: Edge): number =>
  byCodeUnit(a.from, b.from) || byCodeUnit(a.to, b.to) || Number(b.isFlow) - Number(a.isFlow);

/** Who asks stays in front where data goes both ways: layouts put that end first. */
function together(edges: readonly Edge[]): Edge {
  const first = [...edges].sort(
    (a, b) => Number(b.heads === 'both') - Number(a.heads === 'both') || byCodeUnit(a.from, b.from),
  )[0]!;
  const isBack = edges.some(({ from, heads }) => from !== first.from && heads === 'to');
  const isThere = edges.some(({ from, heads }) => from === first.from && heads === 'to');
  const heads = isBack ? 'both' : isThere && first.heads === 'none' ? 'to' : first.heads;
  return {
    ...first,
    heads,
    says: unique(edges.flatMap(({ says }) => says)),
    auth: unique(edges.flatMap(({ auth }) => auth)),
    marks: mergedMarks(edges.flatMap(({ marks }) => marks)),
    steps: mergedSteps(edges.flatMap(({ steps }) => steps)),
  };
}

/** Each once, worst first. */
export const mergedMarks = (marks: readonly Mark[]): Mark[] =>
  [...new Map(marks.map((mark) => [`${mark.severity} ${mark.rule}`, mark])).values()].sort(
    (a, b) => rankOf(a.severity) - rankOf(b.severity) || byCodeUnit(a.rule, b.rule),
  );

export const mergedSteps = (steps: readonly number[]): number[] => [...new Set(steps)].sort((a, b) => a - b);

const unique = (texts: readonly string[]): string[] =>
  [...new Set(texts)].filter((text) => text !== '').sort(byCodeUnit);

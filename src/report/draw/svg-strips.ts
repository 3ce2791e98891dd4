import { byCodeUnit } from '../../model/system.ts';
import { TRUST } from '../../model/zones.ts';
import type { Drawing, Edge, Node, Zone } from './drawing.ts';
import type { Column } from './svg-boxes.ts';

/** A row of the picture: what is in one zone and in none within it, as stacks by column. */
export interface Strip {
  /** null for what no zone is declared for. */
  readonly zone: Zone | null;
  /** Zones around it, the outermost first, itself included. */
  readonly around: readonly Zone[];
  readonly stacks: readonly (readonly Node[])[];
}

/** Least trusted zones first, those within others right below them; what is in no zone comes last. */
export function stripsOf({ zones, nodes, edges }: Drawing, columns: readonly Column[]): Strip[] {
  const strips: Strip[] = [];
  const add = (zone: Zone | null, around: readonly Zone[]): void => {
    const id = zone?.id ?? null;
    const inside = zones.filter(({ within }) => within === id).sort(byTrust);
    const own = nodes.filter((node) => node.zone === id);
    const strip = {
      zone,
      around,
      stacks: columns.map(({ kinds }) => own.filter(({ kind }) => kinds.includes(kind))),
    };
    if (zone !== null && (own.length > 0 || inside.length === 0)) strips.push(strip);
    for (const each of inside) add(each, [...around, each]);
    if (zone === null && own.length > 0) strips.push(strip);
  };
  add(null, []);
  return untangled(strips, edges);
}

const byTrust = (a: Zone, b: Zone): number => level(a) - level(b) || byCodeUnit(a.id, b.id);
const level = ({ trust }: Zone): number => {
  const at = (TRUST as readonly string[]).indexOf(trust);
  return at < 0 ? TRUST.length : at;
};

const ROUNDS = 4;

/** The same strips with each stack in the order of what its boxes are joined to, so that fewer lines cross. */
function untangled(strips: readonly Strip[], edges: readonly Edge[]): Strip[] {
  let ordered = [...strips];
  for (let round = 0; round < ROUNDS; round++) {
    const heights = new Map<string, number>();
    ordered.forEach(({ stacks }, i) => {
      for (const stack of stacks)
        stack.forEach(({ id }, place) => {
          heights.set(id, i + (place + 0.5) / stack.length);
        });
    });
    const pull = pulls(edges, heights);
    ordered = ordered.map((strip) => ({
      ...strip,
      stacks: strip.stacks.map((stack) => [...stack].sort((a, b) => pull(a.id) - pull(b.id))),
    }));
  }
  return ordered;
}

/** For a component the middle of the heights of all it is joined to; its own height without any. */
function pulls(edges: readonly Edge[], heights: ReadonlyMap<string, number>): (id: string) => number {
  const sums = new Map<string, { sum: number; count: number }>();
  const add = (id: string, other: string) => {
    const known = sums.get(id) ?? { sum: 0, count: 0 };
    sums.set(id, { sum: known.sum + heights.get(other)!, count: known.count + 1 });
  };
  for (const { from, to } of edges) {
    if (from === to) continue;
    add(from, to);
    add(to, from);
  }
  return (id) => {
    const known = sums.get(id);
    return known ? known.sum / known.count : heights.get(id)!;
  };
}

import { grouped } from '../../finding/grouped.ts';
import type { Placed, Side, Wire } from './svg-wires.ts';

/**
 * How a line gets from one box to another without touching a third: along lanes. Gutters run down between columns
 * (gutter 0 is left of column 0), one channel runs across at the top of each strip.
 */
export type Route =
  /** Down or up one gutter, straight across from there. */
  | { readonly is: 'gutter'; readonly wire: Wire; readonly gutter: number }
  /** Two gutters, and the channel of a strip between them. */
  | {
      readonly is: 'channel';
      readonly wire: Wire;
      readonly first: number;
      readonly second: number;
      readonly strip: number;
    };

/** Around a box, no line passes nearer than this. */
const ROOM = 6;

export function routesOf(wires: readonly Wire[], placed: readonly Placed[]): Route[] {
  const inStrip = grouped(placed, (each) => each.strip);
  return wires.map((wire) => route(wire, inStrip));
}

function route(wire: Wire, inStrip: ReadonlyMap<number, readonly Placed[]>): Route {
  const { start, end } = wire;
  const first = gutterAt(start.at.box.column, start.side);
  const second = gutterAt(end.at.box.column, end.side);
  if (first === second) return { is: 'gutter', wire, gutter: first };
  const between = [Math.min(first, second), Math.max(first, second) - 1] as const;
  const isFree = ({ at, down }: Wire['start']) =>
    !inStrip
      .get(at.strip)!
      .some(
        ({ box, top }) =>
          box.column >= between[0] &&
          box.column <= between[1] &&
          at.top + down > top - ROOM &&
          at.top + down < top + box.height + ROOM,
      );
  if (isFree(start)) return { is: 'gutter', wire, gutter: second };
  if (isFree(end)) return { is: 'gutter', wire, gutter: first };
  // The channel of the lower of two strips lies between them.
  return { is: 'channel', wire, first, second, strip: Math.max(start.at.strip, end.at.strip) };
}

const gutterAt = (column: number, side: Side): number => (side === 1 ? column + 1 : column);

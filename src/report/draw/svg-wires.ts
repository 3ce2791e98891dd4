import { type Box, GRID, PORT_STEP, type Row } from './svg-boxes.ts';
import type { Strip } from './svg-strips.ts';

/** A box in its strip: `top` counts from the upper edge of what the strip holds. */
export interface Placed {
  readonly box: Box;
  readonly strip: number;
  readonly top: number;
}

/** -1 is the left side of a box, 1 the right one. */
export type Side = -1 | 1;

/** One end of a line: at which side of which box, and how far below the top of the box. */
export interface End {
  readonly at: Placed;
  readonly side: Side;
  readonly down: number;
}

/** The line of a row, from the box that tells about it to the other one. */
export interface Wire {
  readonly row: Row;
  readonly start: End;
  readonly end: End;
}

/** Between two boxes of a stack: heights stay on the grid, on which lines to the left never meet those to the right. */
const BETWEEN = 4 * GRID;

export function placedIn(strips: readonly Strip[], boxes: ReadonlyMap<string, Box>): Placed[] {
  return strips.flatMap(({ stacks }, strip) =>
    stacks.flatMap((stack) => {
      let top = 0;
      return stack.map(({ id }): Placed => {
        const box = boxes.get(id)!;
        const placed = { box, strip, top };
        top += box.height + BETWEEN;
        return placed;
      });
    }),
  );
}

/** Every line with the ports it takes. Lines that leave to the left end on other heights than those to the right. */
export function wiresOf(placed: readonly Placed[]): Wire[] {
  const byId = new Map(placed.map((each) => [each.box.node.id, each]));
  const wires = placed.flatMap((at) =>
    at.box.rows
      .filter((row) => row.other !== at.box.node.id)
      .map((row): Wire => {
        const other = byId.get(row.other)!;
        const side = other.box.column < at.box.column ? -1 : 1;
        const facing = other.box.column === at.box.column ? 1 : side === 1 ? -1 : 1;
        return {
          row,
          start: { at, side, down: onGrid(row.middle, side) },
          end: { at: other, side: facing, down: 0 },
        };
      }),
  );
  return withPorts(wires);
}

const onGrid = (y: number, side: Side): number => Math.round(y / GRID) * GRID + (side === -1 ? GRID / 2 : 0);

/** Gives each line that ends at a box a place of its own in the head of the box, in the order of where they come from. */
function withPorts(wires: readonly Wire[]): Wire[] {
  const groups = new Map<string, Wire[]>();
  for (const wire of wires) {
    const key = `${wire.end.side} ${wire.end.at.box.node.id}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(wire);
  }
  const ports = new Map<Wire, number>();
  for (const group of groups.values()) {
    const { head } = group[0]!.end.at.box;
    const first = (head - (group.length - 1) * PORT_STEP) / 2;
    group.sort((a, b) => height(a.start) - height(b.start));
    group.forEach((wire, i) => {
      ports.set(wire, onGrid(first + i * PORT_STEP, wire.end.side));
    });
  }
  return wires.map((wire) => ({ ...wire, end: { ...wire.end, down: ports.get(wire)! } }));
}

/** A number that is larger for what stands lower in the picture. */
const height = ({ at, down }: End): number => at.strip * 1e6 + at.top + down;

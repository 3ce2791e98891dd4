import type { Edge } from './drawing.ts';
import type { Route } from './svg-route.ts';
import type { Lanes, Use } from './svg-tracks.ts';
import type { End, Side } from './svg-wires.ts';

export type Point = readonly [x: number, y: number];

/** A line from the box whose row tells about the edge to the box at the other end. */
export interface Drawn {
  readonly edge: Edge;
  readonly teller: string;
  readonly points: readonly Point[];
}

/** Between two lines in one lane. */
export const TRACK = 7;

/** What a route takes of the channel of a strip; null when it takes none. Along a channel, gutters count. */
export function acrossOf(route: Route): Use | null {
  if (route.is === 'gutter') return null;
  const { wire, first, second, strip } = route;
  const exit = (gutter: number, { at }: End) => ({ at: gutter, side: at.strip < strip ? -1 : 1 }) as const;
  return {
    lane: strip,
    piece: {
      low: Math.min(first, second),
      high: Math.max(first, second),
      exits: [exit(first, wire.start), exit(second, wire.end)],
    },
  };
}

/** What a route takes of gutters, in the order in which the line comes through them. */
export function downOf(route: Route, yOf: (end: End) => number, channelY: number): Use[] {
  const { start, end } = route.wire;
  const [from, to] = [yOf(start), yOf(end)];
  // A line leaves a gutter where it came in only between two boxes of one column.
  const [back, on] = [-start.side as Side, start.side];
  const isTurn = start.side === end.side;
  if (route.is === 'gutter') return [use(route.gutter, [from, back], [to, isTurn ? back : on])];
  return [use(route.first, [from, back], [channelY, on]), use(route.second, [channelY, back], [to, on])];
}

type Exit = readonly [at: number, side: Side];

const use = (lane: number, one: Exit, other: Exit): Use => ({
  lane,
  piece: {
    low: Math.min(one[0], other[0]),
    high: Math.max(one[0], other[0]),
    exits: [
      { at: one[0], side: one[1] },
      { at: other[0], side: other[1] },
    ],
  },
});

/** The corners of a line. `gutters` gives where each gutter has its first track. */
export function pointsOf(
  route: Route,
  uses: readonly Use[],
  lanes: Lanes,
  gutters: readonly number[],
  place: (end: End) => Point,
  channelY: number,
): Point[] {
  const [x1, y1] = place(route.wire.start);
  const [x2, y2] = place(route.wire.end);
  const [first, second] = uses.map(({ lane, piece }) => gutters[lane]! + lanes.trackOf.get(piece)! * TRACK);
  const corners: Point[] =
    second === undefined
      ? [
          [first!, y1],
          [first!, y2],
        ]
      : [
          [first!, y1],
          [first!, channelY],
          [second, channelY],
          [second, y2],
        ];
  return [[x1, y1], ...corners, [x2, y2]];
}

import type { Drawing, Zone } from './drawing.ts';
import { type Box, boxesOf, type Column, columnsOf, snapped } from './svg-boxes.ts';
import { acrossOf, type Drawn, downOf, type Point, pointsOf, TRACK } from './svg-lines.ts';
import { routesOf } from './svg-route.ts';
import { type Strip, stripsOf } from './svg-strips.ts';
import { lanesOf } from './svg-tracks.ts';
import { type End, type Placed, placedIn, wiresOf } from './svg-wires.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything of the picture is, in pixels from its left upper corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly (Column & { readonly x: number; readonly width: number })[];
  /** Outer zones before those within them; null is what no zone is declared for. */
  readonly zones: readonly (Rect & { readonly zone: Zone | null })[];
  readonly boxes: readonly (Rect & { readonly box: Box })[];
  readonly lines: readonly Drawn[];
}

/** The names of zones stand left of the first column. */
const NAMES = 146;
/** Height of the titles of the columns. */
const TITLES = 34;
/** What a zone leaves on each side of the zones in it. */
const NEST = 7;
/** Above and below what is in a zone. */
const INSIDE = 12;
const BETWEEN_ZONES = 8;
/** From a box to the nearest line that passes it: room for an arrowhead. */
const CLEAR = 15;
/** For the name of a zone and its trust. */
const LEAST_HEIGHT = 44;

export function layout(drawing: Drawing): Layout {
  const columns = columnsOf(drawing.nodes);
  const strips = stripsOf(drawing, columns);
  const boxes = boxesOf(
    drawing,
    columns,
    strips.flatMap(({ stacks }) => stacks.flat()),
  );
  const placed = placedIn(strips, boxes);
  const routes = routesOf(wiresOf(placed), placed);

  const across = routes.map(acrossOf);
  const channels = lanesOf(across.filter((use) => use !== null));
  const rows = rowsOf(strips, placed, channels.counts);
  const yOf = ({ at, down }: End): number => rows.tops[at.strip]! + at.top + down;
  const channelYs = across.map((use) =>
    use === null ? 0 : rows.channels[use.lane]! + channels.trackOf.get(use.piece)! * TRACK,
  );

  const down = routes.map((route, i) => downOf(route, yOf, channelYs[i]!));
  const gutters = lanesOf(down.flat());
  const nested = NEST * Math.max(0, ...rows.zones.map(({ depth }) => depth));
  const xs = columnsAt(columns, [...boxes.values()], gutters.counts, nested);
  const place = (end: End): Point => {
    const { x, width } = xs.columns[end.at.box.column]!;
    return [end.side === 1 ? x + width : x, yOf(end)];
  };
  return {
    width: xs.width,
    height: rows.height,
    columns: columns.map((column, i) => ({ ...column, ...xs.columns[i]! })),
    zones: rows.zones.map(({ depth, ...zone }) => ({
      ...zone,
      x: depth * NEST,
      width: xs.width - 2 * depth * NEST,
    })),
    boxes: placed.map(({ box, strip, top }) => ({
      box,
      ...xs.columns[box.column]!,
      y: rows.tops[strip]! + top,
      height: box.height,
    })),
    lines: routes.map((route, i) => ({
      edge: route.wire.row.edge,
      teller: route.wire.start.at.box.node.id,
      points: pointsOf(route, down[i]!, gutters, xs.gutters, place, channelYs[i]!),
    })),
  };
}

interface Rows {
  readonly height: number;
  /** By strip: where its boxes begin, and the first track of its channel. */
  readonly tops: readonly number[];
  readonly channels: readonly number[];
  readonly zones: readonly { zone: Zone | null; depth: number; y: number; height: number }[];
}

/** The heights of everything, from the top: each zone opens before its first strip and closes after its last. */
function rowsOf(
  strips: readonly Strip[],
  placed: readonly Placed[],
  counts: ReadonlyMap<number, number>,
): Rows {
  const tops: number[] = [];
  const channels: number[] = [];
  const zones: { zone: Zone | null; depth: number; y: number; height: number }[] = [];
  const open: (typeof zones)[number][] = [];
  let y = TITLES;
  const close = () => {
    const last = open.pop()!;
    last.height = y - last.y;
    y += BETWEEN_ZONES;
  };
  strips.forEach(({ zone, around }, i) => {
    const chain: readonly (Zone | null)[] = zone === null ? [null] : around;
    while (open.length > 0 && !chain.includes(open.at(-1)!.zone)) close();
    for (const each of chain.slice(open.length)) {
      const opened = { zone: each, depth: open.length, y, height: 0 };
      zones.push(opened);
      open.push(opened);
      y += INSIDE;
    }
    channels.push(y);
    y += (counts.get(i) ?? 0) * TRACK;
    y = snapped(y);
    tops.push(y);
    const own = placed.filter(({ strip }) => strip === i);
    const content = Math.max(0, ...own.map(({ box, top }) => top + box.height));
    y += Math.max(content, LEAST_HEIGHT - INSIDE) + INSIDE;
  });
  while (open.length > 0) close();
  return { height: y, tops, channels, zones };
}

/** Columns and the gutters beside them, from the left; `nested` is what zones in zones need on both sides. */
function columnsAt(
  columns: readonly Column[],
  boxes: readonly Box[],
  counts: ReadonlyMap<number, number>,
  nested: number,
) {
  const gutters: number[] = [];
  const found: { x: number; width: number }[] = [];
  let x = NAMES + nested;
  const gutter = (i: number) => {
    const count = counts.get(i) ?? 0;
    gutters.push(x + CLEAR);
    x += 2 * CLEAR + Math.max(0, count - 1) * TRACK;
  };
  columns.forEach((_, i) => {
    gutter(i);
    const width = Math.max(...boxes.filter(({ column }) => column === i).map((box) => box.width));
    found.push({ x, width });
    x += width;
  });
  gutter(columns.length);
  return { gutters, columns: found, width: x + nested };
}

import { describe, expect, test } from 'vitest';
import type { Drawing } from '../../../src/report/draw/drawing.ts';
import { type Layout, layout, type Rect } from '../../../src/report/draw/svg-layout.ts';
import { columns } from '../../../src/report/width.ts';
import { DESCRIPTIONS } from '../../support/descriptions.ts';
import { vocabulary } from '../../support/pack.ts';
import { Random } from '../../support/random.ts';
import { randomSystem } from '../../support/random-system.ts';
import { drawn, HOSTILE_DESK, markedDesk } from './fixture.ts';

const RANDOM = Array.from({ length: 30 }, (_, seed) => ({
  name: `random ${seed}`,
  make: () => drawn(JSON.stringify(randomSystem(new Random(seed), [...vocabulary.values()], 2 + (seed % 9)))),
}));
const PICTURES: readonly { name: string; make: () => Drawing }[] = [
  ...DESCRIPTIONS.map(({ name, text }) => ({ name, make: () => drawn(text) })),
  { name: 'marked', make: markedDesk },
  { name: 'hostile', make: () => drawn(HOSTILE_DESK) },
  ...RANDOM,
];

interface Piece {
  readonly line: number;
  readonly isLevel: boolean;
  /** Where it runs, and from where to where. */
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

const piecesOf = ({ lines }: Layout): Piece[] =>
  lines.flatMap(({ points }, line) =>
    points.slice(1).map(([x, y], i): Piece => {
      const [fromX, fromY] = points[i]!;
      expect(x === fromX || y === fromY).toBe(true);
      const isLevel = y === fromY;
      const [one, other] = isLevel ? [fromX, x] : [fromY, y];
      return { line, isLevel, at: isLevel ? y : x, low: Math.min(one, other), high: Math.max(one, other) };
    }),
  );

describe.each(PICTURES)('$name', ({ make }) => {
  const drawing = make();
  const placed = layout(drawing);
  const pieces = piecesOf(placed);

  test('shows every component and every connection once', () => {
    expect(placed.boxes.map(({ box }) => box.node.id).sort()).toEqual(
      drawing.nodes.map(({ id }) => id).sort(),
    );
    const rows = placed.boxes.flatMap(({ box }) => box.rows.map(({ edge }) => edge));
    expect(new Set(rows)).toEqual(new Set(drawing.edges));
    expect(rows).toHaveLength(drawing.edges.length);
    expect(placed.lines).toHaveLength(drawing.edges.filter(({ from, to }) => from !== to).length);
  });

  test('no line runs through a box', () => {
    for (const { x, y, width, height } of placed.boxes)
      for (const { isLevel, at, low, high } of pieces) {
        const [across, along] = isLevel
          ? [at > y && at < y + height, low < x + width && high > x]
          : [at > x && at < x + width, low < y + height && high > y];
        expect(across && along).toBe(false);
      }
  });

  test('no two lines share a stretch', () => {
    const shared = pieces.filter((one, i) =>
      pieces.some(
        (other, j) =>
          j < i &&
          other.line !== one.line &&
          other.isLevel === one.isLevel &&
          other.at === one.at &&
          Math.min(one.high, other.high) > Math.max(one.low, other.low),
      ),
    );
    expect(shared).toEqual([]);
  });

  test('boxes stand apart, in their zones, and all is within the picture', () => {
    const overlap = (a: Rect, b: Rect) =>
      a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    for (const [i, one] of placed.boxes.entries()) {
      for (const other of placed.boxes.slice(i + 1)) expect(overlap(one, other)).toBe(false);
      const holding = placed.zones.filter((zone) => overlap(zone, one));
      expect(holding.at(-1)?.zone?.id ?? null).toBe(one.box.node.zone);
      for (const zone of holding) expect(isWithin(one, zone)).toBe(true);
      expect(isWithin(one, { x: 0, y: 0, ...placed })).toBe(true);
    }
  });

  test('no text is wider than its box', () => {
    for (const { box, width } of placed.boxes) {
      const lines = [...box.lines, ...box.rows.flatMap((row) => row.lines)];
      for (const { text, look } of lines)
        expect(columns(text) * (look === 'strong' ? 12.5 : 10.5) * 0.62).toBeLessThanOrEqual(width - 22);
    }
  });
});

const isWithin = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

test('the random systems are joined in every way the layout knows', () => {
  const all = RANDOM.map(({ make }) => layout(make()));
  const corners = new Set(all.flatMap(({ lines }) => lines.map(({ points }) => points.length)));
  expect(corners).toEqual(new Set([4, 6]));
});

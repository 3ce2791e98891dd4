/** A straight piece of a line in a lane between boxes, seen along the lane. */
export interface Piece {
  /** Where it begins and ends along the lane. */
  readonly low: number;
  readonly high: number;
  /** Where the line leaves it, and to which side of the lane: -1 to the first, 1 to the second. */
  readonly exits: readonly { readonly at: number; readonly side: -1 | 1 }[];
}

/** More than this in one lane is no longer untangled. */
const MAX_UNTANGLED = 120;
const MAX_ROUNDS = 12;

/**
 * For each piece the track of the lane it runs in, from 0 at the first side. Pieces that touch along the lane never
 * share one, and the order is one in which few lines cross.
 */
export function tracks(pieces: readonly Piece[]): number[] {
  const order = untangled(pieces);
  const found = new Array<number>(pieces.length).fill(0);
  order.forEach((index, i) => {
    for (const earlier of order.slice(0, i)) {
      if (touches(pieces[index]!, pieces[earlier]!))
        found[index] = Math.max(found[index]!, found[earlier]! + 1);
    }
  });
  return found;
}

const touches = (a: Piece, b: Piece): boolean => a.low <= b.high && b.low <= a.high;

/** Indexes of the pieces from the first side to the second, each moved to where it crosses least. */
function untangled(pieces: readonly Piece[]): number[] {
  const order = pieces.map((_, i) => i).sort((a, b) => middle(pieces[a]!) - middle(pieces[b]!) || a - b);
  if (pieces.length > MAX_UNTANGLED) return order;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let isBetter = false;
    for (let i = 0; i + 1 < order.length; i++) {
      const [a, b] = [pieces[order[i]!]!, pieces[order[i + 1]!]!];
      if (crossings(b, a) >= crossings(a, b)) continue;
      [order[i], order[i + 1]] = [order[i + 1]!, order[i]!];
      isBetter = true;
    }
    if (!isBetter) break;
  }
  return order;
}

const middle = ({ low, high }: Piece): number => (low + high) / 2;

/** How often two lines cross when `first` runs nearer to the first side. */
function crossings(first: Piece, second: Piece): number {
  const passes = (piece: Piece, other: Piece, side: -1 | 1) =>
    piece.exits.filter((exit) => exit.side === side && exit.at > other.low && exit.at < other.high).length;
  return passes(first, second, 1) + passes(second, first, -1);
}

/** A piece and the lane it is in. */
export interface Use {
  readonly lane: number;
  readonly piece: Piece;
}

export interface Lanes {
  readonly trackOf: ReadonlyMap<Piece, number>;
  /** Tracks that a lane needs, by its number; absent for none. */
  readonly counts: ReadonlyMap<number, number>;
}

/** The tracks of many lanes. */
export function lanesOf(uses: readonly Use[]): Lanes {
  const byLane = new Map<number, Piece[]>();
  for (const { lane, piece } of uses) {
    const pieces = byLane.get(lane) ?? [];
    byLane.set(lane, pieces);
    pieces.push(piece);
  }
  const trackOf = new Map<Piece, number>();
  const counts = new Map<number, number>();
  for (const [lane, pieces] of byLane) {
    const found = tracks(pieces);
    pieces.forEach((piece, i) => {
      trackOf.set(piece, found[i]!);
    });
    counts.set(lane, Math.max(...found) + 1);
  }
  return { trackOf, counts };
}

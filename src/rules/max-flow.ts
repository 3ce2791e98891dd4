/** Capacity of what nothing can close. */
export const UNLIMITED = 0x3fffffff;

/**
 * A flow network and its maximum flow by Dinic's algorithm, without recursion. Nodes are numbers from 0; every arc is
 * stored beside its reverse, so that arc `a` and arc `a ^ 1` belong together.
 */
export class FlowNetwork {
  private readonly head: Int32Array;
  private readonly size: number;
  private readonly next: Int32Array;
  private readonly to: Int32Array;
  private readonly left: Int32Array;
  private readonly queue: Int32Array;
  private count = 0;

  /** `arcs` says how many there will be. */
  constructor(size: number, arcs: number) {
    this.size = size;
    this.head = new Int32Array(size).fill(-1);
    this.queue = new Int32Array(size);
    this.next = new Int32Array(arcs * 2);
    this.to = new Int32Array(arcs * 2);
    this.left = new Int32Array(arcs * 2);
  }

  arc(from: number, to: number, capacity: number): void {
    this.half(from, to, capacity);
    this.half(to, from, 0);
  }

  /** Sends as much as possible from `source` to `sink`; gives how much that is. */
  run(source: number, sink: number): number {
    const level = new Int32Array(this.size);
    const onward = new Int32Array(this.size);
    let total = 0;
    while (this.levels(source, sink, level)) {
      onward.set(this.head);
      for (
        let sent = this.push(source, sink, level, onward);
        sent > 0;
        sent = this.push(source, sink, level, onward)
      ) {
        total += sent;
      }
    }
    return total;
  }

  /** Takes the flow apart into ways of one unit each, as the nodes on them. */
  *ways(source: number, sink: number): Generator<number[]> {
    // What flows over an arc is what its reverse could send back.
    const carried = this.left.filter((_, arc) => arc % 2 === 1);
    const onward = this.head.slice();
    for (;;) {
      const way = [source];
      for (let node = source; node !== sink; way.push(node)) {
        let arc = onward[node]!;
        while (arc !== -1 && (arc % 2 === 1 || carried[arc >> 1] === 0)) arc = this.next[arc]!;
        onward[node] = arc;
        if (arc === -1) return;
        carried[arc >> 1]! -= 1;
        node = this.to[arc]!;
      }
      yield way;
    }
  }

  /** The nodes from which `sink` can still be reached: the side of the asset. */
  sideOf(sink: number): Uint8Array {
    const side = new Uint8Array(this.size);
    this.queue[0] = sink;
    side[sink] = 1;
    for (let at = 0, end = 1; at < end; at++) {
      const node = this.queue[at]!;
      for (let arc = this.head[node]!; arc !== -1; arc = this.next[arc]!) {
        const from = this.to[arc]!;
        if (side[from] === 0 && this.left[arc ^ 1]! > 0) {
          side[from] = 1;
          this.queue[end++] = from;
        }
      }
    }
    return side;
  }

  private levels(source: number, sink: number, level: Int32Array): boolean {
    level.fill(-1);
    level[source] = 0;
    this.queue[0] = source;
    for (let at = 0, end = 1; at < end && level[sink] === -1; at++) {
      const node = this.queue[at]!;
      for (let arc = this.head[node]!; arc !== -1; arc = this.next[arc]!) {
        const to = this.to[arc]!;
        if (this.left[arc]! > 0 && level[to] === -1) {
          level[to] = level[node]! + 1;
          this.queue[end++] = to;
        }
      }
    }
    return level[sink] !== -1;
  }

  /** Finds one more way down the levels and fills it; gives how much it took, 0 when there is none left. */
  private push(source: number, sink: number, level: Int32Array, onward: Int32Array): number {
    const walk: number[] = [];
    let node = source;
    while (node !== sink) {
      const arc = onward[node]!;
      if (arc !== -1) {
        const to = this.to[arc]!;
        if (this.left[arc]! > 0 && level[to] === level[node]! + 1) {
          walk.push(arc);
          node = to;
        } else {
          onward[node] = this.next[arc]!;
        }
        continue;
      }
      const back = walk.pop();
      if (back === undefined) return 0;
      level[node] = -1;
      node = this.to[back ^ 1]!;
    }
    let least = UNLIMITED;
    for (const arc of walk) least = Math.min(least, this.left[arc]!);
    for (const arc of walk) {
      this.left[arc]! -= least;
      this.left[arc ^ 1]! += least;
    }
    return least;
  }

  private half(from: number, to: number, capacity: number): void {
    const arc = this.count++;
    this.to[arc] = to;
    this.left[arc] = capacity;
    this.next[arc] = this.head[from]!;
    this.head[from] = arc;
  }
}

/** Capacity of what nothing can close. */
export const UNLIMITED = 0x3fffffff;

/**
 * A flow network and its maximum flow by Dinic's algorithm, without recursion. Nodes are numbers from 0; every arc is
 * stored beside its reverse, so that arc `a` and arc `a ^ 1` belong together.
 */
export class FlowNetwork {
  private readonly head: Int32Array;
  private readonly size: number;
  private next: Int32Array;
  private to: Int32Array;
  private left: Int32Array;
  private count = 0;

  constructor(size: number, arcs: number) {
    this.size = size;
    this.head = new Int32Array(size).fill(-1);
    this.next = new Int32Array(arcs * 2);
    this.to = new Int32Array(arcs * 2);
    this.left = new Int32Array(arcs * 2);
  }

  /** Adds an arc and gives its number. */
  arc(from: number, to: number, capacity: number): number {
    if (this.count + 2 > this.to.length) this.grow();
    const arc = this.count;
    this.half(from, to, capacity);
    this.half(to, from, 0);
    return arc;
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

  /** How much flows over an arc. */
  flow(arc: number): number {
    return this.left[arc ^ 1]!;
  }

  /** The nodes from which `sink` can still be reached: the side of the asset. */
  sideOf(sink: number): Uint8Array {
    const side = new Uint8Array(this.size);
    const queue = [sink];
    side[sink] = 1;
    for (const node of queue) {
      for (let arc = this.head[node]!; arc !== -1; arc = this.next[arc]!) {
        const from = this.to[arc]!;
        if (side[from] === 0 && this.left[arc ^ 1]! > 0) {
          side[from] = 1;
          queue.push(from);
        }
      }
    }
    return side;
  }

  private levels(source: number, sink: number, level: Int32Array): boolean {
    level.fill(-1);
    level[source] = 0;
    const queue = [source];
    for (const node of queue) {
      for (let arc = this.head[node]!; arc !== -1; arc = this.next[arc]!) {
        const to = this.to[arc]!;
        if (this.left[arc]! > 0 && level[to] === -1) {
          level[to] = level[node]! + 1;
          queue.push(to);
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

  private grow(): void {
    const wider = (old: Int32Array) => {
      const array = new Int32Array(Math.max(16, old.length * 2));
      array.set(old);
      return array;
    };
    this.next = wider(this.next);
    this.to = wider(this.to);
    this.left = wider(this.left);
  }
}

/** Random choices that one number repeats. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, not including, `below` (mulberry32). */
  next(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  /** True in this share of a hundred. */
  chance(percent: number): boolean {
    return this.next(100) < percent;
  }

  /** One of a list; of an empty one, undefined. */
  pick<T>(list: readonly T[]): T {
    return list[this.next(list.length)]!;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.next(i + 1);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }

  /** At most `most` of a list, each once. */
  some<T>(list: readonly T[], most: number): T[] {
    return this.shuffled(list).slice(0, this.next(most + 1));
  }
}

/** Seeded pseudo-random numbers (mulberry32), so that every run measures the same files. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)],
    /** Some of a list, each once, in the order of the list. */
    some: (list, count) => {
      const left = [...list];
      while (left.length > count) left.splice(below(left.length), 1);
      return left;
    },
  };
}

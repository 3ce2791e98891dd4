import type { World } from './world.ts';

/** What was worked out about things of a world, by the thing. */
export type Kept<K, V> = WeakMap<World, Map<K, V>>;

/** What was worked out before; all anew while somebody listens, who has to hear what is asked on the way. */
export function kept<K, V>(all: Kept<K, V>, world: World, key: K, work: () => V): V {
  if (world.listener !== null) return work();
  let known = all.get(world);
  if (known === undefined) {
    known = new Map();
    all.set(world, known);
  }
  let value = known.get(key);
  if (value === undefined) {
    value = work();
    known.set(key, value);
  }
  return value;
}

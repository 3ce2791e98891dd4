import type { Grade } from '../finding/finding.ts';
import type { Component, System } from '../model/system.ts';
import type { Hit } from './hit.ts';
import type { World } from './world.ts';

/** One factor of a risk: 1 to 3, and why, as a sentence. */
export interface Factor {
  readonly grade: Grade;
  readonly why: string;
}

/** Grades a hit; `subject` is what its ids stand for: nothing where it is about the system as a whole. */
export type Scale = (hit: Hit, subject: readonly Component[]) => Factor;

/** The components and actions that ids of a subject stand for. */
export function componentsOf({ system }: World, ids: readonly string[]): Component[] {
  const found: Component[] = [];
  for (const id of ids) {
    const component = system.byId.get(id) ?? actionOf(system, id);
    if (component !== null) found.push(component);
  }
  return found;
}

function actionOf(system: System, id: string): Component | null {
  const dot = id.indexOf('.');
  const tool = dot < 0 ? undefined : system.byId.get(id.slice(0, dot));
  return tool?.actions.find((action) => action.id === id) ?? null;
}

/** The factor with the highest grade, the first of several; null of none. */
export function highest<T>(items: readonly T[], grade: (item: T) => Factor): Factor | null {
  let worst: Factor | null = null;
  for (const item of items) {
    const factor = grade(item);
    if (worst === null || factor.grade > worst.grade) worst = factor;
    if (worst.grade === 3) break;
  }
  return worst;
}

/** A grade for every one of several things, each worked out once. */
export function once<Key extends object>(grade: (key: Key) => Factor): (key: Key) => Factor {
  const known = new Map<Key, Factor>();
  return (key) => {
    let factor = known.get(key);
    if (factor === undefined) {
      factor = grade(key);
      known.set(key, factor);
    }
    return factor;
  };
}

/** The nearest grade. */
export const clamp = (grade: number): Grade => (grade <= 1 ? 1 : grade >= 3 ? 3 : 2);

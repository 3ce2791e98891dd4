import type { Assessed, Hit } from './hit.ts';
import { assessIn } from './risk.ts';
import type { World } from './world.ts';

/** What was found by something else than a rule: the ids it is about, and threats of the vocabulary. */
export interface Aside {
  readonly rule: string;
  readonly subject: readonly string[];
  readonly threats: readonly string[];
}

/**
 * The risk of what was found beside the rules, such as a difference from the repository, by the same tables. What is
 * not described is as near to an attacker as nobody knows, and costs what the system is worth.
 */
export function assessAside(world: World): (found: Aside) => Assessed {
  const assess = assessIn(world);
  return ({ rule: id, subject, threats }) => {
    // The scales ask for no more of a hit that is about no path.
    const hit = { rule: { id, threats, form: { is: 'each' } }, subject } as unknown as Hit;
    const assessed = assess(hit);
    const { byId } = world.system;
    const isDescribed = subject.some((name) => byId.has(name) || byId.has(name.split('.', 1)[0]!));
    const [unknown] = subject;
    if (isDescribed || unknown === undefined || subject.join() === WHOLE) return assessed;
    const why = `nobody described ${unknown}, so nobody knows how far it is from an attacker`;
    return {
      ...assessed,
      why: () => {
        const [, impact, exploitability] = assessed.why();
        return [why, impact, exploitability];
      },
    };
  };
}

/** The subject of what belongs to nothing. */
const WHOLE = 'system';

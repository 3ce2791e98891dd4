import type { Assessed, Hit } from './hit.ts';
import { exploitabilityIn } from './risk-exploitability.ts';
import { impactIn } from './risk-impact.ts';
import { componentsOf, type Factor, type Scale } from './risk-parts.ts';
import { probabilityIn } from './risk-probability.ts';
import type { World } from './world.ts';

/** The risk of what rules found in one system. */
export type Assess = (hit: Hit) => Assessed;

/**
 * Scores hits as probability × impact × exploitability, 1 to 27, as the MAESTRO study on an agent that monitors
 * networks does (arXiv 2508.10043); docs/risk.md says what each factor goes by. What is the same for many hits is
 * worked out once, and nothing before somebody asks.
 */
export function assessIn(world: World): Assess {
  let factors: readonly Scale[] | null = null;
  return (hit) => {
    factors ??= [probabilityIn(world), impactIn(world), exploitabilityIn(world)];
    const subject = componentsOf(world, hit.subject);
    const [p, i, e] = factors.map((factor) => factor(hit, subject)) as [Factor, Factor, Factor];
    return {
      probability: p.grade,
      impact: i.grade,
      exploitability: e.grade,
      score: p.grade * i.grade * e.grade,
      why: () => [p.why, i.why, e.why],
    };
  };
}

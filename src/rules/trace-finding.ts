import type { System } from '../model/system.ts';
import { evaluateIn, worldOf } from './evaluate.ts';
import type { Step } from './graph.ts';
import type { Hit, HitStep, Result, Rule } from './hit.ts';
import { placeOfMember } from './member.ts';
import { namesOf } from './node-names.ts';
import { stopsOf, tellsWay } from './rule.ts';
import { standsAt, standsOn } from './stops.ts';
import { closesFinding } from './trace-closing.ts';
import { type Asked, nameOf, traceControl } from './trace-controls.ts';
import { type Observation, observe } from './trace-observe.ts';
import { type Question, Recorder } from './trace-record.ts';
import { wideReasons } from './trace-steps.ts';
import { tracedSystem } from './trace-system.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Context, World } from './world.ts';

/** Everything that one rule looked at to find one thing. */
export interface FindingTrace {
  readonly hit: Hit;
  readonly looked: readonly Observation[];
  /** Controls that the rule asked for; of a path rule those of `path`. */
  readonly asked: readonly Asked[];
  /** For an attack path: its start, then every step. */
  readonly path: readonly StepTrace[];
}

export interface StepTrace {
  readonly step: HitStep;
  /** Controls that would stop an attacker here. */
  readonly stops: readonly Asked[];
}

/** Runs one rule again and follows what it reads. `pick` knows which of its hits is meant; null when it picks none. */
export function traceFinding(
  system: System,
  rule: Rule,
  vocabulary: Vocabulary,
  context: Context,
  pick: (result: Result) => Hit | undefined,
): FindingTrace | null {
  const recorder = new Recorder();
  const world = worldOf(tracedSystem(system, recorder.hear), vocabulary, context);
  const hit = pick(evaluateIn(world, [rule]));
  if (!hit) return null;
  const walk = hit.walk ?? [];
  world.listener = recorder;
  const because = wideReasons(world, recorder);
  const { heard, asked } = recorder.record(hit.again, rule.form.is === 'each' ? isMeant(hit) : null);
  const closes = closesFinding(system, hit, vocabulary, context);
  const search = (question: Question) => traceControl({ world, recorder, because, closes }, question);
  return {
    hit,
    looked: observe(heard, because),
    asked: unique(asked).map(search),
    path: walk.length > 0 ? steps(world, hit, walk, search) : [],
  };
}

/** A rule that goes through a list looks at every member of it; only one of them is meant. */
function isMeant({ anchor }: Hit): (member: unknown) => boolean {
  const name = anchor.path.join('\n');
  return (member) => {
    const { origin, path } = placeOfMember(member);
    return origin === anchor.origin && path.join('\n') === name;
  };
}

function unique(questions: readonly Question[]): Question[] {
  const byName = new Map<string, Question>();
  for (const question of questions) {
    const name = `${question.control} ${nameOf(question.subject)}`;
    if (!byName.has(name)) byName.set(name, question);
  }
  return [...byName.values()];
}

function steps(
  world: World,
  hit: Hit,
  walk: readonly Step[],
  search: (question: Question) => Asked,
): StepTrace[] {
  const [start, ...others] = hit.steps!;
  return [
    { step: start!, stops: [] },
    ...others.map((step, i) => ({ step, stops: askedAt(world, hit.rule, walk[i]!).map(search) })),
  ];
}

/** Where the rule says that a control may stand: on the step, and on what the step arrives at. */
function askedAt(world: World, { form }: Rule, step: Step): Question[] {
  if (!tellsWay(form)) return [];
  const { edge, kind, to } = step;
  const names = namesOf(world)(to);
  return stopsOf(form).flatMap((stop): Question[] => {
    const { control } = stop;
    if (edge !== null && standsOn(stop, kind, () => names)) return [{ subject: edge, control }];
    if (to.component !== null && standsAt(stop, names)) return [{ subject: to.component, control }];
    return [];
  });
}

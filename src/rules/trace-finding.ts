import type { System } from '../model/system.ts';
import { evaluateIn, worldOf } from './evaluate.ts';
import { nodeView } from './evaluate-path.ts';
import type { Step } from './graph.ts';
import type { Hit, HitStep, Result, Rule } from './hit.ts';
import { placeOfMember } from './member.ts';
import { closesFinding } from './trace-closing.ts';
import { type Asked, nameOf, traceControl } from './trace-controls.ts';
import { type Observation, observe } from './trace-observe.ts';
import { type Question, Recorder } from './trace-record.ts';
import { wideReasons } from './trace-steps.ts';
import { tracedSystem } from './trace-system.ts';
import { systemView } from './visit.ts';
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
  world.listener = recorder;
  const because = wideReasons(world, recorder);
  const { heard, asked } = recorder.record(hit.again, rule.form.is === 'each' ? isMeant(hit) : null);
  const closes = closesFinding(system, hit, vocabulary, context);
  const search = (question: Question) => traceControl({ world, recorder, because, closes }, question);
  return {
    hit,
    looked: observe(heard, because),
    asked: unique(asked).map(search),
    path: hit.walk ? steps(world, hit, hit.walk, search) : [],
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
    ...others.map((step, i) => ({ step, stops: stopsOf(world, hit.rule, walk[i]!).map(search) })),
  ];
}

/** Where the rule says that a control may stand: on the step, and on what the step arrives at. */
function stopsOf(world: World, { form }: Rule, step: Step): Question[] {
  if (form.is !== 'path') return [];
  const { edge, to } = step;
  const names = { node: nodeView(world, to), system: systemView(world) };
  return form.stops.flatMap(({ node, step: kinds, control }): Question[] => {
    if (kinds?.includes(step.kind) && edge !== null) return [{ subject: edge, control }];
    if (node !== null && to.component !== null && node(names) === true)
      return [{ subject: to.component, control }];
    return [];
  });
}

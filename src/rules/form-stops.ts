import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import type { DataMap, YamlFile } from '../model/yaml.ts';
import type { Checked } from './cel.ts';
import type { Expressions } from './expressions.ts';
import { STEP_KINDS } from './graph.ts';
import type { Names } from './names.ts';
import { place } from './problem.ts';
import type { AttackOf, StopOf, Visit } from './rule.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What expressions about a node of a path may use. */
export const NODE: Names = { node: 'Node', system: 'System' };

/** Kinds of component that stand in the graph of influence under their own name. */
const NODES: readonly Visit[] = ['model', 'store', 'action', 'host', 'monitor', 'service'];

/** The way of the attack that a visit finds, as `attack` says it; null where it says none, or says it wrongly. */
export function attackOf(
  file: YamlFile,
  data: DataMap,
  visit: Visit,
  expressions: Expressions,
  vocabulary: Vocabulary,
  problems: Problem[],
): AttackOf<Checked> | null {
  const plan = data['attack'] as DataMap | undefined;
  if (plan === undefined) return null;
  const wrong = wrongKeys(plan, visit);
  if (wrong !== null) {
    problems.push(place(file, ['attack'], 'rule-form', wrong.message, wrong.suggestion));
    return null;
  }
  const node = (key: string) =>
    plan[key] === undefined ? null : expressions.compile(String(plan[key]), ['attack', key], NODE, ['bool']);
  const over = ((plan['over'] as unknown[] | undefined) ?? []).map(String);
  unknownSteps(file, ['attack', 'over'], over, problems);
  const stops = stopsOf(file, 'attack', plan, expressions, vocabulary, problems);
  return { to: node('to'), over, by: node('by'), stops };
}

interface Wrong {
  readonly message: string;
  readonly suggestion: string;
}

function wrongKeys(plan: DataMap, visit: Visit): Wrong | null {
  const has = (key: string) => plan[key] !== undefined;
  if (visit === 'agent') {
    if (has('to') && !has('over') && !has('by')) return null;
    const message =
      'With `for: agent`, an attack says what the bent agent gets to: `to`, without `over` and `by`';
    return { message, suggestion: 'Write `to: node.type == "action" && node.outbound`' };
  }
  if (!NODES.includes(visit)) {
    const message = `Nothing is reached on a path that is a \`${visit}\``;
    return { message, suggestion: `\`attack\` may stand beside \`for: agent\` and ${NODES.join(', ')}` };
  }
  if (has('over') && !has('to')) return null;
  const message = `With \`for: ${visit}\`, an attack says over which kinds of step it is reached: \`over\`, without \`to\``;
  return { message, suggestion: 'Write `over: [writes, changes]`' };
}

/** The controls below `stopped_by` of the key `under`, each with where it may stand. */
export function stopsOf(
  file: YamlFile,
  under: string,
  plan: DataMap,
  expressions: Expressions,
  vocabulary: Vocabulary,
  problems: Problem[],
): StopOf<Checked>[] {
  return (plan['stopped_by'] as DataMap[]).map((stop, i) =>
    stopOf(file, stop, [under, 'stopped_by', String(i)], expressions, vocabulary, problems),
  );
}

function stopOf(
  file: YamlFile,
  stop: DataMap,
  at: readonly string[],
  expressions: Expressions,
  vocabulary: Vocabulary,
  problems: Problem[],
): StopOf<Checked> {
  const control = String(stop['control']);
  if (!vocabulary.has(control)) {
    const near = similar(control, vocabulary.keys());
    const message = `No vocabulary knows the control \`${control}\``;
    problems.push(
      place(file, [...at, 'control'], 'unknown-control', message, near && `Did you mean \`${near}\`?`),
    );
  }
  const step = Array.isArray(stop['step']) ? stop['step'].map(String) : null;
  unknownSteps(file, [...at, 'step'], step ?? [], problems);
  if ((stop['node'] === undefined) === (step === null)) {
    const message = 'A stop stands either on a `node` or on a `step`';
    problems.push(place(file, at, 'rule-form', message, 'Write one of them: `step: [invokes]`'));
  } else if (stop['to'] !== undefined && step === null) {
    const message = '`to` says where a `step` leads, and this stop stands on a node';
    problems.push(place(file, at, 'rule-form', message, 'Say it of the node itself, or write `step`'));
  }
  const nodeAt = (key: string) => expressions.compile(String(stop[key]), [...at, key], NODE, ['bool']);
  const node = stop['node'] === undefined ? null : nodeAt('node');
  const to = stop['to'] === undefined ? null : nodeAt('to');
  return { node, step, ...(to && { to }), control };
}

function unknownSteps(
  file: YamlFile,
  at: readonly string[],
  steps: readonly string[],
  problems: Problem[],
): void {
  steps.forEach((step, s) => {
    if ((STEP_KINDS as readonly string[]).includes(step)) return;
    const near = similar(step, STEP_KINDS);
    const message = `No step of a path is called \`${step}\``;
    const suggestion = near ? `Did you mean \`${near}\`?` : `One of ${STEP_KINDS.join(', ')}`;
    problems.push(place(file, [...at, String(s)], 'unknown-step', message, suggestion));
  });
}

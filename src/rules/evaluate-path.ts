import type { Component } from '../model/system.ts';
import type { Path } from '../model/yaml.ts';
import { fillEdit } from './fills.ts';
import type { Node, Step } from './graph.ts';
import type { Anchor, Doubt, Hit, HitStep, Rule } from './hit.ts';
import { type Kept, kept } from './kept.ts';
import { type NodeNames, namesOf } from './node-names.ts';
import { type Open, type Question, reach, routes, sourceSets } from './search.ts';
import { startText, stepText, supposedText } from './step-text.ts';
import { openFor } from './stops.ts';
import { isPermit } from './subject.ts';
import { render } from './template.ts';
import { judge, uncounted } from './undeclared.ts';
import { viewers } from './views.ts';
import { editable, editableComponent, systemView } from './visit.ts';
import type { Expression } from './vocabulary.ts';
import { onWhole } from './whole.ts';
import type { World } from './world.ts';

export type PathForm = Extract<Rule['form'], { is: 'path' }>;

/** What a path rule found in a world, and what it could not judge. */
interface Found {
  readonly hits: readonly Hit[];
  readonly doubts: readonly Doubt[];
}

const found: Kept<Rule, Found> = new WeakMap();

/**
 * One finding for every target that an attacker reaches with nothing on the way that stops him. Kept, since whoever
 * looks for what closes the ways asks for them again.
 */
export function evaluatePath(world: World, rule: Rule, form: PathForm): Found {
  return kept(found, world, rule, () => search(world, rule, form));
}

function search(world: World, rule: Rule, form: PathForm): Found {
  const hits: Hit[] = [];
  const asked = ask(world, form);
  if (asked === null) return NOTHING;
  const { question, from, to } = asked;
  const open = routes(world.graph, question).filter(
    (route) => form.when === null || form.when(pathNames(world, route.steps)) === true,
  );
  const names = namesOf(world);
  // All the places where somebody could start are many, and most readers only want the way itself.
  let sets: ReadonlyMap<Node, readonly Node[]> | null = null;
  const ids = new Map<readonly Node[] | undefined, readonly string[]>();
  const sources = (target: Node): readonly string[] => {
    sets ??= sourceSets(question);
    const nodes = sets.get(target);
    const known = ids.get(nodes) ?? (nodes ?? []).map(({ id }) => id);
    ids.set(nodes, known);
    return known;
  };
  for (const { target, steps } of open) {
    const check = () => checkAgain(form, steps, names, pathNames(world, steps));
    hits.push(hitOf(world, rule, target, steps, sources, check));
  }
  return { hits, doubts: doubtful(rule, from, to, question.open) };
}

const NOTHING: Found = { hits: [], doubts: [] };

interface Asked {
  readonly question: Question;
  readonly from: Sorted;
  readonly to: Sorted;
}

const questions: Kept<PathForm, Asked | null> = new WeakMap();

/** What a path rule asks of a system; null where nobody could start, or there is nothing to reach. */
const ask = (world: World, form: PathForm): Asked | null =>
  kept(questions, world, form, () => newQuestion(world, form));

function newQuestion(world: World, form: PathForm): Asked | null {
  const to = nodesBy(world, form.to);
  // Most systems have none of what most of these rules protect.
  if (isEmpty(to)) return null;
  const from = nodesBy(world, form.from);
  if (isEmpty(from)) return null;
  const via = form.via;
  const names = namesOf(world);
  const held = new Set(from.yes);
  const question: Question = {
    sources: from.yes,
    // What an attacker holds to begin with is no target.
    targets: new Set(to.yes.filter((node) => !held.has(node))),
    waypoint: via === null ? null : (node) => uncounted(() => via(names(node)) === true),
    open: openFor(world, form.stops),
  };
  return { question, from, to };
}

/** The same question for whoever looks for what would close the ways; null as above. */
export const questionOf = (world: World, form: PathForm): Question | null =>
  ask(world, form)?.question ?? null;

/** What made this walk an attack: its start, its end, and what it has to pass. */
function checkAgain(
  form: PathForm,
  steps: readonly Step[],
  names: (node: Node) => NodeNames,
  walked: Readonly<Record<string, unknown>>,
): unknown[] {
  const nodes = [steps[0]!.from, ...steps.map((step) => step.to)];
  const via = form.via && nodes.find((node) => form.via!(names(node)) === true);
  return [form.from(names(nodes[0]!)), form.to(names(nodes.at(-1)!)), via, form.when?.(walked)];
}

interface Sorted {
  readonly yes: Node[];
  readonly unknown: ReadonlyMap<Node, readonly string[]>;
}

const isEmpty = ({ yes, unknown }: Sorted): boolean => yes.length === 0 && unknown.size === 0;

const sorted: Kept<Expression, Sorted & { readonly isFixed: boolean }> = new WeakMap();

/**
 * Which nodes an expression holds for; kept, since many rules share where paths begin. What was found out without asking
 * for a control is the same in a world that differs in controls only.
 */
const nodesBy = (world: World, holds: Expression): Sorted =>
  kept(sorted, world, holds, () => {
    const known = world.base && sorted.get(world.base)?.get(holds);
    if (known?.isFixed) return known;
    const before = world.enforcement.asked;
    const found = sortNodes(world, holds);
    return { ...found, isFixed: world.enforcement.asked === before };
  });

function sortNodes(world: World, holds: Expression): Sorted {
  const names = namesOf(world);
  const yes: Node[] = [];
  const unknown = new Map<Node, readonly string[]>();
  for (const node of world.graph.nodes) {
    // An account that agents share is on the way only: it stands nowhere, so nobody can start there or be found there.
    if (node.component === null) continue;
    const judgement = judge(() => holds(names(node)) === true);
    if (judgement.is === 'true') yes.push(node);
    else if (judgement.is === 'unknown') unknown.set(node, judgement.facts);
  }
  return { yes, unknown };
}

function hitOf(
  world: World,
  rule: Rule,
  target: Node,
  steps: readonly Step[],
  sources: (target: Node) => readonly string[],
  check: () => unknown,
): Hit {
  const component = target.component!;
  const below: Path = rule.at === '' ? [] : rule.at.split('.');
  const last = steps.findLast((step) => step.edge !== null);
  const message = () => uncounted(() => render(rule.message, pathNames(world, steps)));
  return {
    rule,
    subject: [target.id],
    detail: '',
    at: rule.at,
    message,
    anchor: { origin: component.origin, path: [...component.path, ...below] },
    edit: () => uncounted(() => fillEdit(rule.fix.edit, rule.fix.fills, pathNames(world, steps))),
    fixAt:
      onWhole(world.system, rule) ??
      (rule.fix.on === 'edge' && last
        ? grantOf(last)
        : { origin: component.origin, path: editableComponent(component) }),
    steps: [
      rule.stated === undefined ? startOf(steps[0]!.from) : supposed(world, steps[0]!.from),
      ...steps.map(hitStep),
    ],
    get sources() {
      return sources(target);
    },
    walk: steps,
    again: () => [check(), message()],
  };
}

function grantOf({ edge }: Step): Anchor {
  const reference = isPermit(edge!) ? edge.grant : edge!;
  return { origin: reference.origin, path: editable(reference) };
}

/** Where the attacker stands before the first step. */
export function startOf({ id, component }: Node): HitStep {
  const { origin, path } = component as Component;
  return { node: id, text: startText(component as Component), origin, path };
}

/** Where somebody stands of whom an assertion says that he must get no further: he need be no attacker by declaration. */
function supposed(world: World, node: Node): HitStep {
  const start = startOf(node);
  const isHeld = uncounted(() => world.isAttackerControlled(node.component!));
  return isHeld ? start : { ...start, text: supposedText(node.id) };
}

export function hitStep(step: Step): HitStep {
  return { node: step.to.id, text: stepText(step), ...anchorOf(step) };
}

/** Where a step is declared: the granted action in the grant, else the reference; a shared identity at the agent's. */
function anchorOf(step: Step): Anchor {
  const { edge } = step;
  if (edge === null) {
    const owner = (step.from.component ?? step.to.component) as Component;
    return { origin: owner.origin, path: [...owner.path, 'identity'] };
  }
  if (!isPermit(edge)) return { origin: edge.origin, path: edge.path };
  const { grant, action } = edge;
  return { origin: grant.origin, path: [...grant.path, 'actions', action.id.slice(grant.to.id.length + 1)] };
}

const pathNames = (world: World, steps: readonly Step[]) => ({
  path: viewers.view(world, 'Path', steps, {}, ''),
  system: systemView(world),
});

/** A node that may be a target matters when an attacker reaches it; one that may be a source, when a target is behind it. */
function doubtful(rule: Rule, from: Sorted, to: Sorted, open: Open): Doubt[] {
  const reached = to.unknown.size > 0 ? reach(from.yes, open) : new Set<Node>();
  const behind = from.unknown.size > 0 ? reach(to.yes, open, 'in') : new Set<Node>();
  const targets = [...to.unknown].filter(([node]) => reached.has(node));
  const sources = [...from.unknown].filter(([node]) => behind.has(node));
  return [...targets, ...sources].map(([node, facts]) => ({
    rule,
    subject: [node.id],
    facts,
    anchor: { origin: node.component!.origin, path: node.component!.path },
  }));
}

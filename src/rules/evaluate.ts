import { addTo } from '../finding/grouped.ts';
import type { Component, System } from '../model/system.ts';
import { withWays } from './attack-hits.ts';
import type { Supposed } from './enforces.ts';
import { evaluatePath } from './evaluate-path.ts';
import { fillEdit } from './fills.ts';
import type { Anchor, Doubt, Hit, Result, Rule } from './hit.ts';
import { type Kept, kept } from './kept.ts';
import { placeOfMember } from './member.ts';
import { assessIn } from './risk.ts';
import { render } from './template.ts';
import { judge, uncounted } from './undeclared.ts';
import { viewers, viewOf } from './views.ts';
import { systemView, type Visited, visited, visitOne } from './visit.ts';
import type { Vocabulary } from './vocabulary.ts';
import { fileOf, fileToPatch, onWhole } from './whole.ts';
import { type Context, World } from './world.ts';

/** Runs every rule over one system. The order of the result is that of the rules, then of the ids. */
export function evaluate(
  system: System,
  rules: readonly Rule[],
  vocabulary: Vocabulary,
  context: Context,
): Result {
  return evaluateIn(worldOf(system, vocabulary, context), rules);
}

/** The same in a world that somebody else made. */
export function evaluateIn(world: World, rules: readonly Rule[]): Result {
  const hits: Hit[] = [];
  const doubts: Doubt[] = [];
  for (const rule of rules) run(world, rule, hits, doubts);
  return { hits: unsuperseded(hits), doubts, assess: assessIn(world) };
}

export function worldOf(system: System, vocabulary: Vocabulary, context: Context): World {
  const world: World = new World(
    system,
    vocabulary,
    viewOf(() => world),
    context,
  );
  return world;
}

/** The same world with some controls in force that nobody wrote: what it says of the system's form stays. */
export function supposing(base: World, supposed: Supposed): World {
  const world: World = new World(
    base.system,
    base.vocabulary,
    viewOf(() => world),
    base.context,
    { base, supposed },
  );
  return world;
}

/** One evaluator a form; each adds what it found and what it could not judge. */
function run(world: World, rule: Rule, hits: Hit[], doubts: Doubt[]): void {
  const { form } = rule;
  if (form.is === 'visit') visits(world, rule, form, hits, doubts);
  else if (form.is === 'group') groups(world, rule, form, hits, doubts);
  else if (form.is === 'each') eaches(world, rule, form, hits, doubts);
  else {
    const found = evaluatePath(world, rule, form);
    for (const hit of found.hits) hits.push(hit);
    for (const doubt of found.doubts) doubts.push(doubt);
  }
}

type Form<Is extends Rule['form']['is']> = Extract<Rule['form'], { is: Is }>;

function visits(world: World, rule: Rule, form: Form<'visit'>, hits: Hit[], doubts: Doubt[]): void {
  let names: Visited['names'] = {};
  const holds = () => form.when(names) === true;
  const found: Hit[] = [];
  const unsettled: Component[] = [];
  for (const each of toVisit(world, rule, form)) {
    names = each.names;
    const before = world.enforcement.asked;
    const judgement = judge(holds);
    if (form.attack && (judgement.is === 'true' || world.enforcement.asked > before))
      unsettled.push(...componentOf(world, each));
    if (judgement.is === 'true')
      found.push(hitOf(world, rule, each, each.names, () => form.when(each.names)));
    else if (judgement.is === 'unknown') {
      doubts.push({ rule, subject: each.subject, facts: judgement.facts, anchor: anchorOf(rule, each) });
    }
  }
  if (form.attack && world.base === null) kept(notFixed, world, rule, () => unsettled);
  for (const hit of form.attack ? withWays(world, form.attack, found) : found) hits.push(hit);
}

/** What a rule found about each of these may be otherwise under other controls. */
const notFixed: Kept<Rule, readonly Component[]> = new WeakMap();

/** In a world that differs from another one in controls only, what no control was asked for is as it was there. */
function toVisit(world: World, rule: Rule, form: Form<'visit'>): readonly Visited[] {
  const known = form.attack && world.base && notFixed.get(world.base)?.get(rule);
  return known
    ? known.map((each) => visitOne(world, form.visit, each))
    : visited(world, form.visit, rule.plane);
}

/** Nothing for what people build with: no attack leads over that. */
const componentOf = ({ graph }: World, { subject }: Visited): Component[] => {
  const component = graph.of.get(subject[0]!)?.component ?? null;
  return component === null ? [] : [component];
};

/** An assertion about the whole system stands for itself: there is no one place that breaks it. */
const anchorOf = (rule: Rule, { anchor }: Visited): Anchor =>
  anchor.path.length === 0 ? (rule.stated ?? anchor) : anchor;

function hitOf(world: World, rule: Rule, each: Visited, names: Visited['names'], check: () => unknown): Hit {
  const { system } = world;
  const { origin, path } = each.anchor;
  const at = [...path, ...(rule.at === '' ? [] : rule.at.split('.'))];
  const edit = () => ({
    ...each.named,
    ...uncounted(() => fillEdit(rule.fix.edit, rule.fix.fills, names)),
  });
  // The whole system may be spread over several files.
  const isWhole = path.length === 0;
  const message = () => uncounted(() => render(rule.message, names));
  return {
    rule,
    subject: each.subject,
    detail: each.detail,
    at: rule.at,
    message,
    anchor: (isWhole && rule.stated) || { origin: isWhole ? fileOf(system, at) : origin, path: at },
    fixAt: onWhole(system, rule) ?? {
      origin: isWhole ? fileToPatch(system, edit()) : origin,
      path: each.fixAt,
    },
    edit,
    again: () => [check(), message()],
  };
}

function groups(world: World, rule: Rule, form: Form<'group'>, hits: Hit[], doubts: Doubt[]): void {
  const members = new Map<string, Visited[]>();
  for (const each of visited(world, form.visit, rule.plane)) {
    const key = uncounted(() => form.groupBy(each.names));
    if (typeof key !== 'string' || key === '') continue;
    addTo(members, key, each);
  }
  for (const [key, group] of members) {
    const ids = group.map((each) => each.subject.join(' → '));
    const names = { group: viewers.view(world, 'Group', { key, ids }, {}, key), system: systemView(world) };
    const about =
      group.find((each) => form.about === null || uncounted(() => form.about!(each.names)) === true) ??
      group[0]!;
    const judgement = judge(() => form.when(names) === true);
    if (judgement.is === 'true') {
      const check = () => [...group.map((each) => form.groupBy(each.names)), form.when(names)];
      const subject = group.flatMap((each) => each.subject);
      hits.push({ ...hitOf(world, rule, about, names, check), subject });
    } else if (judgement.is === 'unknown')
      doubts.push({ rule, subject: ids, facts: judgement.facts, anchor: about.anchor });
  }
}

function eaches(world: World, rule: Rule, form: Form<'each'>, hits: Hit[], doubts: Doubt[]): void {
  const system = systemView(world);
  const list = uncounted(() => form.each({ system })) as readonly unknown[];
  for (const item of list) {
    const names = { [form.variable]: item, system };
    const place = placeOfMember(item);
    const { when } = form;
    const judgement = when === null ? ({ is: 'true' } as const) : judge(() => when(names) === true);
    const each: Visited = { subject: place.ids, detail: place.key, names, anchor: place, fixAt: place.fixAt };
    if (judgement.is === 'true') {
      const check = () => [form.each({ system }), when?.(names)];
      hits.push({ ...hitOf(world, { ...rule, at: '' }, each, names, check), rule, at: place.key });
    } else if (judgement.is === 'unknown')
      doubts.push({ rule, subject: each.subject, facts: judgement.facts, anchor: each.anchor });
  }
}

/** A rule that fires silences the rules it supersedes on the same subject. */
function unsuperseded(hits: readonly Hit[]): Hit[] {
  const silenced = new Set<string>();
  for (const { rule, subject } of hits)
    for (const other of rule.supersedes) silenced.add(`${other} ${subject.join(' ')}`);
  return hits.filter(({ rule, subject }) => !silenced.has(`${rule.id} ${subject.join(' ')}`));
}

import { rankOf } from '../finding/severity.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import { apart, type Closers, closersIn, type OpenWay } from './closing-bound.ts';
import { type Change, changeKey, editOf, kindsOf, suppose } from './closing-change.ts';
import { cutOf, type WayRule } from './closing-cut.ts';
import { evaluateIn, supposing, worldOf } from './evaluate.ts';
import type { Step } from './graph.ts';
import type { Hit, Rule } from './hit.ts';
import { stopsOf, tellsWay } from './rule.ts';
import { withEdits } from './trial.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Context, World } from './world.ts';

/** What closes all attack paths of a system. */
export interface Closing {
  /** None can be left out. In id order of where they stand. */
  readonly changes: readonly Change[];
  /** Ways of which no two are closed by one change: at least as many changes are needed. */
  readonly apart: readonly OpenWay[];
  /** Those of the hits that no control of their rule closes: the design has to change. */
  readonly beyond: readonly Hit[];
  /**
   * What is still found, other than `beyond`, after the changes were made to a copy of the description. Empty when the
   * changes do what they claim.
   */
  readonly left: readonly Hit[];
  /** False when patience ended before all was tried: there may be a change too many. */
  readonly settled: boolean;
}

export interface ClosingQuestion {
  readonly system: System;
  /** All rules that run; those that tell no way of an attacker are left aside. */
  readonly rules: readonly Rule[];
  /** The system as it is, with what was already worked out about it. */
  readonly world: World;
  readonly vocabulary: Vocabulary;
  readonly context: Context;
  /** Names those of the paths that have to be closed; others, say waived ones, may stay. */
  readonly wanted: (paths: readonly Hit[]) => ReadonlySet<string>;
  /** How often the rules may run to find what is redundant and what closes several at once; left out, as often as it takes. */
  readonly patience?: number;
}

/** Closing some paths may open the view on others that were behind them; that ends, since each is taken once. */
const MAX_ROUNDS = 8;
const MAX_WIDER = 24;
const MAX_TRIES = 400;

/**
 * The fewest changes that were found to close all wanted paths: a minimum cut for each rule, worst severity first, with
 * what is chosen already for free; then, last first, what became redundant is dropped. Made in a copy and looked at again.
 */
export function closing(question: ClosingQuestion): Closing {
  const run = new Run(question);
  run.choose();
  const ways = run.apart();
  // As many changes as are needed: none can be redundant.
  if (run.changes.length > ways.length) run.drop();
  if (run.changes.length > ways.length) run.widen(ways.length);
  return {
    changes: [...run.changes].sort((a, b) => byCodeUnit(changeKey(a), changeKey(b))),
    apart: ways,
    beyond: run.beyond(),
    left: run.left(),
    settled: run.settled,
  };
}

/** The wanted paths that come back when one of the changes is not made. */
export function closedBy(
  question: ClosingQuestion,
  changes: readonly Change[],
  change: Change,
): readonly string[] {
  const rules = wayRules(question.rules);
  const world = supposing(question.world, suppose(changes.filter((each) => each !== change)));
  return pathsIn(world, rules).map(nameOf);
}

const wayRules = (rules: readonly Rule[]): WayRule[] =>
  rules
    .flatMap((rule) => (tellsWay(rule.form) ? [{ rule, form: rule.form }] : []))
    .sort((a, b) => rankOf(a.rule.severity) - rankOf(b.rule.severity) || byCodeUnit(a.rule.id, b.rule.id));

const pathsIn = (world: World, rules: readonly WayRule[]): Hit[] => [
  ...evaluateIn(
    world,
    rules.map(({ rule }) => rule),
  ).hits,
];

/** Finds all changes that could close a way of one rule. */
function closersOn(world: World, { form }: WayRule): (walk: readonly Step[]) => Closers {
  const closers = closersIn(world, stopsOf(form));
  return (walk) => closers(form.is === 'path' ? walk : guarded(walk));
}

/** The steps of an attack on which something may stop it: from the agent on, or where there is none the last. */
function guarded(walk: readonly Step[]): readonly Step[] {
  const bent = walk.findIndex(({ to }) => to.component?.kind === 'agent');
  return walk.slice(bent);
}

/** A path finding is a rule and a target, or what it is about. */
export const nameOf = ({ rule, subject }: Hit): string => `${rule.id} ${subject[0]}`;

class Run {
  changes: Change[] = [];
  settled = true;
  private patience: number;
  private readonly question: ClosingQuestion;
  private readonly ways = new Map<WayRule, readonly OpenWay[]>();
  private readonly rules: readonly WayRule[];
  private readonly world: World;
  private readonly hits: readonly Hit[];
  /** Names of paths that may stay: nobody wants them closed. */
  private readonly spared: ReadonlySet<string>;
  /** Names of paths to close, with what came into view. */
  private readonly wanted: Set<string>;
  /** Names of paths that no place closes. */
  private readonly lost: Set<string> = new Set();

  constructor(question: ClosingQuestion) {
    this.question = question;
    this.world = question.world;
    const rules = wayRules(question.rules);
    const found = pathsIn(this.world, rules);
    // Over what people build with, which is no part of the graph, no way leads.
    this.hits = found.filter(({ walk = [] }) => walk.length > 0);
    this.rules = rules;
    this.patience = question.patience ?? Number.POSITIVE_INFINITY;
    this.wanted = new Set(question.wanted(this.hits));
    this.spared = new Set(found.map(nameOf).filter((name) => !this.wanted.has(name)));
  }

  /** Adds changes until nothing is left but what no change closes. */
  choose(): void {
    for (let round = 0; round < MAX_ROUNDS && this.wanted.size > 0; round++) {
      for (const each of this.rules) {
        const targets = this.targetsOf(each);
        if (targets.size === 0) continue;
        const cut = cutOf(this.worldWith(this.changes), each, targets, (change) => this.rank(change));
        if (this.changes.length === 0) this.ways.set(each, cut.ways);
        const known = new Set(this.changes.map(changeKey));
        this.changes.push(...cut.changes.filter((change) => !known.has(changeKey(change))));
        for (const id of cut.beyond) this.lost.add(`${each.rule.id} ${id}`);
      }
      const open = this.openWith(this.changes);
      if (open.length === 0) return;
      for (const hit of open) this.wanted.add(nameOf(hit));
    }
  }

  drop(): void {
    this.changes = this.without(this.changes);
  }

  /**
   * Tries changes that no place of a cut stands for, since they close several at once (a whole tool, a host, what calls):
   * each that makes at least two others redundant is taken in their place, until there are no more than are needed.
   */
  widen(needed: number): void {
    // Systems with hundreds of changes have other troubles.
    this.patience = Math.min(this.patience, MAX_TRIES);
    let closers = this.closersOfEach();
    for (const change of this.wider()) {
      if (this.changes.length <= needed || this.patience <= 0) return;
      const key = changeKey(change);
      const hopeful = this.changes.filter((each) => closers.get(each)!.every((all) => all.has(key)));
      if (hopeful.length < 2) continue;
      const fewer = this.without([change, ...this.changes], new Set(hopeful));
      // Not all of what is redundant was looked for.
      if (this.patience < 0) return;
      if (fewer.length >= this.changes.length) continue;
      this.changes = fewer;
      closers = this.closersOfEach();
    }
  }

  /** What would close each way that is open when one of the changes is not made: who is to take its place closes all. */
  private closersOfEach(): Map<Change, readonly Closers[]> {
    const ofRule = new Map(this.rules.map((each) => [each.rule, closersOn(this.world, each)]));
    return new Map(
      this.changes.map((change) => {
        this.patience--;
        const open = this.openWith(this.changes.filter((each) => each !== change));
        return [change, open.map(({ rule, walk = [] }) => ofRule.get(rule)!(walk))];
      }),
    );
  }

  /** Changes that close more than one way of the cuts, those that close most first. */
  private wider(): Change[] {
    const found = new Map<string, { readonly change: Change; closes: number }>();
    for (const { closers } of this.rules.flatMap((each) => this.waysOf(each))) {
      for (const [key, change] of closers) {
        const known = found.get(key) ?? { change, closes: 0 };
        known.closes++;
        found.set(key, known);
      }
    }
    const fits = ({ subject, control }: Change) =>
      kindsOf(subject).some((kind) => this.question.vocabulary.get(control)?.for.includes(kind));
    return [...found]
      .filter(([, { change, closes }]) => closes > 1 && fits(change))
      .sort(([a, one], [b, other]) => other.closes - one.closes || byCodeUnit(a, b))
      .slice(0, MAX_WIDER)
      .map(([, { change }]) => change);
  }

  /** What is left of changes when each of `which` that the others make redundant goes, last first. */
  private without(all: readonly Change[], which: ReadonlySet<Change> = new Set(all)): Change[] {
    let changes = [...all];
    for (const change of all.filter((each) => which.has(each)).reverse()) {
      if (this.patience-- <= 0) {
        this.settled = false;
        return changes;
      }
      const others = changes.filter((each) => each !== change);
      if (this.openWith(others).length === 0) changes = others;
    }
    return changes;
  }

  /** Ways apart: those of each cut where every open way counts, and in any case the ways that were reported. */
  apart(): readonly OpenWay[] {
    // With a condition on the way as a whole, another way is not known to be reported.
    const isEach = ({ form }: WayRule) => form.is === 'visit' || form.when === null;
    const pools = this.rules.filter(isEach).map((each) => this.waysOf(each));
    const reported = this.rules.map((each) => {
      const closers = closersOn(this.world, each);
      return this.hits
        .filter(
          (hit) => hit.rule === each.rule && this.wanted.has(nameOf(hit)) && !this.lost.has(nameOf(hit)),
        )
        .map(({ rule, walk = [] }) => ({
          rule,
          nodes: [walk[0]!.from, ...walk.map(({ to }) => to)],
          closers: closers(walk),
        }));
    });
    return apart([...pools, ...reported].filter((pool) => pool.length > 0));
  }

  beyond(): Hit[] {
    if (this.lost.size === 0) return [];
    const names = new Set(pathsIn(this.worldWith(this.changes), this.rules).map(nameOf));
    return this.hits.filter((hit) => this.lost.has(nameOf(hit)) && names.has(nameOf(hit)));
  }

  left(): Hit[] {
    const { system, vocabulary, context } = this.question;
    const edited = withEdits(system, this.changes.map(editOf));
    // What cannot be made closes nothing.
    if (edited === null) return this.hits.filter((hit) => this.isOpen(hit));
    return pathsIn(worldOf(edited, vocabulary, context), this.rules).filter((hit) => this.isOpen(hit));
  }

  /** Ways of a rule that share no place, as they are before any change. */
  private waysOf(each: WayRule): readonly OpenWay[] {
    const known = this.ways.get(each);
    if (known) return known;
    const targets = this.targetsOf(each);
    const found = targets.size === 0 ? [] : cutOf(this.world, each, targets, () => 0).ways;
    this.ways.set(each, found);
    return found;
  }

  private targetsOf({ rule }: WayRule): Set<string> {
    const prefix = `${rule.id} `;
    const names = [...this.wanted].filter((name) => name.startsWith(prefix));
    return new Set(names.filter((name) => !this.lost.has(name)).map((name) => name.slice(prefix.length)));
  }

  /** How many of the rules that found something a control serves. */
  private rank({ control }: Change): number {
    return this.rules.filter(
      (each) => this.targetsOf(each).size > 0 && stopsOf(each.form).some((stop) => stop.control === control),
    ).length;
  }

  private openWith(changes: readonly Change[]): Hit[] {
    return pathsIn(this.worldWith(changes), this.rules).filter((hit) => this.isOpen(hit));
  }

  private isOpen(hit: Hit): boolean {
    const name = nameOf(hit);
    return !this.spared.has(name) && !this.lost.has(name);
  }

  private worldWith(changes: readonly Change[]): World {
    return changes.length === 0 ? this.world : supposing(this.world, suppose(changes));
  }
}

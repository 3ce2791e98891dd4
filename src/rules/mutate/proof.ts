import { addTo } from '../../finding/grouped.ts';
import type { System } from '../../model/system.ts';
import type { Anchor, Hit, Result } from '../hit.ts';
import { type Mutant, nameOf } from './mutant.ts';
import { OUTSIDE } from './network.ts';
import { mutantsOf } from './operators.ts';
import { mutated } from './trial.ts';

/** What the rules say of a system: the same run that lints it. */
export type Judge = (system: System) => Result;

/** How one mutant is named in a list of equivalents. */
export type MutantName = Pick<Mutant, 'operator' | 'on' | 'key'>;

/** A change that somebody says changes nothing, because something else protects the same. */
export interface Equivalent extends MutantName {
  /** What has to go as well before anybody can notice. */
  readonly partners: readonly MutantName[];
  readonly reason: string;
  /** Where the entry is written. */
  readonly anchor: Anchor;
}

/**
 * What became of a mutant. `unjudged`: no finding, but a rule says that it could not judge any more; that is no proof.
 * `equivalent`: listed, and noticed as soon as its partners go too. `refused`: the language does not allow it.
 */
export const OUTCOMES_OF_MUTANTS = ['noticed', 'unjudged', 'survived', 'equivalent', 'refused'] as const;

export interface Tried {
  readonly mutant: Mutant;
  readonly outcome: (typeof OUTCOMES_OF_MUTANTS)[number];
  /** Ids of the rules that noticed it, or with its partners. */
  readonly by: readonly string[];
  /** The entry by which it is equivalent. */
  readonly entry: Equivalent | null;
}

/** An entry of the list of equivalents that does not hold. */
export interface WrongEntry {
  readonly entry: Equivalent;
  readonly message: string;
}

export interface Proof {
  readonly tried: readonly Tried[];
  readonly wrong: readonly WrongEntry[];
}

/** Makes the mutants of a system one at a time, and has each judged; then asks what the equivalents are worth. */
export function prove(system: System, judge: Judge, equivalents: readonly Equivalent[]): Proof {
  const trials = new Trials(system, judge);
  const entries = new Map(equivalents.map((entry) => [nameOf(entry), entry]));
  const wrong = new Map<Equivalent, string>();
  for (const entry of equivalents) {
    const message = entries.get(nameOf(entry)) === entry ? trials.mistakeIn(entry) : 'is listed twice';
    if (message !== null) wrong.set(entry, message);
  }
  const tried = trials.mutants.map((mutant): Tried => {
    const alone = trials.alone(mutant);
    const entry = entries.get(nameOf(mutant)) ?? null;
    if (entry === null || wrong.has(entry) || !isOpen(alone)) return { ...alone, entry: null };
    return { mutant, outcome: 'equivalent', by: trials.together(entry, mutant), entry };
  });
  return { tried, wrong: [...wrong].map(([entry, message]) => ({ entry, message })) };
}

type Alone = Omit<Tried, 'entry'>;

const isOpen = ({ outcome }: Alone): boolean => outcome === 'survived' || outcome === 'unjudged';

class Trials {
  readonly mutants: readonly Mutant[];
  private readonly system: System;
  private readonly judge: Judge;
  private readonly before: Known;
  private readonly byName = new Map<string, Mutant[]>();
  private readonly outcomes = new Map<Mutant, Alone>();

  constructor(system: System, judge: Judge) {
    this.system = system;
    this.judge = judge;
    this.mutants = mutantsOf(system);
    this.before = known(judge(system));
    for (const mutant of this.mutants) {
      addTo(this.byName, nameOf(mutant), mutant);
    }
  }

  alone(mutant: Mutant): Alone {
    const earlier = this.outcomes.get(mutant);
    if (earlier) return earlier;
    const outcome = this.tryAlone(mutant);
    this.outcomes.set(mutant, outcome);
    return outcome;
  }

  /** What is wrong with an entry; null when it holds for each mutant that it names. */
  mistakeIn(entry: Equivalent): string | null {
    const meant = this.byName.get(nameOf(entry)) ?? [];
    if (meant.length === 0) return 'names a change that nobody can make here any more';
    for (const partner of entry.partners)
      if (!this.byName.has(nameOf(partner))) return `names a partner that is not there: ${said(partner)}`;
    for (const mutant of meant) {
      const { outcome, by } = this.alone(mutant);
      if (outcome === 'refused') return 'names a change that the language refuses';
      if (outcome === 'noticed') return `is not needed: ${by.join(', ')} notices the change by itself`;
      if (this.together(entry, mutant).length === 0) return 'is not noticed either when its partners go too';
    }
    return null;
  }

  /** Ids of rules that notice a mutant together with its partners, and not the partners without it. */
  together(entry: Equivalent, mutant: Mutant): readonly string[] {
    const partners = entry.partners.flatMap((each) => this.byName.get(nameOf(each)) ?? []);
    if (partners.includes(mutant)) return [];
    const [without, both] = [mutated(this.system, partners), mutated(this.system, [...partners, mutant])];
    if (without === null || both === null) return [];
    const others = known(this.judge(without));
    return noticedBy(this.judge(both).hits, [this.before, others]);
  }

  private tryAlone(mutant: Mutant): Alone {
    const system = mutated(this.system, [mutant]);
    if (system === null) return { mutant, outcome: 'refused', by: [] };
    const result = this.judge(system);
    const by = noticedBy(result.hits, [this.before]);
    if (by.length > 0) return { mutant, outcome: 'noticed', by };
    const isDoubtful = result.doubts.some(
      ({ rule, subject }) => !this.before.doubts.has(keyOf(rule, subject)),
    );
    return { mutant, outcome: isDoubtful ? 'unjudged' : 'survived', by: [] };
  }
}

/** What a run found: for each finding, where an attacker may start; nothing for findings that are no path. */
interface Known {
  readonly hits: ReadonlyMap<string, ReadonlySet<string>>;
  readonly doubts: ReadonlySet<string>;
}

const known = ({ hits, doubts }: Result): Known => ({
  hits: new Map(hits.map((hit) => [keyOf(hit.rule, hit.subject, hit.detail), new Set(hit.sources)])),
  doubts: new Set(doubts.map(({ rule, subject }) => keyOf(rule, subject))),
});

const keyOf = ({ id }: Hit['rule'], subject: readonly string[], detail = ''): string =>
  JSON.stringify([id, subject, detail]);

/** Rules with a finding that none of `earlier` has; a path with one more place to start from is another one. */
function noticedBy(hits: readonly Hit[], earlier: readonly Known[]): string[] {
  const fresh = hits.filter((hit) => {
    // A zone that only a mutant has proves nothing by itself.
    if (hit.subject.length === 1 && hit.subject[0] === OUTSIDE) return false;
    return earlier.every(({ hits: before }) => {
      const sources = before.get(keyOf(hit.rule, hit.subject, hit.detail));
      return sources === undefined || hit.sources?.some((source) => !sources.has(source)) === true;
    });
  });
  return [...new Set(fresh.map(({ rule }) => rule.id))].sort();
}

/** A mutant as messages name it. */
export const said = ({ operator, on, key }: MutantName): string =>
  `${operator} ${on.length === 0 ? 'system' : on.join(' → ')} ${key}`;

import type { Risk } from '../finding/finding.ts';
import type { DataMap, Path, YamlFile } from '../model/yaml.ts';
import type { Step } from './graph.ts';
import type { RuleOf } from './rule.ts';
import type { Expression } from './vocabulary.ts';

export type Rule = RuleOf<Expression>;

/** A place by name: keys from the top of a file. Lines are looked up when the finding is made. */
export interface Anchor {
  readonly origin: YamlFile;
  readonly path: Path;
}

/** What a rule found, before anybody asks for lines. */
export interface Hit {
  readonly rule: Rule;
  /** Ids of what it is about. */
  readonly subject: readonly string[];
  /** Tells hits of one rule on one subject apart: the key below it, or the key an edge stands under. */
  readonly detail: string;
  readonly at: string;
  /** Put together when somebody asks, like the remedy's patch: a search for changes makes thousands of hits and reads none. */
  readonly message: () => string;
  readonly anchor: Anchor;
  /** Where the remedy's patch goes. */
  readonly fixAt: Anchor;
  readonly edit: () => DataMap;
  readonly steps?: readonly HitStep[];
  readonly sources?: readonly string[];
  /** For an attack path: the steps of the graph that `steps` tells of, without the start. Empty where none was found. */
  readonly walk?: readonly Step[];
  /** Asks once more what made this a hit: for `explain`, which listens to what is read. */
  readonly again: () => void;
}

export interface HitStep extends Anchor {
  readonly node: string;
  readonly text: string;
}

/** A check that could not judge. */
export interface Doubt {
  readonly rule: Rule;
  readonly subject: readonly string[];
  readonly facts: readonly string[];
  readonly anchor: Anchor;
}

export interface Result {
  readonly hits: readonly Hit[];
  readonly doubts: readonly Doubt[];
  /** The risk of one of the hits, worked out when somebody asks; left out where nobody will. */
  readonly assess?: (hit: Hit) => Assessed;
}

/** A risk whose sentences are only put together when somebody asks: most reports show the score alone. */
export interface Assessed extends Omit<Risk, 'why'> {
  readonly why: () => Risk['why'];
}

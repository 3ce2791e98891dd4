import type { System } from '../model/system.ts';
import type { Data, DataMap } from '../model/yaml.ts';
import { evaluate } from './evaluate.ts';
import type { Rule } from './hit.ts';
import type { FactPlace } from './trace-fact.ts';
import { withEdit } from './trial.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Context } from './world.ts';

/** What rules would say if a fact was declared. */
export interface Outcome {
  readonly value: string;
  /** Rules that would find something they do not find now. */
  readonly finds: readonly string[];
  /** Rules that still could not judge, with the facts that they wait for then. */
  readonly waits: readonly { readonly rule: string; readonly facts: readonly string[] }[];
}

/** A check that waits for the fact. */
export interface Waiting {
  readonly rule: Rule;
  readonly subject: readonly string[];
}

/** For every value that a fact may take: what the checks that wait for it would say then. */
export function outcomes(
  system: System,
  fact: FactPlace,
  values: readonly string[],
  checks: readonly Waiting[],
  vocabulary: Vocabulary,
  context: Context,
): Outcome[] {
  const rules = [...new Set(checks.map(({ rule }) => rule))];
  const names = new Set(checks.map(nameOf));
  const before = new Set(evaluate(system, rules, vocabulary, context).hits.map(nameOf));
  return values.flatMap((value) => {
    const edited = withEdit(system, fact.at, editFor(fact, value));
    if (!edited) return [];
    const { hits, doubts } = evaluate(edited, rules, vocabulary, context);
    const added = hits.filter((hit) => !before.has(nameOf(hit))).map(({ rule }) => rule.id);
    const waits = doubts
      .filter((doubt) => names.has(nameOf(doubt)))
      .map(({ rule, facts }) => ({ rule: rule.id, facts }));
    return [{ value, finds: [...new Set(added)], waits }];
  });
}

/** The merge patch that declares a fact. */
export function editFor({ keys, field }: FactPlace, value: string): DataMap {
  const written: Data = field.form === 'bool' ? value === 'true' : value;
  return keys.reduceRight<Data>((inner, key) => ({ [key]: inner }), written) as DataMap;
}

const nameOf = ({ rule, subject, detail }: Waiting & { readonly detail?: string }): string =>
  JSON.stringify([rule.id, subject, detail]);

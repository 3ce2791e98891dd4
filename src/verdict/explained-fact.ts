import type { Placed, Unknown } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import type { Severity } from '../finding/severity.ts';
import type { System } from '../model/system.ts';
import { writeEdit } from '../model/write-yaml.ts';
import type { Rule } from '../rules/hit.ts';
import { decisive, type FactPlace, findFact } from '../rules/trace-fact.ts';
import { editFor, type Outcome, outcomes } from '../rules/trace-unknown.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Context } from '../rules/world.ts';
import { placeOf, written } from './explained.ts';
import { type Described, meaningOf, valuesOf } from './fact-values.ts';

/** One fact: what it says, who waits for it, and what would follow from each value. */
export interface ExplainedFact extends Placed {
  readonly system: string;
  /** As it was asked for. */
  readonly name: string;
  /** What to declare: the same, or what really decides. */
  readonly declare: string;
  /** What the language says about it. */
  readonly means: string;
  /** null for what nobody declared. */
  readonly value: string | null;
  readonly waiting: readonly WaitingRule[];
  readonly values: readonly ExplainedValue[];
  /** Values are examples: others may stand there too. */
  readonly isOpen: boolean;
  readonly fix: { readonly file: string; readonly path: readonly string[]; readonly yaml: string };
}

export interface WaitingRule {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  /** What it could not judge. */
  readonly subjects: readonly (readonly string[])[];
}

export interface ExplainedValue extends Outcome {
  readonly means: string;
}

/** What explaining a fact takes. */
export interface FactTask {
  readonly system: System;
  /** Checks that wait for it. */
  readonly unknown: readonly Unknown[];
  /** Rules that run on this system. */
  readonly rules: readonly Rule[];
  readonly vocabulary: Vocabulary;
  readonly context: Context;
  /** The schema of the language, for what its keys mean. */
  readonly schema: Described;
}

/** Explains the fact of this name; null when the language has no such fact there. */
export function explainFact(name: string, task: FactTask): ExplainedFact | null {
  const { system, schema } = task;
  const asked = findFact(system, name);
  if (!asked) return null;
  const fact = decisive(system, asked);
  const { values, isOpen } = valuesOf(system, schema, fact);
  const checks = task.unknown.flatMap(({ rule: id, subject }) => {
    const rule = task.rules.find((each) => each.id === id);
    return rule ? [{ rule, subject }] : [];
  });
  const said = outcomes(system, fact, values, checks, task.vocabulary, task.context);
  return {
    system: mask(system.name),
    name: mask(name),
    declare: mask(fact.name),
    means: meaningOf(schema, fact).says,
    ...placeOf(fact.value === undefined ? fact.owner : below(fact)),
    value: written(fact.value),
    waiting: waitingRules(task),
    values: said.map((each) => ({ ...each, means: meaningOf(schema, fact).of(each.value, system) })),
    isOpen,
    fix: fixOf(fact, values[0] ?? ''),
  };
}

const below = ({ owner, keys }: FactPlace) => ({ ...owner, path: [...owner.path, ...keys] });

function fixOf(fact: FactPlace, value: string): ExplainedFact['fix'] {
  return {
    file: fact.at.origin.source.file,
    path: fact.at.path.map(mask),
    yaml: mask(writeEdit(fact.at.path, editFor(fact, value))),
  };
}

function waitingRules({ rules, unknown }: FactTask): WaitingRule[] {
  return rules.flatMap(({ id, title, severity, why }) => {
    const subjects = unknown.filter(({ rule }) => rule === id).map(({ subject }) => subject);
    return subjects.length === 0 ? [] : [{ rule: id, title, severity, why, subjects }];
  });
}

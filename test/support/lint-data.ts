import type { Finding, Unknown } from '../../src/finding/finding.ts';
import type { System } from '../../src/model/system.ts';
import type { Data, DataMap } from '../../src/model/yaml.ts';
import { isDataMap, readYaml } from '../../src/model/yaml.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import type { Rule } from '../../src/rules/hit.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { place } from '../../src/verdict/place.ts';
import { DESCRIPTIONS } from './descriptions.ts';
import { dataOf, ruleFiles, systemOf } from './pack.ts';
import { Random } from './random.ts';
import { type Placed, randomSystem } from './random-system.ts';

const pack = builtInPack();

/** The rules as users run them, experimental ones too. */
export const rules: readonly Rule[] = pack.rules;
export const controls: readonly Placed[] = [...pack.vocabulary.values()];

/** What a run says about one description. */
export interface Report {
  readonly system: System;
  readonly findings: readonly Finding[];
  readonly unknown: readonly Unknown[];
}

/** Lints plain data; evidence counts as there, and the day is that of rule tests. */
export const lintData = (data: Data, which: readonly Rule[] = rules): Report =>
  lintSystem(systemOf(data), which);

/** The same for a system that is built already. */
export const lintSystem = (system: System, which: readonly Rule[]): Report => ({
  system,
  ...place(system, evaluate(system, which, pack.vocabulary, contextOf([]))),
});

/** The same rules when none of them keeps another silent. */
export const outspoken = (which: readonly Rule[]): Rule[] =>
  which.map((rule) => ({ ...rule, supersedes: [] }));

/** Sections about findings and files, which no property here is about. */
const ABOUT_RUNS = ['include', 'assert', 'waivers'];

/** The examples, some of the models that rule tests carry, and random systems: the same ones every time. */
export function someSystems(
  models: number,
  random: number,
): { readonly name: string; readonly data: DataMap }[] {
  const examples = DESCRIPTIONS.map(({ name, text }) => ({
    name,
    data: readYaml(name, text).data as DataMap,
  }));
  const tests = ruleFiles.flatMap(({ name, tests }) => tests.map((test) => ({ name, test })));
  const carried = new Random(models)
    .shuffled(tests)
    .slice(0, models)
    .map(({ name, test }) => ({ name: `${name}: ${test.name}`, data: dataOf(test) as DataMap }));
  const systems = Array.from({ length: random }, (_, i) => ({
    name: `random ${i + 1}`,
    data: randomSystem(new Random(i + 1), controls),
  }));
  const all = [...examples, ...carried, ...systems].filter(({ data }) => isDataMap(data));
  return all.map(({ name, data }) => ({ name, data: without(data, ABOUT_RUNS) }));
}

const without = (data: DataMap, keys: readonly string[]): DataMap =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));

/** What findings say, less where it is written and which system it is in. */
export const said = ({
  findings,
  unknown,
}: Omit<Report, 'system'>): { findings: unknown[]; unknown: unknown[] } => ({
  findings: inOrder(
    findings.map(({ rule, severity, subject, at, message, fix, steps, sources }) => ({
      ...{ rule, severity, subject, at, message, sources },
      fix: { path: fix.path, edit: fix.edit },
      steps: steps?.map(({ node, text }) => ({ node, text })),
    })),
  ),
  unknown: inOrder(unknown.map(({ rule, subject, facts }) => ({ rule, subject, facts }))),
});

const inOrder = (list: unknown[]): unknown[] =>
  list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

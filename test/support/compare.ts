import type { Problem } from '../../src/finding/finding.ts';
import { loadText } from '../../src/model/load.ts';
import type { System } from '../../src/model/system.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { compare, type Side } from '../../src/verdict/compare.ts';
import type { Comparison } from '../../src/verdict/comparison.ts';
import { place } from '../../src/verdict/place.ts';

const pack = builtInPack();
const rules = pack.rules.filter(({ profile }) => profile !== null);
const context = { asOf: Date.parse('2026-11-01T00:00:00Z') / 1000, evidence: () => '' };

/** One description as a side, with everything the rules find in it. */
export function side(...texts: readonly string[]): Side {
  const systems = texts.map((text, i) => system(text, `${i}.maestro.yaml`));
  const found = systems.map((each) => linted(each));
  return {
    systems: systems.map((each) => ({ system: each, relint: (other) => linted(other).findings })),
    verdict: {
      version: '0.0.0',
      complete: true,
      files: [],
      findings: found.flatMap(({ findings }) => findings),
      waived: [],
      known: [],
      warnings: [],
      comparison: null,
      unknown: found.flatMap(({ unknown }) => unknown),
      errors: [],
      rules: [],
    },
  };
}

const linted = (each: System) => place(each, evaluate(each, rules, pack.vocabulary, context));

function system(text: string, file: string): System {
  const loaded = loadText(file, text);
  if (loaded.is !== 'system')
    throw new Error(JSON.stringify((loaded as { problems?: readonly Problem[] }).problems));
  return loaded.system;
}

export const comparing = (base: string, head: string): Comparison => compare(side(base), side(head));

/** A description without the first lines that all have; `name` is that of the system. */
export const sections = (text: string, name = 'desk'): string =>
  `maestro: 1\nsystem: { name: ${name} }\n${text.replace(/^\n/, '')}`;

/** Everything that differs, as short lines. */
export function said(comparison: Comparison): string[] {
  const { added, grown, fixed, grants, controls, components } = comparison;
  return [
    ...added.map(({ rule, subject }) => `added ${rule} ${subject.join(' ')}`),
    ...grown.map(
      ({ finding, how }) => `grown ${finding.rule} ${finding.subject.join(' ')}: ${how.join('; ')}`,
    ),
    ...fixed.map(({ rule, subject }) => `fixed ${rule} ${subject.join(' ')}`),
    ...grants.widened.flatMap(({ agent, tool, how }) => how.map((each) => `wider ${agent} ${tool}: ${each}`)),
    ...grants.narrowed.flatMap(({ agent, tool, how }) =>
      how.map((each) => `narrower ${agent} ${tool}: ${each}`),
    ),
    ...controls.added.map(({ subject, control, how }) => `control ${subject.join(' ')} ${control}: ${how}`),
    ...controls.removed.map(({ subject, control, how }) => `lost ${subject.join(' ')} ${control}: ${how}`),
    ...controls.weakened.map(({ subject, control, how }) => `weaker ${subject.join(' ')} ${control}: ${how}`),
    ...components.added.map(({ id }) => `new ${id}`),
    ...components.removed.map(({ id }) => `gone ${id}`),
    ...components.renamed.map(({ from, to }) => `renamed ${from} ${to}`),
  ];
}

/** The same without what rules say. */
export const facts = (base: string, head: string): string[] =>
  said({ ...comparing(base, head), added: [], grown: [], fixed: [] });

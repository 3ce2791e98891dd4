import { python, typescript } from '../../src/discover/code/code-reader.ts';
import type { Fact, Reading } from '../../src/discover/fact.ts';

export type Files = Readonly<Record<string, string>>;

/** What the first of these files shows; the others are there to be imported. */
export function reading(files: Files): Reading {
  const [path] = Object.keys(files);
  const reader = path!.endsWith('.py') ? python : typescript;
  return reader.read(path!, files[path!]!, (other) => files[other] ?? null) ?? { facts: [], unread: [] };
}

export const factsOf = (files: Files): readonly Fact[] => reading(files).facts;

export const agentsIn = (facts: readonly Fact[]): string[] =>
  facts.filter(({ kind }) => kind === 'agent').map(({ name }) => name);

export const agentCalled = (facts: readonly Fact[], name: string): Fact =>
  facts.find((fact) => fact.kind === 'agent' && fact.name === name)!;

/** What an agent uses: names, and why there is none. */
export const linksOf = (facts: readonly Fact[], name: string, as: string): string[] =>
  agentCalled(facts, name)
    .links.filter((link) => link.as === as)
    .map(({ to, unresolved }) => (unresolved ? `? ${unresolved}` : to));

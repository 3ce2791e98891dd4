import type { Fact, FactValue } from '../fact.ts';
import type { Draft } from './component.ts';
import { joined, joinedAll } from './merge.ts';

const texts = (fact: Fact, key: string): readonly string[] => {
  const value = fact.attributes[key]?.value;
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
};

/** What policies that choose by label say about the workloads they choose: where traffic may go, who can come in. */
export function applySelectors(policies: readonly Fact[], drafts: readonly Draft[]): void {
  for (const policy of policies) {
    const said = (['egress', 'exposure'] as const).filter((key) => policy.attributes[key]);
    if (!policy.attributes['selector'] || said.length === 0) continue;
    const wanted = texts(policy, 'selector');
    for (const host of drafts) {
      const pod = host.facts.find(
        ({ reader, attributes }) => reader === policy.reader && attributes['labels'],
      );
      if (!pod || !wanted.every((label) => texts(pod, 'labels').includes(label))) continue;
      if (String(texts(pod, 'namespace')) !== String(texts(policy, 'namespace'))) continue;
      for (const key of said) {
        const known = host.attributes[key];
        // Policies add up: what one of them opens is open.
        if (!known || rank(policy.attributes[key]!) > rank(known))
          host.attributes[key] = joined(policy.attributes[key]!, policy);
      }
    }
  }
}

const OPENNESS = ['none', 'loopback', 'private', 'allow-list', 'public', 'any'];
const rank = ({ value }: FactValue): number => OPENNESS.indexOf(String(value));

/** Controls that a policy shows for the components it covers, where they say nothing themselves. */
export function applyCover(policy: Fact, covered: readonly Draft[]): void {
  const shown = joinedAll(policy.controls, policy);
  for (const draft of covered) draft.controls = { ...shown, ...draft.controls };
}

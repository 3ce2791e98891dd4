import type { Finding } from '../finding/finding.ts';
import type { Verdict } from './verdict.ts';

/** What a change made of a finding: brought it, made it worse, or left it as it was. */
export type SinceBase = 'new' | 'grown' | 'unchanged';

/** Tells it for every finding of a verdict; null for a lint without a base. */
export function sinceBase({ comparison }: Verdict): ((finding: Finding) => SinceBase) | null {
  if (comparison === null) return null;
  const added = new Set(comparison.added.map(({ fingerprint }) => fingerprint));
  const grown = new Set(comparison.grown.map(({ finding }) => finding.fingerprint));
  return ({ fingerprint }) =>
    added.has(fingerprint) ? 'new' : grown.has(fingerprint) ? 'grown' : 'unchanged';
}

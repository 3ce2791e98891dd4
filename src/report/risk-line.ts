import { type Finding, WORST_RISK } from '../finding/finding.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { visible } from './escape.ts';
import { pressing } from './headline.ts';

/** The finding of a component with the highest risk, else of the system, and, with a base or a baseline, how the sum of all went; empty without any. */
export function riskLine(verdict: Verdict): string {
  const findings = pressing(verdict);
  // What is about the whole system is scored by what nobody declared of it, and says nothing of where to begin.
  const placed = findings.filter(({ subject }) => subject.join() !== WHOLE);
  const [worst, all] = [worstOf(placed) ?? worstOf(findings), worstOf(findings)];
  const trend = trendOf(verdict);
  const of = worst && all && worst.risk!.score < all.risk!.score ? ' of a component' : '';
  const named = worst
    ? `highest risk${of} ${worst.risk!.score} of ${WORST_RISK}: ${visible(worst.rule)} of ${worst.subject.map(visible).join(' → ')}`
    : '';
  return [named, trend].filter((part) => part !== '').join('; ');
}

/** The subject of what is about no component. */
const WHOLE = 'system';

/** Of several with the same risk the first, which has the worst severity. */
function worstOf(findings: readonly Finding[]): Finding | null {
  let worst: Finding | null = null;
  for (const finding of findings)
    if (finding.risk && (worst === null || finding.risk.score > worst.risk!.score)) worst = finding;
  return worst;
}

/** What there was before, and what there is now where that differs: of a base its own findings, of a baseline those that are still there. */
function trendOf({ comparison, known, findings }: Verdict): string {
  if (comparison) {
    const { added, grown, fixed, standing } = comparison;
    const before = sum([...fixed, ...standing, ...grown.map((each) => each.before)]);
    const now = sum([...added, ...standing, ...grown.map(({ finding }) => finding)]);
    return before === now ? '' : `sum of risks ${before} → ${now}`;
  }
  return known.length === 0
    ? ''
    : `sum of risks ${sum(known)} known, ${sum([...known, ...findings])} with what is new`;
}

const sum = (findings: readonly Finding[]): number =>
  findings.reduce((total, { risk }) => total + (risk?.score ?? 0), 0);

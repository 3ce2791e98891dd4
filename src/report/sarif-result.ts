import type { CodeFlow, Result, Location as SarifLocation } from 'sarif';
import { type Finding, type Risk, type Step, WORST_RISK } from '../finding/finding.ts';
import type { SinceBase } from '../verdict/since-base.ts';
import { sarifMessage } from './escape.ts';
import { riskJson } from './json.ts';
import { sarifPlace } from './sarif-place.ts';
import { LEVELS } from './sarif-rule.ts';

/** GitHub's limits for one result. */
const MAX_STEPS = 1000;
const MAX_RELATED = 100;

/** A finding as one result. `ruleIndex` is its rule's place in `tool.driver.rules`; `change` is there with a base only. */
export function sarifResult(finding: Finding, ruleIndex: number, change?: SinceBase): Result {
  const { severity, confidence, profile, system, subject, at, threats } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${sarifMessage(finding.message)}\nFix: ${sarifMessage(finding.fix.say)}` },
    locations: [sarifPlace(finding.location)],
    ...(finding.risk && { rank: rankOf(finding.risk) }),
    // Only a key of our own: one of GitHub's would be compared with what GitHub computes from lines.
    partialFingerprints: { 'maestroFingerprint/v1': finding.fingerprint },
    ...(finding.steps?.length && { codeFlows: [codeFlow(finding.steps)] }),
    ...relatedTo(finding),
    properties: {
      severity,
      confidence,
      profile,
      system,
      subject,
      at,
      threats,
      ...(finding.risk && { risk: riskJson(finding.risk) }),
      ...(change && { change }),
      ...(finding.sources && { sources: finding.sources }),
    },
  };
}

/** The risk from 0 to 100, as SARIF counts; one decimal. */
const rankOf = ({ score }: Risk): number => Math.round((score / WORST_RISK) * 1000) / 10;

/** The steps of an attack path, then what belongs to the finding besides. */
function relatedTo({ steps = [], related }: Finding): Pick<Result, 'relatedLocations'> {
  const places = [
    ...(related
      ? [{ ...sarifPlace(related.location), message: { text: sarifMessage(related.message) } }]
      : []),
  ];
  const walked = steps.slice(0, MAX_RELATED - places.length).map(stepPlace);
  const all = [...walked, ...places].map((place, i): SarifLocation => ({ id: i + 1, ...place }));
  return all.length === 0 ? {} : { relatedLocations: all };
}

/** The walk of an attacker. One that is too long keeps its start and the target. */
const codeFlow = (steps: readonly Step[]): CodeFlow => ({
  threadFlows: [
    {
      locations: (steps.length > MAX_STEPS
        ? [...steps.slice(0, MAX_STEPS - 1), steps[steps.length - 1]!]
        : steps
      ).map((step) => ({ location: stepPlace(step) })),
    },
  ],
});

const stepPlace = (step: Step): SarifLocation => ({
  ...sarifPlace(step.location),
  message: { text: sarifMessage(step.text) },
});

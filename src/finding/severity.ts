/** The four severities, worst first. The order of this list is the order of every report. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Which rules run: each profile includes the ones before it. A rule without a profile is experimental. */
export const PROFILES = ['essential', 'recommended', 'strict'] as const;
export type Profile = (typeof PROFILES)[number];

/** The layers of MAESTRO in the order of the Cloud Security Alliance, then the group of rules that span them. */
export const LAYERS = [
  'foundation-models',
  'data-operations',
  'agent-frameworks',
  'deployment-infrastructure',
  'evaluation-observability',
  'security-compliance',
  'agent-ecosystem',
  'cross-layer',
] as const;
export type Layer = (typeof LAYERS)[number];

/** 0 for the worst severity, 3 for the mildest: lower means worse. */
export const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** True when `severity` is as bad as `threshold` or worse. */
export const atLeast = (severity: Severity, threshold: Severity): boolean =>
  rankOf(severity) <= rankOf(threshold);

import { DRIFT_RULES } from '../discover/drift/rules.ts';
import { mask } from '../finding/secrets.ts';
import type { System } from '../model/system.ts';
import { ignoreComments } from '../model/yaml-comments.ts';
import type { Rule } from '../rules/hit.ts';
import type { Pack } from '../rules/pack.ts';
import { UNPROVEN } from '../rules/unproven.ts';
import { byWeight } from '../verdict/place.ts';
import { type Silenced, silence } from '../verdict/silence.ts';
import type { SilencePolicy } from '../verdict/silence-policy.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** One system of a run with the rules that ran on it. */
export interface Ran {
  readonly system: System;
  readonly rules: readonly Rule[];
  /** Ids of what else looked at it. */
  readonly others?: readonly string[];
}

/** What of a run counts, by what its descriptions say and by what lies around them. */
export function silenceRun(
  { findings, unknown }: Pick<Verdict, 'findings' | 'unknown'>,
  ran: readonly Ran[],
  pack: Pack,
  policy: SilencePolicy,
  asOf: number,
): Silenced {
  const systems = ran.map(({ system, rules, others = [] }) => {
    const name = mask(system.name);
    const named = findings.filter((finding) => finding.system === name);
    return {
      name,
      waivers: system.waivers.filter(({ origin }) => system.files.includes(origin)),
      comments: system.files.flatMap(ignoreComments),
      ids: new Set([
        ...idsOf(system),
        ...named.flatMap(({ subject, sources = [] }) => [...subject, ...sources]),
      ]),
      rules: new Set([...rules.map(({ id }) => id), ...others]),
    };
  });
  const stated = ran.flatMap((one) => one.rules.filter((rule) => rule.stated !== undefined));
  const rules = [...pack.rules, ...DRIFT_RULES, UNPROVEN, ...stated].map(({ id }) => id);
  const unseen = new Set(
    DRIFT_RULES.map(({ id }) => id).filter((id) => !systems.some((system) => system.rules.has(id))),
  );
  const silenced = silence({ findings, unknown, systems, rules, unseen, asOf }, policy);
  return { ...silenced, findings: [...silenced.findings].sort(byWeight) };
}

const idsOf = (system: System): string[] => [
  'system',
  system.name,
  ...system.components.flatMap(({ id, actions }) => [id, ...actions.map((action) => action.id)]),
];

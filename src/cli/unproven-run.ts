import type { Severity } from '../finding/severity.ts';
import type { Pack } from '../rules/pack.ts';
import { UNPROVEN, unproven } from '../rules/unproven.ts';
import type { Context } from '../rules/world.ts';
import { driftUrl } from '../verdict/pages.ts';
import { place } from '../verdict/place.ts';
import { type After, ruleInfo } from './run.ts';

/** Asks for evidence wherever a finding of this severity or a worse one would fire without a control. */
export const unprovenAfter =
  (severity: Severity, pack: Pack, context: Context): After =>
  async (ran) => ({
    findings: ran.flatMap(({ system, rules }) => {
      return place(system, unproven(system, rules, severity, pack.vocabulary, context)).findings;
    }),
    rules: [{ ...ruleInfo({ ...UNPROVEN, severity }, pack), url: driftUrl(UNPROVEN.id) }],
    ran: () => [UNPROVEN.id],
  });

/** One look after another. */
export const both =
  (first: After, second: After): After =>
  async (ran, findings) => {
    const [a, b] = [await first(ran, findings), await second(ran, findings)];
    return {
      findings: [...a.findings, ...b.findings],
      rules: [...a.rules, ...b.rules],
      ran: (one) => [...a.ran(one), ...b.ran(one)],
    };
  };

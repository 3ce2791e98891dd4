import { asserts } from '../model/assertions.ts';
import type { System } from '../model/system.ts';
import type { Stated } from '../rules/assert.ts';
import type { Pack } from '../rules/pack.ts';
import type { SilencePolicy } from '../verdict/silence-policy.ts';

/** What finding the assertions of a system takes. */
export interface StatedGround {
  readonly pack: Pack;
  readonly silence?: Pick<SilencePolicy, 'assertions'>;
}

/** What a system asserts, as rules. Nearly every system asserts nothing, and then nothing is loaded for it. */
export async function statedBy(system: System, { pack, silence }: StatedGround): Promise<Stated> {
  const beside = silence?.assertions ?? [];
  if (beside.length === 0 && !system.files.some(asserts)) return NOTHING;
  const { assertionRules } = await import('./assert-rules.ts');
  return assertionRules(system, beside, pack.vocabulary);
}

const NOTHING: Stated = { rules: [], problems: [] };

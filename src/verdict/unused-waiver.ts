import type { Finding, Problem } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import type { Waiver } from '../model/waivers.ts';
import { type Loud, remarkAt, type SilencedSystem } from './loud.ts';
import { isAbout, isMeant, startsFit } from './waiver-fits.ts';

/**
 * That a waiver fits no finding; nothing where its rule did not run or could not judge, since there may be one all the
 * same.
 */
export function unusedWaiver(
  waiver: Waiver,
  systems: readonly SilencedSystem[],
  { findings, unknown }: Loud,
): Problem[] {
  const { rule, origin, path } = waiver;
  const names = new Set(systems.filter(({ rules }) => rules.has(rule)).map(({ name }) => name));
  if (names.size === 0) return [];
  const same = (each: { rule: string; system: string }) => each.rule === rule && names.has(each.system);
  if (unknown.some((each) => same(each) && isAbout(waiver, each))) return [];
  const nearest = findings.filter((each) => same(each) && isNear(waiver, each))[0];
  const message = `This waiver fits no finding of ${mask(rule)}`;
  const suggestion = nearest ? difference(waiver, nearest) : 'Remove it, so that it hides nothing later';
  return [remarkAt(origin, path, 'waiver-unused', message, suggestion)];
}

/** A finding on the same ids, in whatever order. */
const isNear = ({ component }: Waiver, { subject }: Finding): boolean =>
  [...component].sort().join('\n') === [...subject].sort().join('\n');

/** What keeps a waiver from accepting a finding that is nearly the one it names. */
function difference(waiver: Waiver, finding: Finding): string {
  if (!isAbout(waiver, finding)) return `The finding names [${finding.subject.join(', ')}], in this order`;
  if (!startsFit(waiver, finding)) {
    const others = (finding.sources ?? []).filter((source) => !waiver.sources?.includes(source));
    return others.length > 0
      ? `An attacker can also start from ${others.join(', ')}`
      : 'The finding is about no attack path: leave `sources` out';
  }
  return isMeant(waiver, finding) ? 'Remove it' : `The finding has the fingerprint ${finding.fingerprint}`;
}

import type { Finding } from '../finding/finding.ts';
import type { Waiver } from '../model/waivers.ts';

/** What findings about the system as a whole name. */
const WHOLE: ReadonlySet<string> = new Set(['system', 'controls']);

/** Whether a waiver is about the subject of a finding: the same ids in the same order, or the system by its name. */
export function isAbout(
  { component }: Waiver,
  { subject, system }: Pick<Finding, 'subject' | 'system'>,
): boolean {
  const [only] = subject;
  if (subject.length === 1 && component.length === 1 && WHOLE.has(only!) && component[0] === system)
    return true;
  return component.length === subject.length && component.every((id, i) => id === subject[i]);
}

/**
 * Whether a waiver of the same system and rule accepts a finding. One that names where an attacker starts does not
 * accept a path that can also start elsewhere.
 */
export const fits = (waiver: Waiver, finding: Finding): boolean =>
  isAbout(waiver, finding) && startsFit(waiver, finding) && isMeant(waiver, finding);

export const startsFit = ({ sources }: Waiver, finding: Finding): boolean =>
  sources === null || (finding.sources?.every((source) => sources.includes(source)) ?? false);

export const isMeant = ({ fingerprint }: Waiver, finding: Finding): boolean =>
  fingerprint === null || finding.fingerprint.startsWith(fingerprint);

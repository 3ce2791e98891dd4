import { hash } from 'node:crypto';

/**
 * Identity of a finding over time: the rule, the system and the stable ids of what it is about.
 * Files, lines, indexes, counts and written values never go in, so that moving text changes nothing.
 * Returns 32 hexadecimal digits (128 bits of SHA-256: an id chosen by a stranger cannot collide with a baselined one).
 */
export function fingerprint(rule: string, system: string, subject: readonly string[], at = ''): string {
  const parts = JSON.stringify([rule, system, ...subject, at]);
  return hash('sha256', parts).slice(0, 32);
}

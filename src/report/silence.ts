import type { Finding } from '../finding/finding.ts';
import type { Silence, Verdict, Waived } from '../verdict/verdict.ts';
import { place } from './words.ts';

/** Why a finding does not count, in one line for people: who decided, for how long, where, and why. Null when it counts. */
export function silenceRemark(finding: Finding, { waived, known }: Verdict): string | null {
  const same = (each: Finding) => each.fingerprint === finding.fingerprint;
  const silence = waived.find(same)?.silence;
  if (silence) return decided(silence);
  return known.some(same) ? 'The baseline holds it: it was there before, and does not count' : null;
}

function decided({ by, owner, expires, at, reason }: Silence): string {
  const until = expires === null ? '' : ` until ${expires}`;
  const who = by === 'comment' ? 'Ignored by a comment' : `Waived by ${owner ?? 'somebody'}${until}`;
  return `${who} (${place(at.location)}): ${reason}`;
}

/** The decision for programs. */
export const silenceJson = ({ by, reason, owner, expires, at: { location } }: Silence) => ({
  by,
  reason,
  owner,
  expires,
  location: {
    file: location.file,
    line: location.line,
    column: location.column,
    end_line: location.endLine,
    end_column: location.endColumn,
  },
});

export const isWaived = (finding: Finding): finding is Waived => 'silence' in finding;

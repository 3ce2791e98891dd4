import type { Suppression } from 'sarif';
import type { Finding } from '../finding/finding.ts';
import type { Silence, Verdict } from '../verdict/verdict.ts';
import { sarifMessage } from './escape.ts';
import { worstFirst } from './order.ts';
import { sarifPlace } from './sarif-place.ts';

interface Suppressed {
  readonly finding: Finding;
  readonly suppressions: Suppression[];
}

/** What does not count, and by whose decision: waived findings, then those of the baseline, each worst first. */
export const suppressed = ({ waived, known }: Verdict): Suppressed[] => [
  ...worstFirst(waived).map((finding) => ({ finding, suppressions: [decision(finding.silence)] })),
  ...worstFirst(known).map((finding) => ({ finding, suppressions: [IN_BASELINE] })),
];

const IN_BASELINE: Suppression = {
  kind: 'external',
  status: 'accepted',
  justification: 'The baseline holds it: it was there before, and has not grown since',
};

function decision({ by, reason, owner, expires, at }: Silence): Suppression {
  const who = owner === null ? '' : `${owner}: `;
  const until = expires === null ? '' : ` (until ${expires})`;
  return {
    kind: by === 'comment' ? 'inSource' : 'external',
    status: 'accepted',
    justification: sarifMessage(`${who}${reason}${until}`),
    location: sarifPlace(at.location),
  };
}

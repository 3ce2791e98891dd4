import type { Finding } from '../finding/finding.ts';
import { grouped } from '../finding/grouped.ts';
import { rankOf } from '../finding/severity.ts';
import { byCodeUnit } from './words.ts';

/** Worst first; findings of one severity stay in the order in which the verdict has them. */
export const worstFirst = <T extends Finding>(findings: readonly T[]): T[] =>
  [...findings].sort((a, b) => rankOf(a.severity) - rankOf(b.severity));

/** Findings by the file they are in, files in path order, worst first in each. */
export function byFile(findings: readonly Finding[]): [file: string, findings: Finding[]][] {
  const groups = grouped(worstFirst(findings), (finding) => finding.location.file);
  return [...groups].sort(([a], [b]) => byCodeUnit(a, b));
}

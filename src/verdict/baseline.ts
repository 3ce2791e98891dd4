import type { Finding } from '../finding/finding.ts';
import { rankOf, type Severity } from '../finding/severity.ts';
import { byCodeUnit } from '../model/system.ts';

/** A finding that was there when the baseline was made. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly system: string;
  readonly subject: readonly string[];
  readonly severity: Severity;
  /** For an attack path: where an attacker could start; null for anything else. */
  readonly sources: readonly string[] | null;
}

export interface Baseline {
  /** How reports call the file. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** What a baseline holds for these findings: the same in any order, and nothing that changes from day to day. */
export const entriesOf = (findings: readonly Finding[]): BaselineEntry[] =>
  [...new Map(findings.map((finding) => [finding.fingerprint, entryOf(finding)])).values()].sort(
    (a, b) =>
      byCodeUnit(a.system, b.system) ||
      byCodeUnit(a.rule, b.rule) ||
      byCodeUnit(a.subject.join(' '), b.subject.join(' ')) ||
      byCodeUnit(a.fingerprint, b.fingerprint),
  );

const entryOf = ({ fingerprint, rule, system, subject, severity, sources }: Finding): BaselineEntry => ({
  fingerprint,
  rule,
  system,
  subject,
  severity,
  sources: sources ? [...sources].sort(byCodeUnit) : null,
});

/** What a finding has that its entry does not: then it is as good as new. As clauses, none when nothing grew. */
export function grownSince(entry: Pick<BaselineEntry, 'severity' | 'sources'>, finding: Finding): string[] {
  const known = new Set(entry.sources ?? []);
  const others = (finding.sources ?? []).filter((source) => !known.has(source));
  return [
    ...(rankOf(finding.severity) < rankOf(entry.severity)
      ? [`severity rose from ${entry.severity} to ${finding.severity}`]
      : []),
    ...(others.length > 0 ? [`an attacker can also start from ${others.join(', ')}`] : []),
  ];
}

/** What of a run a baseline is held against. */
export interface Checked {
  /** All findings, those that somebody waived too. */
  readonly findings: readonly Finding[];
  /** By system that was linted: the rules that ran on it. Of other systems and rules nothing is known. */
  readonly ran: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What became of each entry. */
export interface Held {
  readonly hides: readonly { readonly entry: BaselineEntry; readonly finding: Finding }[];
  /** Findings that have more than their entry, and so count. */
  readonly grown: readonly {
    readonly entry: BaselineEntry;
    readonly finding: Finding;
    readonly how: readonly string[];
  }[];
  /** Nobody finds these any more. */
  readonly gone: readonly BaselineEntry[];
  /** Neither their system nor their rule was looked at. */
  readonly notChecked: readonly BaselineEntry[];
}

/** Holds a baseline against a run. */
export function hold(entries: readonly BaselineEntry[], { findings, ran }: Checked): Held {
  const byFingerprint = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const hides: Held['hides'][number][] = [];
  const grown: Held['grown'][number][] = [];
  const gone: BaselineEntry[] = [];
  const notChecked: BaselineEntry[] = [];
  for (const entry of entries) {
    const finding = byFingerprint.get(entry.fingerprint);
    const how = finding ? grownSince(entry, finding) : [];
    if (finding && how.length > 0) grown.push({ entry, finding, how });
    else if (finding) hides.push({ entry, finding });
    else if (ran.get(entry.system)?.has(entry.rule)) gone.push(entry);
    else notChecked.push(entry);
  }
  return { hides, grown, gone, notChecked };
}

/**
 * Entries that are still needed: what is gone leaves, and what became milder or has fewer starts is written down so,
 * so that it cannot come back unseen. What was not checked, and what grew, stays as it is.
 */
export function pruned(entries: readonly BaselineEntry[], checked: Checked): BaselineEntry[] {
  const { hides, gone } = hold(entries, checked);
  const now = new Map(hides.map(({ entry, finding }) => [entry.fingerprint, entryOf(finding)]));
  const left = new Set(gone.map(({ fingerprint }) => fingerprint));
  return entries
    .filter(({ fingerprint }) => !left.has(fingerprint))
    .map((entry) => now.get(entry.fingerprint) ?? entry);
}

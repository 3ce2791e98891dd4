import type { Finding, Problem } from '../finding/finding.ts';
import { presentableByFile } from '../finding/problems.ts';
import { grownSince, hold } from './baseline.ts';
import type { Loud } from './loud.ts';
import { Comments } from './silence-comments.ts';
import { type SilencePolicy, WAIVER_EXPIRED } from './silence-policy.ts';
import { Waivers } from './silence-waivers.ts';

import type { Silence, Waived } from './verdict.ts';

/** The same findings, each in one of three lists, in the order in which they came. */
export interface Silenced {
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  readonly known: readonly Finding[];
  readonly warnings: readonly Problem[];
  /** Decisions that nobody can act on, as they do not say what they are about. */
  readonly errors: readonly Problem[];
}

/**
 * What of a run counts: a waiver comes before a comment, a comment before the baseline. Where nobody decided anything,
 * every finding counts.
 */
export function silence(loud: Loud, policy: SilencePolicy): Silenced {
  if (policy.isOff) return { findings: loud.findings, waived: [], known: [], warnings: [], errors: [] };
  const {
    decide,
    warnings,
    errors,
    findings: all,
  } = policy.from ? borrowed(loud, policy.from) : own(loud, policy);
  const findings: Finding[] = [];
  const waived: Waived[] = [];
  const known: Finding[] = [];
  const held = new Map(policy.baseline?.entries.map((entry) => [entry.fingerprint, entry]));
  for (const finding of all) {
    const decision = finding.rule === WAIVER_EXPIRED ? null : decide(finding);
    const entry = finding.rule === WAIVER_EXPIRED ? undefined : held.get(finding.fingerprint);
    if (decision) waived.push({ ...finding, silence: decision });
    else if (entry && grownSince(entry, finding).length === 0) known.push(finding);
    else findings.push(finding);
  }
  return {
    findings,
    waived,
    known,
    warnings: presentableByFile([...warnings(), ...goneEntries(loud, policy)]),
    errors: presentableByFile(errors),
  };
}

interface Decisions {
  readonly findings: readonly Finding[];
  readonly decide: (finding: Finding) => Silence | null;
  /** To be asked when every finding was decided about. */
  readonly warnings: () => readonly Problem[];
  readonly errors: readonly Problem[];
}

/** What is written in the descriptions and in `maestro.waivers.yaml`. */
function own(loud: Loud, policy: SilencePolicy): Decisions {
  const waivers = new Waivers(loud, policy);
  const comments = new Comments(loud, policy);
  return {
    findings: loud.findings,
    decide: (finding) => waivers.decide(finding) ?? comments.decide(finding),
    warnings: () => [...waivers.warnings(), ...comments.warnings()],
    errors: waivers.errors,
  };
}

/** What another run decided. That a waiver of that run is over stays found, whatever is written here. */
function borrowed(loud: Loud, from: NonNullable<SilencePolicy['from']>): Decisions {
  const decided = new Map(from.waived.map((waived) => [waived.fingerprint, waived]));
  const systems = new Set(loud.systems.map(({ name }) => name));
  const over = from.findings.filter(({ rule, system }) => rule === WAIVER_EXPIRED && systems.has(system));
  return {
    findings: [...loud.findings.filter(({ rule }) => rule !== WAIVER_EXPIRED), ...over],
    decide: (finding) => {
      const waived = decided.get(finding.fingerprint);
      if (!waived) return null;
      const before = { severity: waived.severity, sources: waived.sources ?? null };
      return grownSince(before, finding).length > 0 ? null : waived.silence;
    },
    warnings: () => [],
    errors: [],
  };
}

/** One for all entries of the baseline that nobody finds any more: a command removes them together. */
function goneEntries({ findings, systems }: Loud, { baseline }: SilencePolicy): Problem[] {
  if (!baseline) return [];
  const ran = new Map(systems.map(({ name, rules }) => [name, rules]));
  const { length } = hold(baseline.entries, { findings, ran }).gone;
  return length === 0 ? [] : [goneEntriesOf(baseline.file, length)];
}

/** The warning for so many entries. */
export function goneEntriesOf(file: string, entries: number): Problem {
  const what = entries === 1 ? 'One entry fits' : `${entries} entries fit`;
  return {
    code: BASELINE_GONE,
    message: `${what} no finding any more`,
    file,
    location: null,
    snippet: null,
    suggestion: 'Run `maestro baseline prune`, so that what is closed cannot open again unseen',
  };
}

/** How many entries such a warning is for; 0 for any other problem. */
export const goneEntriesIn = ({ code, message }: Problem): number =>
  code === BASELINE_GONE ? Number(/^\d+/.exec(message)?.[0] ?? 1) : 0;

const BASELINE_GONE = 'baseline-gone';

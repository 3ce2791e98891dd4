import type { Finding } from '../finding/finding.ts';
import { addTo } from '../finding/grouped.ts';
import { mask } from '../finding/secrets.ts';
import { rankOf } from '../finding/severity.ts';
import type { System } from '../model/system.ts';
import { nodeOf } from './compare-canonical.ts';
import { renamedSystem } from './compare-renamed.ts';
import type { Pair } from './compare-systems.ts';
import type { Comparison, Grown } from './comparison.ts';
import { byWeight } from './place.ts';
import type { Verdict } from './verdict.ts';

/** Finds what rules say about another form of a system that was linted. */
export type Relint = (system: System) => readonly Finding[];

/** A finding of the base under the fingerprint that it has in the head, if it is there. */
interface Earlier {
  readonly finding: Finding;
  readonly from: 'findings' | 'waived' | 'known';
  readonly pair: Pair | null;
}

type Compared = Pick<Comparison, 'added' | 'grown' | 'fixed' | 'standing'>;

/**
 * What became of the findings of two sides. A system that only the base has counts as gone unless `keep` says that
 * nothing is known about it.
 */
export function compareFindings(
  base: Verdict,
  head: Verdict,
  pairs: readonly Pair[],
  relintOf: ReadonlyMap<System, Relint>,
  keep: (system: string) => boolean,
): Compared {
  const earlier = earlierByFingerprint(base, head, pairs, relintOf);
  const there = new Set(everything(head).map(({ fingerprint }) => fingerprint));
  const added: Finding[] = [];
  const standing: Finding[] = [];
  const grown: Grown[] = [];
  for (const finding of head.findings) {
    const before = earlier.get(finding.fingerprint);
    const how = before ? growth(before, finding) : [];
    if (!before) added.push(finding);
    else if (how.length > 0) grown.push({ finding, before: before.finding, how });
    else standing.push(finding);
  }
  const fixed = [...earlier]
    .filter(([fingerprint, { from, finding }]) => {
      return from === 'findings' && !there.has(fingerprint) && !keep(finding.system);
    })
    .map(([, { finding }]) => finding)
    .sort(byWeight);
  grown.sort((a, b) => byWeight(a.finding, b.finding));
  return { added, grown, fixed, standing };
}

const everything = ({ findings, waived, known }: Verdict): Finding[] => [...findings, ...waived, ...known];

function earlierByFingerprint(
  base: Verdict,
  head: Verdict,
  pairs: readonly Pair[],
  relintOf: ReadonlyMap<System, Relint>,
): Map<string, Earlier> {
  const pairOf = new Map(pairs.map((pair) => [mask(pair.base.name), pair]));
  const renamed = new Map<Pair, (finding: Finding) => string>();
  for (const pair of pairs) {
    if (pair.renames.size === 0 && pair.base.name === pair.head.name) continue;
    renamed.set(pair, newFingerprints(pair, relintOf.get(pair.base), head));
  }
  const found = new Map<string, Earlier>();
  for (const from of ['findings', 'waived', 'known'] as const) {
    for (const finding of base[from]) {
      const pair = pairOf.get(finding.system) ?? null;
      const fingerprint = (pair && renamed.get(pair)?.(finding)) ?? finding.fingerprint;
      found.set(fingerprint, { finding, from, pair });
    }
  }
  return found;
}

/**
 * Fingerprints as they are under the names of the head. What the rules find in the renamed system tells them; for
 * findings that no rule makes, such as that of an expired waiver, an equal one of the head does.
 */
function newFingerprints(
  pair: Pair,
  relint: Relint | undefined,
  head: Verdict,
): (finding: Finding) => string {
  const system = renamedSystem(pair.base, pair.head.name, pair.naming);
  const name = mask(pair.head.name);
  const others = everything(head).filter((finding) => finding.system === name);
  const candidates = [...(relint?.(system) ?? []), ...others];
  const exact = fingerprintsBy(candidates, (finding) => keyOf(finding, (id) => id, false));
  const inAnyOrder = fingerprintsBy(candidates, (finding) => keyOf(finding, (id) => id, true));
  const taken = new Set<string>();
  return (finding) => {
    const fits = [
      ...(exact.get(keyOf(finding, pair.naming, false)) ?? []),
      ...(inAnyOrder.get(keyOf(finding, pair.naming, true)) ?? []),
    ];
    const fingerprint = fits.find((each) => !taken.has(each)) ?? finding.fingerprint;
    taken.add(fingerprint);
    return fingerprint;
  };
}

function fingerprintsBy(
  findings: readonly Finding[],
  key: (finding: Finding) => string,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const finding of findings) addTo(found, key(finding), finding.fingerprint);
  return found;
}

/** What two forms of one finding have in common; groups stand in id order, so that theirs may differ. */
function keyOf({ rule, at, subject }: Finding, naming: (id: string) => string, anyOrder: boolean): string {
  const ids = subject.map((id) => nodeOf(id, naming));
  return JSON.stringify([rule, at, ...(anyOrder ? ids.sort() : ids)]);
}

function growth({ finding: before, from, pair }: Earlier, now: Finding): string[] {
  const known = new Set((before.sources ?? []).map((id) => nodeOf(id, pair?.naming ?? ((same) => same))));
  const more = (now.sources ?? []).filter((id) => !known.has(id));
  return [
    ...(rankOf(now.severity) < rankOf(before.severity)
      ? [`severity rose from ${before.severity} to ${now.severity}`]
      : []),
    ...(more.length > 0 && before.steps ? [`an attacker can also start from ${inWords(more)}`] : []),
    ...(from === 'waived' ? ['it is no longer waived'] : []),
    ...(from === 'known' ? ['the baseline no longer holds it'] : []),
  ];
}

const MAX_SOURCES = 5;

function inWords(ids: readonly string[]): string {
  const rest = ids.length - MAX_SOURCES;
  const shown = ids.slice(0, MAX_SOURCES);
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

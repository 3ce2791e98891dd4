import type { Finding, Placed } from '../finding/finding.ts';
import { fingerprint } from '../finding/fingerprint.ts';
import { mask } from '../finding/secrets.ts';
import type { System } from '../model/system.ts';
import { writeEdit } from '../model/write-yaml.ts';
import { undeclaredActions } from './drift/actions.ts';
import { approvalDifferences } from './drift/approvals.ts';
import type { Difference, Written } from './drift/difference.ts';
import { nearest, undeclared } from './drift/extra.ts';
import { match } from './drift/match.ts';
import { declaredParts } from './drift/parts.ts';
import { placed } from './drift/place.ts';
import { driftRule } from './drift/rules.ts';
import { type Look, lostSources } from './drift/sources.ts';
import { undeclaredUses } from './drift/uses.ts';
import { valueDifferences } from './drift/values.ts';
import type { Joined } from './join.ts';

/** What descriptions are held against. */
export interface Shown {
  readonly joined: Joined;
  /** The folder that was read, as reports name it; empty for the working directory. */
  readonly root: string;
  readonly look: Look;
}

/** Where description and repository differ, as findings at the artifact's line. Without a system there is nothing to compare. */
export function drift(systems: readonly System[], { joined, root, look }: Shown): Finding[] {
  if (systems.length === 0) return [];
  const nameOf = (file: string): string => (root === '' ? file : `${root}/${file}`);
  const declared = declaredParts(systems, root);
  const matches = match(declared, joined.components, nameOf);
  const compared = matches.pairs.filter(({ by }) => by !== 'place');
  const differences = [
    ...undeclared(matches.extra, joined.components, systems, nameOf),
    ...undeclaredUses(matches, joined.components),
    ...compared.flatMap(undeclaredActions),
    ...compared.flatMap(valueDifferences),
    ...compared.flatMap((pair) => approvalDifferences(pair, joined)),
    ...lostSources(declared, matches, look, nameOf),
    ...secrets(joined, systems, nameOf),
  ];
  return findings(differences, joined, look, nameOf);
}

/** Credentials that stand in artifacts: what they are and where, nothing of their value. */
const secrets = (
  joined: Joined,
  systems: readonly System[],
  nameOf: (file: string) => string,
): Difference[] =>
  joined.secrets.map((fact) => {
    const file = nameOf(fact.source.file);
    const owner = joined.components.find(({ sources }) =>
      sources.some(
        (at) => at.file === fact.source.file && at.pointer === fact.source.pointer && at.pointer !== '',
      ),
    );
    const key = fact.attributes['key']?.value;
    const system = nearest(systems, file);
    return {
      rule: 'drift-secret',
      system,
      subject: [owner?.id ?? 'system'],
      detail: [fact.source.pointer, fact.name, ...(typeof key === 'string' ? [key] : [])].join(' '),
      message: `${file}: ${fact.name}${typeof key === 'string' ? ` (${key})` : ''} in plain text: whoever reads the repository has it`,
      place: fact.source,
      written: null,
      says: '',
      fix: { edit: {}, at: { origin: system.origin, path: [] } },
      hidden: true,
    };
  });

function findings(
  differences: readonly Difference[],
  joined: Joined,
  look: Look,
  nameOf: (file: string) => string,
): Finding[] {
  const hidden = new Map<string, Set<number>>();
  for (const { source } of joined.secrets)
    hidden.set(source.file, (hidden.get(source.file) ?? new Set()).add(source.line));
  const seen = new Set<string>();
  const count = new Map<string, number>();
  return differences.flatMap((each): Finding[] => {
    const { rule, system, place, written, fix } = each;
    // One line of a file may be what several components show: a store and the host it runs on.
    const once = JSON.stringify([
      rule,
      place?.file,
      place?.line,
      place?.column,
      rule === 'drift-auto-approve' ? each.detail : each.detail.split('.')[0],
      place ? '' : each.subject,
    ]);
    if (seen.has(once)) return [];
    seen.add(once);
    const { id, title, layer, severity, confidence, profile, threats, remedy } = driftRule(rule);
    const from = place ? artifact(place) : null;
    const at = written ? described(written) : null;
    const subject = each.subject.map(mask);
    const base = fingerprint(id, system.name, each.subject, each.detail);
    const n = count.get(base) ?? 0;
    count.set(base, n + 1);
    const path = fix.at.path.map(mask);
    return [
      {
        rule: id,
        title,
        layer,
        severity,
        confidence,
        profile,
        system: mask(system.name),
        subject,
        at: mask(each.detail),
        message: mask(each.message),
        ...(from ?? at!),
        fingerprint: n === 0 ? base : fingerprint(id, system.name, each.subject, `${each.detail}#${n}`),
        threats,
        fix: {
          say: fix.say ?? remedy,
          file: fix.at.origin.source.file,
          path,
          edit: fix.edit,
          yaml: mask(writeEdit(fix.at.path, fix.edit)),
        },
        related: from && at ? { ...at, message: each.says } : null,
      },
    ];
  });

  function artifact(place: NonNullable<Difference['place']>): Placed {
    const name = nameOf(place.file);
    return placed(name, look.text(name), place, hidden.get(place.file) ?? new Set());
  }
}

/** The key, or the nearest parent that somebody wrote. */
function described({ origin, path }: Written): Placed {
  const { start, end } = origin.find(path);
  return origin.source.place(start, Math.max(end, start + 1));
}

import type { Finding, Problem } from '../finding/finding.ts';
import { addTo } from '../finding/grouped.ts';
import { mask } from '../finding/secrets.ts';
import { similar } from '../finding/similar.ts';
import { measure } from '../model/units.ts';
import type { Waiver } from '../model/waivers.ts';
import { type Loud, meantWord, placeAt, remarkAt, type SilencedSystem } from './loud.ts';
import { type SilencePolicy, WAIVER_EXPIRED } from './silence-policy.ts';
import { unusedWaiver } from './unused-waiver.ts';
import type { Silence } from './verdict.ts';
import { fits } from './waiver-fits.ts';

/** A waiver and the systems it is for: a file that several include brings its waivers to all of them. */
interface Standing {
  readonly waiver: Waiver;
  readonly systems: SilencedSystem[];
  /** Why it does not count, each at its place; none when it does. */
  readonly wrong: readonly Problem[];
  readonly isOver: boolean;
  isUsed: boolean;
}

/** Decides by waivers. */
export class Waivers {
  /** Entries that do not say which system they are for, where there are several. */
  readonly errors: Problem[] = [];
  private readonly loud: Loud;
  private readonly isPart: boolean;
  private readonly remarks: Problem[] = [];
  private readonly standing: readonly Standing[];
  private readonly bySystemAndRule = new Map<string, Standing[]>();

  constructor(loud: Loud, policy: SilencePolicy) {
    this.loud = loud;
    this.isPart = policy.isPart ?? false;
    const scopes = new Map<string, { waiver: Waiver; systems: SilencedSystem[] }>();
    const add = (waiver: Waiver, system: SilencedSystem) => {
      const key = JSON.stringify([waiver.origin.source.file, ...waiver.path]);
      const scope = scopes.get(key) ?? { waiver, systems: [] };
      scope.systems.push(system);
      scopes.set(key, scope);
    };
    for (const system of loud.systems) for (const waiver of system.waivers) add(waiver, system);
    for (const waiver of policy.waivers) for (const system of this.meant(waiver)) add(waiver, system);
    this.standing = [...scopes.values()].map(({ waiver, systems }) => {
      const isOver = waiver.expires !== null && measure('date', waiver.expires) < loud.asOf;
      const wrong = wrongWith(waiver, systems, loud, policy);
      return { waiver, systems, wrong, isOver, isUsed: false };
    });
    for (const each of this.standing) {
      if (each.isOver || each.wrong.length > 0) continue;
      for (const { name } of each.systems) {
        const key = JSON.stringify([name, each.waiver.rule]);
        addTo(this.bySystemAndRule, key, each);
      }
    }
  }

  /** Every waiver that fits is in use; the first one is the decision. */
  decide(finding: Finding): Silence | null {
    const all = this.bySystemAndRule.get(JSON.stringify([finding.system, finding.rule])) ?? [];
    const fitting = all.filter(({ waiver }) => fits(waiver, finding));
    for (const each of fitting) each.isUsed = true;
    return fitting[0] ? decisionOf(fitting[0].waiver) : null;
  }

  /** To be asked when every finding was decided about. */
  warnings(): Problem[] {
    const found = this.standing.flatMap((each): Problem[] => {
      if (each.wrong.length > 0) return [...each.wrong];
      if (each.isOver) return overUnseen(each);
      return each.isUsed ? [] : unusedWaiver(each.waiver, each.systems, this.loud);
    });
    return [...this.remarks, ...found];
  }

  /** The systems that an entry of `maestro.waivers.yaml` is for. */
  private meant(waiver: Waiver): readonly SilencedSystem[] {
    const { systems } = this.loud;
    const { origin, path, system } = waiver;
    const names = systems.map(({ name }) => name);
    if (system === null) {
      if (systems.length < 2 && !this.isPart) return systems;
      const message = 'Several systems are linted, and this waiver does not say which one it is for';
      const suggestion = `Add \`system: ${names[0] ?? 'name'}\`, or another name`;
      this.errors.push(remarkAt(origin, path, 'waiver-system', message, suggestion));
      return [];
    }
    const meant = systems.filter(({ name }) => name === mask(system));
    // In a part, the system may be in another one.
    const near = meant.length === 0 && !this.isPart ? similar(system, names) : undefined;
    if (near !== undefined) {
      const message = `No system that is linted here is called \`${system}\``;
      const suggestion = `Did you mean \`${near}\`?`;
      this.remarks.push(remarkAt(origin, [...path, 'system'], 'waiver-system', message, suggestion));
    }
    return meant;
  }
}

const decisionOf = (waiver: Waiver): Silence => ({
  by: 'waiver',
  reason: mask(waiver.reason),
  owner: mask(waiver.owner),
  expires: waiver.expires,
  at: placeAt(waiver.origin, waiver.path),
});

/** The rule says that a waiver is over; where it does not run, somebody else has to. */
function overUnseen({ waiver, systems }: Standing): Problem[] {
  if (systems.some(({ rules }) => rules.has(WAIVER_EXPIRED))) return [];
  const message = `The last day of this waiver was ${waiver.expires}: it does not count any more`;
  return [remarkAt(waiver.origin, [...waiver.path, 'expires'], WAIVER_EXPIRED, message)];
}

/** Why a waiver cannot count. It names something that is not there, or the config does not allow it. */
function wrongWith(
  waiver: Waiver,
  systems: readonly SilencedSystem[],
  { rules, unseen, asOf }: Loud,
  { maxWaiverDays }: SilencePolicy,
): Problem[] {
  const { origin, path, rule, expires, fingerprint } = waiver;
  const wrong = (key: string, code: string, message: string, suggestion?: string) => [
    remarkAt(origin, key === '' ? path : [...path, key], code, message, suggestion),
  ];
  if (rule === WAIVER_EXPIRED)
    return wrong(
      'rule',
      'waiver-forbidden',
      'That a waiver is over cannot be waived',
      'Remove or renew that one',
    );
  if (!rules.includes(rule)) {
    const advice = meantWord(rule, rules) ?? '`maestro rules` lists them';
    return wrong('rule', 'waiver-rule', `No rule is called \`${rule}\``, advice);
  }
  const ids = new Set(systems.flatMap((system) => [...system.ids]));
  for (const key of ['component', 'sources'] as const) {
    const unknown = unseen?.has(rule) ? undefined : waiver[key]?.find((id) => !ids.has(id));
    if (unknown === undefined) continue;
    const message = `Nothing here is called \`${unknown}\``;
    return wrong(key, `waiver-${key}`, message, meantWord(unknown, ids));
  }
  if (fingerprint !== null && !/^[0-9a-f]{8,32}$/.test(fingerprint)) {
    const message = `\`${fingerprint}\` is no fingerprint: these are 8 to 32 hexadecimal digits`;
    return wrong('fingerprint', 'waiver-fingerprint', message, 'Reports as JSON show them');
  }
  if (maxWaiverDays === null) return [];
  if (expires === null) {
    const message = `This waiver has no last day, and the config allows ${maxWaiverDays} days: it does not count`;
    return wrong('', 'waiver-too-long', message, 'Add `expires`');
  }
  if (measure('date', expires) <= asOf + maxWaiverDays * 86_400) return [];
  const last = new Date((asOf + maxWaiverDays * 86_400) * 1000).toISOString().slice(0, 10);
  const message = `This waiver ends more than ${maxWaiverDays} days from now, which the config does not allow: it does not count`;
  return wrong('expires', 'waiver-too-long', message, `Write \`expires: ${last}\` or an earlier day`);
}

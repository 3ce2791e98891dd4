import { PROFILES, type Profile, type Severity } from '../finding/severity.ts';
import type { Rule } from '../rules/hit.ts';
import type { Config, Level } from './config.ts';
import { covering, nameOf } from './files.ts';

/** Which rules run on a file, with the severity they have there; `own` are those that the file itself asserts. */
export type Selection<R = Rule> = (path: string, own?: readonly R[]) => readonly R[];

/** What choosing needs to know of a rule. */
interface Choice {
  readonly id: string;
  readonly profile: Profile | null;
  readonly severity: Severity;
}

/**
 * The config's levels and overrides over the profile; `only` names rules to run alone, experimental ones included.
 * Later overrides win. `ownToo` is false where what descriptions assert is not asked for.
 */
export async function selection<R extends Choice>(
  rules: readonly R[],
  config: Config,
  profile: Profile | undefined,
  only: readonly string[],
  ownToo = true,
): Promise<Selection<R>> {
  const plain = (all: readonly R[]) =>
    select(all, profile ?? config.profile ?? 'recommended', config.rules, only);
  const base = plain(rules);
  const together = (own: readonly R[]) => (own.length === 0 || !ownToo ? base : [...base, ...plain(own)]);
  if (config.overrides.length === 0) return (_, own = []) => together(own);
  const { default: picomatch } = await import('picomatch');
  const overrides = config.overrides.map((override) => ({
    ...override,
    fits: picomatch(covering(override.paths), { dot: true }),
  }));
  return (path, given = []) => {
    const name = nameOf(config.folder, path);
    const fitting = overrides.filter(({ fits }) => fits(name));
    if (fitting.length === 0) return together(given);
    const levels = Object.assign({}, config.rules, ...fitting.map((override) => override.rules)) as Record<
      string,
      Level
    >;
    const own = fitting.findLast((override) => override.profile !== null)?.profile;
    return select(
      ownToo ? [...rules, ...given] : rules,
      profile ?? own ?? config.profile ?? 'recommended',
      levels,
      only,
    );
  };
}

function select<R extends Choice>(
  rules: readonly R[],
  profile: Profile,
  levels: Readonly<Record<string, Level>>,
  only: readonly string[],
): R[] {
  const reach = PROFILES.indexOf(profile);
  return rules.flatMap((rule) => {
    const level = Object.hasOwn(levels, rule.id) ? levels[rule.id]! : null;
    const inProfile = rule.profile !== null && PROFILES.indexOf(rule.profile) <= reach;
    const runs =
      only.length > 0 ? only.includes(rule.id) : level === 'off' ? false : level !== null || inProfile;
    if (!runs) return [];
    return [level === null || level === 'off' ? rule : { ...rule, severity: level }];
  });
}

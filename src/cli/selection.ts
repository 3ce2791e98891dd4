import { PROFILES, type Profile } from '../finding/severity.ts';
import type { Rule } from '../rules/hit.ts';
import type { Config, Level } from './config.ts';
import { covering, nameOf } from './files.ts';

/** Which rules run on a file, with the severity they have there. */
export type Selection = (path: string) => readonly Rule[];

/**
 * The config's levels and overrides over the profile; `only` names rules to run alone, experimental ones included.
 * Later overrides win.
 */
export async function selection(
  rules: readonly Rule[],
  config: Config,
  profile: Profile | undefined,
  only: readonly string[],
): Promise<Selection> {
  const base = select(rules, profile ?? config.profile ?? 'recommended', config.rules, only);
  if (config.overrides.length === 0) return () => base;
  const { default: picomatch } = await import('picomatch');
  const overrides = config.overrides.map((override) => ({
    ...override,
    fits: picomatch(covering(override.paths), { dot: true }),
  }));
  return (path) => {
    const name = nameOf(config.folder, path);
    const fitting = overrides.filter(({ fits }) => fits(name));
    if (fitting.length === 0) return base;
    const levels = Object.assign({}, config.rules, ...fitting.map((override) => override.rules)) as Record<
      string,
      Level
    >;
    const own = fitting.findLast((override) => override.profile !== null)?.profile;
    return select(rules, profile ?? own ?? config.profile ?? 'recommended', levels, only);
  };
}

function select(
  rules: readonly Rule[],
  profile: Profile,
  levels: Readonly<Record<string, Level>>,
  only: readonly string[],
): Rule[] {
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

import { Option } from 'commander';
import { similar } from '../finding/similar.ts';
import type { Rule } from '../rules/hit.ts';
import type { Framework } from '../rules/threats.ts';
import { UserError } from './errors.ts';

/** `--framework`, for every command that chooses rules. */
export const frameworkOption = (): Option =>
  new Option(
    '--framework <reference>',
    'only rules for this entry of a framework (owasp-asi:ASI03:2026) or all of it (owasp-asi); may repeat',
  )
    .argParser((reference: string, all: string[]) => [...all, reference])
    .default([], 'all');

/** The rules whose threats answer to one of these references; all of them when none is given. */
export async function ofFrameworks(
  rules: readonly Rule[],
  wanted: readonly string[],
): Promise<readonly Rule[]> {
  if (wanted.length === 0) return rules;
  const { threats, frameworks } = await import('../../build/catalogue.js');
  for (const reference of wanted) refuseUnknown(reference, frameworks);
  const refs = new Map(threats.map((threat) => [threat.id, threat.refs]));
  const fits = (ref: string) => wanted.some((one) => ref === one || ref.startsWith(`${one}:`));
  return rules.filter(
    (rule) =>
      fits(`csa-maestro:${rule.layer}`) || rule.threats.some((threat) => refs.get(threat)?.some(fits)),
  );
}

/** A filter with a typo in it would be a check that checks nothing. */
function refuseUnknown(reference: string, frameworks: readonly Framework[]): void {
  const [prefix = '', entry, edition] = reference.split(':');
  const editions = frameworks.filter((each) => each.prefix === prefix);
  if (editions.length === 0)
    throw unknown('framework', prefix, [...new Set(frameworks.map((each) => each.prefix))]);
  if (entry === undefined) return;
  const having = editions.filter((each) => Object.hasOwn(each.entries, entry));
  if (having.length === 0)
    throw unknown(`entry of ${prefix}`, entry, [
      ...new Set(editions.flatMap((each) => Object.keys(each.entries))),
    ]);
  const exact = having.map((each) => [prefix, entry, ...(each.edition ? [each.edition] : [])].join(':'));
  const isClear = edition === undefined ? having.length === 1 : exact.includes(reference);
  if (!isClear)
    throw new UserError(`${reference} does not say which list it is of`, `Write ${exact.join(' or ')}`);
}

const MAX_NAMED = 20;

function unknown(what: string, name: string, all: readonly string[]): UserError {
  const near = similar(name, all);
  const list = all.length > MAX_NAMED ? undefined : `There are ${all.join(', ')}`;
  return new UserError(`there is no ${what} called ${name}`, near ? `Did you mean ${near}?` : list);
}

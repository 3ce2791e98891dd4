import type { Problem } from '../finding/finding.ts';
import { grouped } from '../finding/grouped.ts';
import { similar } from '../finding/similar.ts';
import type { Assertion } from '../model/assertions.ts';
import type { Loaded } from '../model/load.ts';
import { byCodeUnit } from '../model/system.ts';
import { place } from '../rules/problem.ts';
import type { Candidate } from './files.ts';

/** What is known of the systems that assertions may be for. */
export interface Field {
  /** Names of the systems that were linted. */
  readonly names: ReadonlySet<string>;
  /** Descriptions of other parts of the same lint. */
  readonly others: readonly Candidate[];
  readonly load: (candidate: Candidate) => Promise<Loaded>;
  /** Whether a lint covers everything that lies below the folder of this file. */
  readonly covers: (file: string) => boolean;
}

export interface Missed {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * What to say of assertions for a system that nobody linted: they would hold whatever happens. Where everything was
 * linted, each is a mistake; where a person asked for some of the files, the system may be in another one, and one
 * remark says what was not checked.
 */
export async function missedBy(assertions: readonly Assertion[], field: Field): Promise<Missed> {
  const near = assertions.filter(({ system }) => system !== null && !field.names.has(system));
  if (near.length === 0) return NOTHING;
  const others = await namesOf(field);
  if (others === null) return NOTHING;
  const names = new Set([...field.names, ...others]);
  const missed = near.filter(({ system }) => !names.has(system!));
  const isLost = ({ origin }: Assertion) => field.covers(origin.source.file);
  const lost = missed.filter(isLost);
  return {
    errors: lost.map((each) => mistake(each, names)),
    // Of parts, each knows other systems: together they are the lint that was asked for.
    warnings:
      field.others.length > 0
        ? []
        : remarks(
            missed.filter((each) => !isLost(each)),
            names,
          ),
  };
}

const NOTHING: Missed = { errors: [], warnings: [] };

/** Names of systems in other parts; null where one cannot be read, since it may have any. */
async function namesOf({ others, load }: Field): Promise<string[] | null> {
  const names: string[] = [];
  for (const other of others) {
    const loaded = await load(other);
    if (loaded.is === 'system') names.push(loaded.system.name);
    else if (loaded.is === 'invalid' && !loaded.looksIncluded) return null;
  }
  return names;
}

function mistake({ system, origin, path }: Assertion, names: ReadonlySet<string>): Problem {
  const there = [...names].sort(byCodeUnit).slice(0, MOST);
  const more = names.size > there.length ? ` and ${names.size - there.length} more` : '';
  const message = `No description has a system called \`${system}\``;
  const are = `There ${names.size === 1 ? 'is' : 'are'} ${there.map((name) => `\`${name}\``).join(', ')}${more}`;
  const advice =
    meant(system!, names) ??
    `${are}; without \`system:\` it is for ${names.size === 1 ? 'any' : 'each of them'}`;
  return place(origin, [...path, 'system'], CODE, message, advice);
}

function remarks(missed: readonly Assertion[], names: ReadonlySet<string>): Problem[] {
  const bySystem = grouped(missed, (each) => each.system!);
  return [...bySystem].map(([system, all]) => {
    const { origin, path } = all[0]!;
    const were = all.length === 1 ? 'one assertion was' : `${all.length} assertions were`;
    const message = `No system that is linted here is called \`${system}\`: ${were} not checked`;
    return place(origin, [...path, 'system'], CODE, message, meant(system, names));
  });
}

const meant = (system: string, names: Iterable<string>): string | undefined => {
  const near = similar(system, names);
  return near === undefined ? undefined : `Did you mean \`${near}\`?`;
};

const CODE = 'assertion-system';
/** Names that a suggestion lists. */
const MOST = 5;

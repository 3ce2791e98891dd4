import type { Finding, Problem } from '../finding/finding.ts';
import { presentableByFile } from '../finding/problems.ts';
import { rankOf } from '../finding/severity.ts';
import { byCodeUnit } from '../model/system.ts';
import { addClosings, type ClosingCount, worthSaying } from './closing-count.ts';
import { togetherWarnings } from './merge-warnings.ts';
import { notOneRun } from './merge-wrong.ts';
import type { NamedPart, Part } from './part.ts';
import { byWeight } from './place.ts';
import type { FileRecord, RuleInfo, Verdict } from './verdict.ts';

export interface Merged {
  readonly verdict: Verdict;
  /** The strictest of all parts. */
  readonly failOn: Part['failOn'];
  readonly failOnUnknown: boolean;
  readonly closing: ClosingCount | null;
}

/**
 * One verdict from the parts of one lint: the same as of a lint in one go, in whatever order the parts come. What keeps
 * them from being that (one is missing, there twice, of another version) becomes an error, so that nothing looks clean.
 */
export function merge(given: readonly NamedPart[]): Merged {
  const named = [...given].sort(
    (a, b) => a.part.shard.index - b.part.shard.index || byCodeUnit(a.name, b.name),
  );
  const verdicts = named.map(({ part }) => part.verdict);
  const errors = [...notOneRun(named), ...errorsOf(verdicts)];
  const files = filesOf(verdicts);
  const findings = <F extends Finding>(all: readonly F[]): F[] => [...all].sort(byWeight);
  return {
    verdict: {
      version: verdicts[0]?.version ?? '',
      complete: errors.length === 0 && verdicts.every(({ complete }) => complete),
      files,
      findings: findings(verdicts.flatMap((each) => each.findings)),
      waived: findings(verdicts.flatMap((each) => each.waived)),
      known: findings(verdicts.flatMap((each) => each.known)),
      warnings: presentableByFile(togetherWarnings(verdicts)),
      comparison: null,
      unknown: bySystem(
        verdicts.flatMap((each) => each.unknown),
        files,
      ),
      errors,
      rules: rulesOf(verdicts),
    },
    failOn: strictest(named.map(({ part }) => part.failOn)),
    failOnUnknown: named.some(({ part }) => part.failOnUnknown),
    closing: worthSaying(addClosings(named.flatMap(({ part }) => part.closing ?? []))),
  };
}

const strictest = (all: readonly Part['failOn'][]): Part['failOn'] =>
  all.reduce((one, other) => (weight(other) > weight(one) ? other : one), 'never');

/** The milder the severity that fails, the stricter. */
const weight = (failOn: Part['failOn']): number => (failOn === 'never' ? -1 : rankOf(failOn));

/** A file may be a part of several systems: it is shown with the last one, as a lint in one go leaves it. */
function filesOf(verdicts: readonly Verdict[]): FileRecord[] {
  const all = verdicts.flatMap(({ files }) => files);
  const home = new Map(
    all.filter(({ status }) => status === 'linted').map(({ system, path }) => [system, path]),
  );
  const last = (record: FileRecord): string => home.get(record.system) ?? record.path;
  const byPath = new Map<string, FileRecord>();
  for (const record of all) {
    const there = byPath.get(record.path);
    if (!there || byCodeUnit(last(there), last(record)) < 0) byPath.set(record.path, record);
  }
  return [...byPath.values()].sort((a, b) => byCodeUnit(a.path, b.path));
}

/** In the order of the files that describe the systems; within a system as they come. */
function bySystem<T extends { readonly system: string }>(
  all: readonly T[],
  files: readonly FileRecord[],
): T[] {
  const order = new Map<string, number>();
  for (const { status, system } of files)
    if (status === 'linted' && system !== null) order.set(system, order.size);
  const at = ({ system }: T): number => order.get(system) ?? order.size;
  return [...all].sort((a, b) => at(a) - at(b));
}

/** Each part tells what is wrong with the whole (a path that is not there): once is enough. */
function errorsOf(verdicts: readonly Verdict[]): Problem[] {
  const all = verdicts.flatMap(({ errors, errorOrder = [] }) =>
    errors.map((error, i) => ({ error, order: errorOrder[i] ?? '' })),
  );
  const seen = new Set<string>();
  return all
    .sort((a, b) => byCodeUnit(a.order, b.order))
    .filter(({ error, order }) => {
      const key = JSON.stringify([order, error.code, error.file, error.location, error.message]);
      const isNew = order.includes(' ') || !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .map(({ error }) => error);
}

function rulesOf(verdicts: readonly Verdict[]): RuleInfo[] {
  const rules = new Map<string, RuleInfo>();
  for (const verdict of verdicts) for (const rule of verdict.rules) rules.set(rule.id, rule);
  return [...rules.values()].sort((a, b) => byCodeUnit(a.id, b.id));
}

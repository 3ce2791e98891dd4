import { posix, resolve } from 'node:path';
import { DRIFT_RULES, type DriftRule } from '../discover/drift/rules.ts';
import type { Finding } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import type { Profile } from '../finding/severity.ts';
import type { Library } from '../model/include.ts';
import { worldOf } from '../rules/evaluate.ts';
import type { Assessed } from '../rules/hit.ts';
import { type Aside, assessAside } from '../rules/risk-aside.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Context } from '../rules/world.ts';
import { driftUrl } from '../verdict/pages.ts';
import { riskOf } from '../verdict/place.ts';
import type { RuleInfo } from '../verdict/verdict.ts';
import type { Config } from './config.ts';
import type { Ground } from './discovery.ts';
import { kindOf, nameOf } from './files.ts';
import type { Tree } from './git-tree.ts';
import type { After, Ran } from './run.ts';
import { selection } from './selection.ts';
import { spareMemory } from './spare-memory.ts';

export { DRIFT_RULES };

/** What to look for, and where. */
export interface DriftTask {
  readonly cwd: string;
  /** The folder to read, from the working directory. */
  readonly folder: string;
  readonly config: Config;
  readonly profile: Profile | undefined;
  /** Kinds of difference to look for alone; none means those of the profile. */
  readonly only: readonly string[];
  /** What the risk of a difference goes by. */
  readonly vocabulary: Vocabulary;
  readonly context: Context;
  /** Hears what was read of a folder on the disk, and what was not. */
  readonly tell?: (read: string) => unknown;
}

/** Holds what was linted against the files of the same place: the disk, a revision, what is staged. */
export async function driftAfter(
  { cwd, folder, config, profile, only, vocabulary, context, tell }: DriftTask,
  from: Library,
): Promise<After> {
  const rulesFor = await selection(DRIFT_RULES, config, profile, only);
  return async (ran, before) => {
    spareMemory();
    const { findDrift } = await import('./discovery.ts');
    const systems = ran.map(({ system }) => system);
    const { findings, read } = await findDrift(systems, groundOf(cwd, folder, config, from));
    if (read !== null) tell?.(read);
    const rules = new Map(ran.map(({ system, path }) => [system.name, rulesFor(path)]));
    const assess = new Map(
      systems.map((system) => [mask(system.name), assessAside(worldOf(system, vocabulary, context))]),
    );
    const used = new Map([...rules.values()].flat().map((rule) => [rule.id, rule]));
    return {
      findings: findings
        .flatMap((finding) => judged(finding, rules, before))
        .map((finding) => weighed(finding, assess)),
      rules: [...used.values()].map(infoOf),
      ran: (one: Ran) => (rules.get(one.system.name) ?? []).map(({ id }) => id),
    };
  };
}

/** With the severity of the config. That evidence is gone already says that the approval it backs is. */
function judged(
  finding: Finding,
  rules: ReadonlyMap<string, readonly DriftRule[]>,
  before: readonly Finding[],
): Finding[] {
  const rule = rules.get(finding.system)?.find(({ id }) => id === finding.rule);
  if (!rule) return [];
  const isSaid =
    rule.id === 'drift-approval-unseen' &&
    before.some(
      (each) =>
        each.at.includes('human_approval') &&
        each.system === finding.system &&
        each.subject.some((id) => id.split('.')[0] === finding.subject[0]),
    );
  return isSaid ? [] : [{ ...finding, severity: rule.severity }];
}

function weighed(finding: Finding, assess: ReadonlyMap<string, (found: Aside) => Assessed>): Finding {
  const of = assess.get(finding.system);
  return of === undefined ? finding : { ...finding, risk: riskOf(of(finding)) };
}

const infoOf = (rule: DriftRule): RuleInfo => ({ ...rule, url: driftUrl(rule.id) });

function groundOf(cwd: string, folder: string, config: Config, from: Library): Ground {
  const path = resolve(cwd, folder);
  const name = nameOf(cwd, path);
  const root = name === '.' ? '' : name;
  const ignore = config.folder === path ? config.ignore : [];
  const text = (file: string): string | null => {
    const bytes = from.read(file);
    return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : null;
  };
  if (!isTree(from)) {
    const isThere = (file: string) => ['file', 'folder'].includes(kindOf(resolve(cwd, file)));
    return { folder: path, listing: null, root, ignore, look: { text, isThere } };
  }
  const top = from.pathOf(root);
  return {
    folder: top === '.' ? '' : top.replace(/\/$/, ''),
    listing: { paths: from.paths, text: (file) => text(posix.relative(from.repository.prefix, file)) },
    root,
    ignore,
    look: { text, isThere: (file) => ['file', 'folder'].includes(from.resolve(from.pathOf(file)).is) },
  };
}

const isTree = (from: Library): from is Tree => 'pathOf' in from;

import type { Problem } from '../finding/finding.ts';
import type { Library } from '../model/include.ts';
import type { System } from '../model/system.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { Evidence, EvidenceCheck } from '../rules/evidence.ts';
import type { Rule } from '../rules/hit.ts';
import type { Pack } from '../rules/pack.ts';
import type { Linted, Side } from '../verdict/compare.ts';
import { place } from '../verdict/place.ts';
import { assertionRules } from './assert-rules.ts';
import type { Config } from './config.ts';
import type { Candidate, Wanted } from './files.ts';
import { findInTree } from './git-search.ts';
import type { Tree } from './git-tree.ts';
import type { Io } from './io.ts';
import { type After, loadCandidate, runLint, type Task } from './run.ts';
import type { Selection } from './selection.ts';
import type { LoadedSilence, Reader } from './silence-files.ts';

/** What the sides of a comparison have in common, so that only what they describe can differ. */
export interface Ground {
  readonly config: Config;
  readonly pack: Pack;
  readonly rulesFor: Selection;
  /** The day of the run, in seconds since 1970. */
  readonly asOf: number;
  /** What keeps findings of a side from counting, besides what its descriptions say; left out, nothing. */
  readonly silence?: (from: Reader) => LoadedSilence;
  /** Looks for more on each side, such as for where its other files differ; left out, nothing does. */
  readonly after?: (from: Library) => Promise<After>;
  /** Is told every system that is linted, with the rules that run on it. */
  readonly seen?: Task['seen'];
}

/** Files of one kind: those of the disk, of a revision, of the index. */
export interface Place extends Library {
  readonly evidence: EvidenceCheck;
}

/** Lints some descriptions, and keeps the systems for a comparison. `wrong` is what was wrong before, `covers` as in a task. */
export async function lintSide(
  from: Place,
  files: readonly Candidate[],
  { pack, rulesFor, asOf, silence, after, seen }: Ground,
  wrong: readonly Problem[] = [],
  covers?: Task['covers'],
): Promise<Side> {
  const context = { asOf, evidence: (each: Evidence) => from.evidence(each) };
  const around = silence?.(from);
  const { task, systems } = keeping({
    files,
    pack,
    rulesFor,
    context,
    library: from,
    ...(around && { silence: around.silence }),
    ...(after && { after: await after(from) }),
    ...(seen && { seen }),
    ...(covers && { covers }),
  });
  const verdict = await runLint(task, [...wrong, ...(around?.problems ?? [])]);
  return { systems, verdict };
}

/** A task that keeps the systems it lints, each with the way to lint another form of it. */
export function keeping(task: Task): { readonly task: Task; readonly systems: readonly Linted[] } {
  const systems: Linted[] = [];
  const seen: Task['seen'] = (linted, hits) => {
    const { system, rules } = linted;
    const relint = (other: System) =>
      place(other, evaluate(other, restated(rules, other, task), task.pack.vocabulary, task.context))
        .findings;
    systems.push({ system, relint });
    task.seen?.(linted, hits);
  };
  return { task: { ...task, seen }, systems };
}

/** Where to look for what `lint` looks for with these paths. */
export function wantedFor({ cwd }: Io, paths: readonly string[], config: Config): Wanted {
  const own = paths.length === 0 && config.paths.length > 0;
  return {
    cwd,
    paths: own ? config.paths : paths,
    from: own ? config.folder : cwd,
    ignore: config.ignore,
    ignoreFrom: config.folder,
  };
}

/** The same rules for another form of their system: what it asserts knows places by their names. */
function restated(rules: readonly Rule[], other: System, { pack, silence }: Task): readonly Rule[] {
  const stated = new Set(rules.flatMap((rule) => (rule.stated === undefined ? [] : [rule.id])));
  if (stated.size === 0) return rules;
  const { rules: own, problems } = assertionRules(other, silence?.assertions ?? [], pack.vocabulary);
  // Beside the description, names are still those of before.
  if (problems.length > 0) return rules;
  return [...rules.filter((rule) => rule.stated === undefined), ...own.filter(({ id }) => stated.has(id))];
}

/**
 * The side that a revision is: what it has at these paths, and what it has elsewhere under a name in `names` that the
 * paths do not give (the file may have had another place then). A path that it does not have is no mistake.
 */
export async function treeSide(
  io: Io,
  tree: Tree,
  paths: readonly string[],
  ground: Ground,
  names: readonly string[] = [],
): Promise<Side> {
  const { files } = await findInTree(tree, wantedFor(io, paths, ground.config));
  const here = await lintSide(tree, files, ground);
  const missing = new Set(names);
  for (const { system } of here.systems) missing.delete(system.name);
  if (missing.size === 0) return here;
  const moved = await elsewhere(io, tree, files, missing, ground.config);
  return moved.length === 0 ? here : lintSide(tree, [...files, ...moved], ground);
}

/** Descriptions anywhere else in the tree that give these names, one for each. */
async function elsewhere(
  io: Io,
  tree: Tree,
  files: readonly Candidate[],
  names: Set<string>,
  config: Config,
): Promise<Candidate[]> {
  const root = tree.repository.prefix.replace(/[^/]+/g, '..') || '.';
  const known = new Set(files.map(({ name }) => name));
  const all = await findInTree(tree, wantedFor(io, [root], config));
  const found: Candidate[] = [];
  for (const candidate of all.files) {
    if (known.has(candidate.name) || names.size === 0) continue;
    const loaded = await loadCandidate(candidate, tree);
    if (loaded.is === 'system' && names.delete(loaded.system.name)) found.push(candidate);
  }
  return found;
}

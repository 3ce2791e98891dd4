import type { Finding, Location } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import type { System } from '../model/system.ts';
import { writeEdit } from '../model/write-yaml.ts';
import { type Closing, type ClosingQuestion, closedBy, closing, nameOf } from '../rules/closing.ts';
import { type Change, editOf, type PlaceName, placeName } from '../rules/closing-change.ts';
import type { Hit, Rule } from '../rules/hit.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Context, World } from '../rules/world.ts';
import type { ClosingCount } from './closing-count.ts';
import { fingerprintsOf, written } from './place.ts';

/** One system that was linted, with the rules that ran on it. */
export interface LintedSystem {
  readonly system: System;
  readonly rules: readonly Rule[];
  /** In which they ran. */
  readonly world: World;
}

/** What closings are judged by: the same as the findings. */
export interface ClosingGround {
  readonly vocabulary: Vocabulary;
  readonly context: Context;
}

/** One change of a plan: a control, where it goes, and what it is good for. */
export interface PlannedChange {
  readonly control: string;
  /** What is in force once it is true. */
  readonly means: string;
  readonly place: PlaceName;
  /** Where the place is written today, or the nearest thing that is. */
  readonly location: Location;
  readonly file: string;
  /** Keys from the top of the file to what is patched, and the merge patch (RFC 7396) there. */
  readonly path: readonly string[];
  readonly edit: Readonly<Record<string, unknown>>;
  /** The same as a block of YAML, to copy. */
  readonly yaml: string;
  /** Fingerprints of the attack paths that are open again when this one change is left out. */
  readonly closes: readonly string[];
}

/** An open way that shares no place with the others of its list: each needs a change of its own. */
export interface SeparateWay {
  readonly rule: string;
  /** Ids from where the attacker starts to what is reached. */
  readonly nodes: readonly string[];
}

/** How the attack paths of one system are closed. */
export interface ClosingPlan {
  readonly system: string;
  readonly file: string;
  /** Those that count, worst first. */
  readonly paths: readonly Finding[];
  readonly changes: readonly PlannedChange[];
  readonly proof: readonly SeparateWay[];
  /** Those of `paths` that no control closes. */
  readonly beyond: readonly Finding[];
  /** Rules and targets of paths that are still there, or came into view, after the changes: none, if all went well. */
  readonly left: readonly { readonly rule: string; readonly target: string }[];
}

/** The plan for one system; `paths` are its findings that have to be closed, none other counts. */
export function planClosing(
  linted: LintedSystem,
  paths: readonly Finding[],
  ground: ClosingGround,
): ClosingPlan {
  const { question, found, findingOf } = solve(linted, paths, ground);
  const { system } = linted;
  const isBeyond = new Set(found.beyond.flatMap((hit) => findingOf(nameOf(hit))?.fingerprint ?? []));
  return {
    system: mask(system.name),
    file: system.file,
    paths,
    changes: found.changes.map((change) => ({
      ...planned(change, ground.vocabulary),
      closes: closedBy(question, found.changes, change).flatMap((name) => {
        const finding = findingOf(name);
        return finding && !isBeyond.has(finding.fingerprint) ? [finding.fingerprint] : [];
      }),
    })),
    proof: found.apart.map(({ rule, nodes }) => ({ rule: rule.id, nodes: nodes.map(({ id }) => mask(id)) })),
    beyond: paths.filter(({ fingerprint }) => isBeyond.has(fingerprint)),
    left: found.left.map(({ rule, subject }) => ({ rule: rule.id, target: mask(subject.join(' ')) })),
  };
}

/** Up to where a report counts changes. What is beyond is for `maestro paths`, which takes the time that it needs. */
export interface ClosingLimits {
  readonly paths: number;
  readonly components: number;
  /** Components times paths, by which the time grows. */
  readonly work: number;
}

/** For what people wait for in any case: a part of a lint in CI, a page, a comment. */
export const FOR_PAGES: ClosingLimits = { paths: 100, components: 400, work: 40_000 };
/** For the line below a lint in a terminal, which nobody wants to wait for. */
export const FOR_LINES: ClosingLimits = { ...FOR_PAGES, work: 400 };

const PATIENCE = 60;

/** The same as numbers alone, which cost less. */
export function countClosing(
  linted: LintedSystem,
  paths: readonly Finding[],
  ground: ClosingGround,
  limits: ClosingLimits,
): ClosingCount {
  const unknown = { paths: paths.length, closed: 0, changes: null };
  const components = linted.system.components.length;
  if (components > limits.components || paths.length > limits.paths) return unknown;
  if (components * paths.length > limits.work) return unknown;
  const { found, findingOf } = solve(linted, paths, { ...ground, patience: PATIENCE });
  if (!found.settled) return unknown;
  const open = new Set([...found.beyond, ...found.left].flatMap((hit) => findingOf(nameOf(hit)) ?? []));
  return { paths: paths.length, closed: paths.length - open.size, changes: found.changes.length };
}

interface Solved {
  readonly question: ClosingQuestion;
  readonly found: Closing;
  /** The wanted finding that a rule and a target name. */
  readonly findingOf: (name: string) => Finding | undefined;
}

function solve(
  { system, rules, world }: LintedSystem,
  paths: readonly Finding[],
  ground: ClosingGround & Pick<ClosingQuestion, 'patience'>,
): Solved {
  const asked = new Map(paths.map((finding) => [finding.fingerprint, finding]));
  const byName = new Map<string, Finding>();
  const wanted = (hits: readonly Hit[]) => {
    for (const [i, fingerprint] of fingerprintsOf(system, hits).entries()) {
      const finding = asked.get(fingerprint);
      if (finding) byName.set(nameOf(hits[i]!), finding);
    }
    return new Set(byName.keys());
  };
  const question = { system, rules, world, ...ground, wanted };
  return { question, found: closing(question), findingOf: (name) => byName.get(name) };
}

function planned(change: Change, vocabulary: Vocabulary): Omit<PlannedChange, 'closes'> {
  const { at, edit } = editOf(change);
  const { is, ids } = placeName(change.subject);
  return {
    control: change.control,
    means: vocabulary.get(change.control)?.means ?? '',
    place: { is, ids: ids.map(mask) },
    location: written(at).location,
    file: at.origin.source.file,
    path: at.path.map(mask),
    edit,
    yaml: mask(writeEdit(at.path, edit)),
  };
}

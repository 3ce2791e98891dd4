import type { Finding, Location, Placed } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import type { System } from '../model/system.ts';
import { lineOf } from '../model/write-yaml.ts';
import type { Data } from '../model/yaml.ts';
import type { Anchor, Rule } from '../rules/hit.ts';
import type { Asked } from '../rules/trace-controls.ts';
import { traceFinding } from '../rules/trace-finding.ts';
import type { Observation } from '../rules/trace-observe.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Context } from '../rules/world.ts';
import { place } from './place.ts';

/** One thing that a rule looked at, at its line. */
export type Looked =
  | {
      readonly is: 'fact';
      readonly name: string;
      /** As written, in one line; null for what nobody declared. */
      readonly value: string | null;
      /** Of what is not declared: where it would be. Null for what has no place. */
      readonly location: Location | null;
    }
  | {
      readonly is: 'derived';
      readonly name: string;
      readonly value: string | null;
      readonly because: readonly Looked[];
    }
  | { readonly is: 'step'; readonly text: string; readonly location: Location };

/** The search for one control, at its lines. */
export interface Search {
  readonly control: string;
  readonly means: string;
  readonly subject: string;
  readonly holds: boolean;
  readonly places: readonly SearchedPlace[];
}

export type SearchedPlace = Pick<
  Asked['places'][number],
  'depth' | 'by' | 'who' | 'kind' | 'found' | 'closes'
> & {
  readonly value: string | null;
  readonly location: Location | null;
  readonly because: readonly Looked[];
};

export interface ExplainedFinding {
  readonly finding: Finding;
  readonly looked: readonly Looked[];
  readonly searches: readonly Search[];
  /** For an attack path: its start, then every step, each with the controls that would stop it there. */
  readonly path: readonly ExplainedStep[];
}

export interface ExplainedStep {
  readonly text: string;
  readonly location: Location;
  readonly searches: readonly Search[];
}

/** What made a rule find what carries this fingerprint; null when it finds no such thing in this system. */
export function explainFinding(
  system: System,
  rule: Rule,
  fingerprint: string,
  vocabulary: Vocabulary,
  context: Context,
): ExplainedFinding | null {
  let finding: Finding | undefined;
  const trace = traceFinding(system, rule, vocabulary, context, (result) => {
    const { findings } = place(system, result);
    const at = findings.findIndex((each) => each.fingerprint === fingerprint);
    finding = findings[at];
    return result.hits[at];
  });
  if (!trace || !finding) return null;
  return {
    finding,
    looked: trace.looked.map(looked),
    searches: trace.asked.map(search),
    path: trace.path.map(({ step, stops }) => ({
      text: mask(step.text),
      location: placeOf(step).location,
      searches: stops.map(search),
    })),
  };
}

function looked(each: Observation): Looked {
  if (each.is === 'step')
    return { is: 'step', text: mask(each.text), location: placeOf(each.anchor).location };
  const said = { name: mask(each.name), value: written(each.value) };
  if (each.is === 'derived') return { is: 'derived', ...said, because: each.because.map(looked) };
  return { is: 'fact', ...said, location: each.anchor && placeOf(each.anchor).location };
}

const search = ({ control, means, subject, holds, places }: Asked): Search => ({
  control,
  means,
  subject: mask(subject),
  holds,
  places: places.map(({ depth, by, who, kind, found, closes, value, anchor, because }) => ({
    depth,
    by,
    who: mask(who),
    kind,
    found,
    closes,
    value: written(value),
    location: anchor && placeOf(anchor).location,
    because: because.map(looked),
  })),
});

/** A value in one line, without what looks like a secret; null for none. */
export function written(value: Data | undefined): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return mask(value);
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return mask(lineOf(value));
  return value.length === 0 ? 'none' : mask(value.join(', '));
}

/** Where something is written, or the nearest thing around it that is. */
export function placeOf({ origin, path }: Anchor): Placed {
  const { start, end } = origin.find(path);
  return origin.source.place(start, Math.max(end, start + 1));
}

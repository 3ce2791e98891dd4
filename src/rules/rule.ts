import type { Confidence, Layer, Profile, Severity } from '../finding/severity.ts';
import type { DataMap, Path, YamlFile } from '../model/yaml.ts';

/** What `for:` may visit. */
export const VISITS = [
  'agent',
  'model',
  'store',
  'tool',
  'action',
  'host',
  'monitor',
  'service',
  'peer',
  'actor',
  'boundary',
  'component',
  'grant',
  'delegation',
  'flow',
  'system',
] as const;
export type Visit = (typeof VISITS)[number];

/** Says something with values filled in: texts and expressions in turn. */
export type TemplateOf<E> = readonly (string | E)[];

/** One thing that closes an attack path, and where it may stand. */
export interface StopOf<E> {
  /** True for the nodes on which the control may stand. */
  readonly node: E | null;
  /** Kinds of step on which it may stand. */
  readonly step: readonly string[] | null;
  /** True for the nodes to which such a step has to lead; left out, any. */
  readonly to?: E;
  readonly control: string;
}

/**
 * The way of an attack that a visit finds: what an attacker writes gets to one agent by itself, and that agent does the
 * rest. Either the subject is the agent, and `to` says what it gets to in one step; or `over` and `by` say how the
 * subject is reached. What stops it counts from the agent on.
 */
export interface AttackOf<E> {
  readonly to: E | null;
  readonly over: readonly string[];
  readonly by: E | null;
  readonly stops: readonly StopOf<E>[];
}

/** How a rule looks at a system. `E` is an expression: as checked while loading, or as run while linting. */
export type FormOf<E> =
  | { readonly is: 'visit'; readonly visit: Visit; readonly when: E; readonly attack?: AttackOf<E> }
  | {
      readonly is: 'group';
      readonly visit: Visit;
      readonly groupBy: E;
      readonly about: E | null;
      readonly when: E;
    }
  | { readonly is: 'each'; readonly each: E; readonly variable: string; readonly when: E | null }
  | {
      readonly is: 'path';
      readonly from: E;
      readonly via: E | null;
      readonly to: E;
      readonly stops: readonly StopOf<E>[];
      readonly when: E | null;
    };

/** Forms that tell how an attacker gets from what he controls to what he wants. */
export type WayFormOf<E> =
  | Extract<FormOf<E>, { is: 'path' }>
  | (Extract<FormOf<E>, { is: 'visit' }> & { readonly attack: AttackOf<E> });

export const tellsWay = <E>(form: FormOf<E>): form is WayFormOf<E> =>
  form.is === 'path' || (form.is === 'visit' && form.attack !== undefined);

/** What stops an attacker on the ways of a rule, and where. */
export const stopsOf = <E>(form: WayFormOf<E>): readonly StopOf<E>[] =>
  form.is === 'path' ? form.stops : form.attack.stops;

/** A text of a fix's edit that holds expressions, by the keys to it. */
export interface FillOf<E> {
  readonly path: Path;
  readonly template: TemplateOf<E>;
}

/** The remedy of a rule: `edit` as written, and the texts in it that hold expressions. */
export interface FixPlanOf<E> {
  readonly say: string;
  readonly edit: DataMap;
  readonly fills: readonly FillOf<E>[];
  readonly on: 'subject' | 'edge' | 'system' | 'file';
}

export interface RuleOf<E> {
  readonly id: string;
  readonly title: string;
  readonly layer: Layer;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly profile: Profile | null;
  readonly plane: 'runtime' | 'development' | 'any';
  readonly since: string;
  readonly threats: readonly string[];
  readonly supersedes: readonly string[];
  readonly why: string;
  readonly at: string;
  readonly message: TemplateOf<E>;
  readonly fix: FixPlanOf<E>;
  readonly form: FormOf<E>;
  /** For an own assertion: where it is written, from the top of the file. */
  readonly stated?: { readonly origin: YamlFile; readonly path: Path };
}

/** The same rule with every expression turned into something else. */
export function mapExpressions<A, B>(rule: RuleOf<A>, turn: (expression: A) => B): RuleOf<B> {
  const maybe = (expression: A | null): B | null => (expression === null ? null : turn(expression));
  const template = (parts: TemplateOf<A>) =>
    parts.map((part) => (typeof part === 'string' ? part : turn(part)));
  const fills = rule.fix.fills.map((fill) => ({ ...fill, template: template(fill.template) }));
  return {
    ...rule,
    message: template(rule.message),
    fix: { ...rule.fix, fills },
    form: mapForm(rule.form, turn, maybe),
  };
}

function mapForm<A, B>(form: FormOf<A>, turn: (e: A) => B, maybe: (e: A | null) => B | null): FormOf<B> {
  switch (form.is) {
    case 'visit':
      return mapVisit(form, turn, maybe);
    case 'group':
      return { ...form, groupBy: turn(form.groupBy), about: maybe(form.about), when: turn(form.when) };
    case 'each':
      return { ...form, each: turn(form.each), when: maybe(form.when) };
    case 'path':
      return {
        ...form,
        from: turn(form.from),
        via: maybe(form.via),
        to: turn(form.to),
        stops: form.stops.map((stop) => mapStop(stop, turn, maybe)),
        when: maybe(form.when),
      };
  }
}

function mapVisit<A, B>(
  { is, visit, when, attack }: Extract<FormOf<A>, { is: 'visit' }>,
  turn: (e: A) => B,
  maybe: (e: A | null) => B | null,
): FormOf<B> {
  const form = { is, visit, when: turn(when) };
  if (attack === undefined) return form;
  const stops = attack.stops.map((stop) => mapStop(stop, turn, maybe));
  return { ...form, attack: { ...attack, to: maybe(attack.to), by: maybe(attack.by), stops } };
}

const mapStop = <A, B>(
  { node, step, to, control }: StopOf<A>,
  turn: (e: A) => B,
  maybe: (e: A | null) => B | null,
): StopOf<B> => ({ node: maybe(node), step, ...(to === undefined ? {} : { to: turn(to) }), control });

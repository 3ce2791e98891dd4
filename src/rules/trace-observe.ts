import { type Component, edgesInto } from '../model/system.ts';
import type { Data, DataMap } from '../model/yaml.ts';
import type { Anchor } from './hit.ts';
import type { Seen } from './listener.ts';
import type { Member } from './member.ts';
import { type Heard, isListOfViews, isOfSystem, isReading, isView, type Reading } from './trace-record.ts';

/** One thing that a rule looked at. */
export type Observation =
  /** What somebody wrote; `value` is undefined for what nobody did. Without an anchor it has no place of its own. */
  | {
      readonly is: 'fact';
      readonly name: string;
      readonly value: Data | undefined;
      readonly anchor: Anchor | null;
    }
  /** What follows from facts, with those that it follows from. */
  | {
      readonly is: 'derived';
      readonly name: string;
      readonly value: Data | undefined;
      readonly because: readonly Observation[];
    }
  /** One step on the way of a text or of data. */
  | { readonly is: 'step'; readonly text: string; readonly anchor: Anchor };

/** Says for a field that rests on half the system what it rests on; null for all others. */
export type Because = (view: Seen, field: string) => readonly Observation[] | null;

/** What was heard, as a reader wants it: each fact once, and not the way on which the engine came to it. */
export function observe(heard: readonly Heard[], because: Because): Observation[] {
  const found = new Observer(because).all(heard);
  const inside = new Set(found.flatMap((each) => (each.is === 'derived' ? namesIn(each.because) : [])));
  const names = new Set(namesIn(found));
  return found.filter((each) => (each.is !== 'fact' || !inside.has(each.name)) && !isSaidBy(each, names));
}

const namesIn = (observations: readonly Observation[]): string[] =>
  observations.flatMap((each) =>
    each.is === 'step' ? [] : [each.name, ...(each.is === 'derived' ? namesIn(each.because) : [])],
  );

/** Lists for messages, each with the question that it lists the answers of. */
const LISTED: Readonly<Record<string, string>> = {
  private_data: 'reads_private',
  untrusted_sources: 'sees_untrusted',
};

function isSaidBy(each: Observation, names: ReadonlySet<string>): boolean {
  if (each.is === 'step') return false;
  const [, owner, field] = /^(.*)\.([^.]*)$/.exec(each.name) ?? [];
  return field !== undefined && Object.hasOwn(LISTED, field) && names.has(`${owner}.${LISTED[field]}`);
}

/** Fields that, where nobody wrote them, only lead from one thing to another or say what it is called. */
const ON_THE_WAY = new Set('id ids name key on control subject from to agent tool nodes agents'.split(' '));
/** Days, which rules see in seconds since 1970. */
const DAYS = new Set(['as_of', 'due', 'last']);

class Observer {
  private readonly because: Because;
  /** What was heard on the way to an object below a component, by the view of that object. */
  private readonly led = new Map<unknown, readonly Observation[]>();

  constructor(because: Because) {
    this.because = because;
  }

  all(heard: readonly Heard[]): Observation[] {
    const observed = new Map<string, Observation>();
    for (const each of heard.flatMap((one) => this.one(one))) {
      const name = each.is === 'step' ? each.text : each.name;
      if (!observed.has(name)) observed.set(name, each);
    }
    return deepest([...observed.values()]);
  }

  private one(heard: Heard): readonly Observation[] {
    if (!isReading(heard)) {
      const { name, value, origin, path } = heard;
      return [{ is: 'fact', name, value, anchor: { origin, path } }];
    }
    return this.reading(heard);
  }

  private reading(reading: Reading): readonly Observation[] {
    const { view, field, value } = reading;
    const rests = this.because(view, field) ?? [
      ...(this.led.get(view) ?? []),
      ...writtenMember(view),
      ...this.all(reading.below),
    ];
    if (isView(value)) {
      this.led.set(value, rests);
      return rests;
    }
    if (ON_THE_WAY.has(field) && reading.below.length === 0) return [];
    if (isListOfViews(value) && isOfSystem(view)) return [];
    const name = `${ownerOf(view)}.${field}`;
    const shown = shownValue(field, value);
    if (field === 'type') return [{ is: 'fact', name, value: shown, anchor: anchorOf(view) }];
    const facts = deepest(rests);
    const [only, more] = facts;
    // Several places could say it, and none does.
    if (only && !more && field === 'value') return [only];
    if (facts.length > 0 && (shown === undefined || field === 'given') && facts.every(isMissing))
      return facts;
    if (only?.is === 'fact' && !more && (only.name === name || isMissingAbove(only, name))) return [only];
    if (facts.length === 0) {
      return [{ is: 'fact', name, value: shown, anchor: placeOfList(view, field) ?? anchorOf(view) }];
    }
    return [{ is: 'derived', name, value: shown, because: facts }];
  }
}

/** An object that was read is said by what was read of it. */
function deepest(observations: readonly Observation[]): Observation[] {
  const names = observations.flatMap((each) => (each.is === 'step' ? [] : [each.name]));
  return observations.filter(
    (each) => each.is !== 'fact' || !names.some((name) => name.startsWith(`${each.name}.`)),
  );
}

const isMissing = (each: Observation): boolean => each.is === 'fact' && each.value === undefined;

/** `a.identity` is not declared, so `a.identity.principal` need not be said. */
const isMissingAbove = (fact: Observation & { is: 'fact' }, name: string): boolean =>
  fact.value === undefined && name.startsWith(`${fact.name}.`);

/** Members of lists that belong to no component say themselves what they belong to. */
function ownerOf(view: Seen): string {
  const { ids, key, path } = view.it as { ids?: readonly string[]; key?: string; path?: unknown };
  if (!ids || !key || !path) return view.factOwner;
  return ids[0] === 'controls' ? key : `${ids.join(' → ')}.${key}`;
}

/** A control, a piece of evidence or a text, which belong to lists and are written somewhere. */
function writtenMember(view: Seen): Observation[] {
  const { ids, key, origin, path } = view.it as Partial<Member>;
  if (!ids || !key || !origin || !path) return [];
  let value: Data | undefined = origin.data;
  for (const step of path) value = (value as DataMap | undefined)?.[step];
  return [{ is: 'fact', name: ownerOf(view), value: value ?? undefined, anchor: { origin, path } }];
}

function shownValue(field: string, value: unknown): Data | undefined {
  if (value === '') return undefined;
  if (Array.isArray(value)) return value.map((each) => (isView(each) ? idOf(each) : String(each)));
  if (typeof value === 'number')
    return DAYS.has(field) && Number.isFinite(value)
      ? new Date(value * 1000).toISOString().slice(0, 10)
      : String(value);
  return typeof value === 'boolean' ? value : String(value);
}

const idOf = (view: Seen): string => {
  const { it } = view as { it: { id?: string; action?: Component } };
  return it.id ?? it.action?.id ?? ownerOf(view);
};

function anchorOf({ it }: Seen): Anchor | null {
  const { origin, path, component } = it as Partial<Anchor> & { component?: Component | null };
  if (origin && path) return { origin, path };
  return component ? { origin: component.origin, path: component.path } : null;
}

/** Those who refer to something are written where they do; one of them stands for all. */
function placeOfList({ it }: Seen, field: string): Anchor | null {
  const { in: inward } = it as Partial<Component>;
  const first = inward instanceof Map ? edgesInto(it as Component, field)[0] : undefined;
  return first ? { origin: first.origin, path: first.path } : null;
}

import { type Kind, language } from '../model/language.ts';
import type { Component } from './join.ts';

/** References that a person has to fill in where no artifact shows any, by kind. */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  agent: ['serves', 'models', 'runs_on'],
};
/** Keys without which a component of this kind says too little, beside those that rules cannot judge without. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  agent: ['identity'],
  model: ['provider', 'version'],
};
/** Facts that the system has one answer for, and those that a host answers for what runs on it. */
const ELSEWHERE = ['tenancy'];

/**
 * Keys of a component that nobody but a person can fill in, in the order of the language. `has` are those that the
 * draft holds or gives a reason for.
 */
export function unknownOf(component: Component, has: ReadonlySet<string>): string[] {
  // What people build with is not judged, so nobody has to decide anything.
  if (component.plane === 'development') return [];
  const { kind, links } = component;
  const fields = language.definitions[kind as Kind]?.fields ?? {};
  const runsOn = links.some(({ as }) => as === 'runs_on');
  const wanted = Object.entries(fields)
    .filter(([, { fact }]) => fact)
    .map(([key]) => key)
    .filter((key) => !ELSEWHERE.includes(key))
    .filter((key) => key !== 'exposure' || (!runsOn && exposed(component)))
    // Whoever publishes a function that runs in the agent's own process: its code is here.
    .filter((key) => key !== 'publisher' || component.attributes['transport']?.value !== 'in-process');
  const isOwn = component.attributes['hosting']?.value === 'self-hosted';
  // What nobody asks of callers is judged as open to anyone, so somebody has to say it.
  const isEntry = kind !== 'peer' && component.attributes['exposure']?.value === 'public';
  const entry = isEntry && Object.hasOwn(fields, 'auth') ? ['auth'] : [];
  const missing = [...wanted, ...(REFERENCES[kind] ?? []), ...(KEYS[kind] ?? []), ...entry]
    .filter((key) => !has.has(key))
    // What only runs other agents asks no model.
    .filter((key) => key !== 'models' || component.attributes['workflow']?.value !== true)
    // Nobody provides what one runs oneself.
    .filter((key) => key !== 'provider' || !isOwn);
  const order = Object.keys(fields);
  return [...new Set(missing)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** What can be reached from somewhere at all: a function or a program on standard streams cannot. */
function exposed({ kind, attributes }: Component): boolean {
  if (kind === 'host' || kind === 'store') return true;
  return kind === 'tool' && attributes['url'] !== undefined;
}

/** The words that a key takes, for the comment at the head of a section; null where it takes any text. */
export function wordsOf(kind: string, key: string): string | null {
  const field = language.definitions[kind]?.fields[key];
  if (field?.ref) return `ids of ${field.ref.to.map((each) => SECTIONS[each] ?? each).join(', ')}`;
  const of = field?.of === undefined ? undefined : language.definitions[field.of];
  const short = of?.short === undefined ? undefined : of.fields[of.short];
  return (field?.values ?? short?.values)?.join(' | ') ?? null;
}

/** Names of sections by the kind of what stands there. */
export const SECTIONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(language.sections).map(([section, { kind }]) => [kind, section]),
);

/** Whether somebody has to say what the actions of a tool do: not where its kind says so. */
export const needsEffects = ({ kind, plane, attributes }: Component): boolean =>
  kind === 'tool' &&
  plane === 'runtime' &&
  !Object.hasOwn(language.defaultEffects, String(attributes['kind']?.value ?? ''));

export const EFFECTS = language.definitions['action']!.fields['effect']!.values!.join(' | ');

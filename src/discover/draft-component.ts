import type { Answered } from './draft-answers.ts';
import { type Outside, type Shown, written as writtenControls } from './draft-controls.ts';
import { effectNamed } from './draft-effects.ts';
import { factsOf, place } from './draft-facts.ts';
import { type Actions, referencesOf, type ToolActions } from './draft-links.ts';
import { idText, isExact, isFit, listLines, listText, remark, scalar, some } from './draft-text.ts';
import { needsEffects, unknownOf } from './draft-unknown.ts';
import type { Component } from './join.ts';

/** Everything around a component that its text depends on. */
export interface Around {
  readonly kinds: ReadonlyMap<string, string>;
  /** Agents that are nodes of a graph in code. */
  readonly nodes: ReadonlySet<string>;
  /** Tools that something is shown to use. */
  readonly called: ReadonlySet<string>;
  readonly actions: Actions;
  readonly controls: readonly Shown[];
  readonly said: Answered;
  readonly outside: Outside;
}

/** The text of one component, and what a person has to add. */
export interface Written {
  /** The id, and below it everything else. */
  readonly text: string;
  /** Keys that nobody but a person can fill in. */
  readonly unknown: readonly string[];
  /** What is there and cannot be told, as clauses. */
  readonly unresolved: readonly string[];
}

/** Actions that are listed one a line; more would be a page. */
const MANY = 12;

export function componentText(component: Component, around: Around): Written {
  const { id, name, plane, kind, attributes, confidence } = component;
  const { lines: facts, unresolved } = factsOf(component);
  const references = referencesWith(component, around);
  const shown = writtenControls(kind, around.controls, around.outside);
  const sensitive = around.said.sensitive.find(({ known }) => known === id);
  const listed = around.actions.get(id);
  const actions = kind === 'tool' ? actionLines(component, listed) : [];
  const keys = [
    ...(name !== id && isFit(name) ? [`name: ${scalar(name)}`] : []),
    ...sourceLine(component),
    ...(plane === 'development' ? ['plane: development'] : []),
    ...facts
      .filter(({ key }) => !sensitive || !['classification', 'contains'].includes(key))
      .map(({ key, text, from }) => `${key}: ${text}${from === '' ? '' : `  # ${remark(from)}`}`),
    ...(sensitive ? [`classification: ${sensitive.classification}`] : []),
    ...(sensitive && sensitive.contains.length > 0 ? [`contains: ${listText([...sensitive.contains])}`] : []),
    ...references.flatMap(({ lines }) => lines),
    ...actions,
    ...(shown.lines.length > 0 ? ['controls:', ...shown.lines.map((line) => `  ${line}`)] : []),
  ];
  const open = openOf(component, unresolved, shown.remarks);
  const has = new Set([
    ...facts.map(({ key }) => key),
    ...references.map(({ key }) => key),
    ...open.map(({ key }) => key),
    ...(sensitive ? ['classification', 'contains'] : []),
  ]);
  const unknown = unknownOf(component, has);
  if (needsEffects(component) && !isSaid(listed)) unknown.push('effect');
  if (kind === 'tool' && plane === 'runtime' && !around.called.has(id)) unknown.push('callers');
  // The actions have their own hints.
  const effect = listed ? null : effectNamed(name);
  const hinted = unknown.map((key) =>
    key === 'effect' && effect !== null ? `effect (its name says ${effect})` : key,
  );
  const more = alsoShown(attributes);
  return {
    text: [
      // A key without anything below it would be null, which says less than an empty map.
      keys.length === 0 ? `${idText(id)}: {}` : `${idText(id)}:`,
      ...[
        ...keys,
        ...(confidence === 'inferred' ? ['# inferred from a convention: look whether it is so'] : []),
        ...more,
        ...component.disputes.map(dispute),
        ...open.map(({ key, why }) => `# unknown: ${key}: ${why}`),
        ...(hinted.length > 0 ? [`# unknown: ${hinted.join(', ')}`] : []),
      ].map((line) => `  ${line}`),
    ]
      .map((line) => `  ${line}`)
      .join('\n'),
    unknown,
    unresolved: open.map(({ key, why }) => `${key}: ${why}`),
  };
}

function sourceLine({ sources }: Component): string[] {
  const written = [
    ...new Set(sources.map(({ file, pointer }) => (pointer === '' ? file : `${file}#${pointer}`))),
  ]
    .filter(isExact)
    .map(scalar);
  if (written.length === 0) return [];
  return written.length === 1 ? [`source: ${written[0]}`] : listLines('source', written);
}

/** What artifacts refer to, with what somebody said that an agent reads. */
function referencesWith(component: Component, { kinds, nodes, said }: Around) {
  const mine = [...said.untrusted, ...said.sensitive].filter(({ readers }) => readers.includes(component.id));
  if (mine.length === 0) return referencesOf(component, kinds, nodes);
  const place = { file: '', line: 1, column: 1, attributes: {} };
  return referencesOf(
    {
      ...component,
      links: [...component.links, ...mine.map(({ id }) => ({ as: 'reads', to: id, ...place }))],
    },
    kinds,
    nodes,
  );
}

function actionLines(component: Component, known: ToolActions | undefined): string[] {
  if (!known || known.size === 0) return [];
  const entries = [...known].sort(([a], [b]) => (a < b ? -1 : 1));
  const plain = entries.every(([, { approval, effect }]) => approval === null && effect === null);
  if (plain && (entries.length > MANY || component.plane === 'development'))
    return [`actions: ${listText(entries.map(([name]) => idText(name)))}`];
  return [
    'actions:',
    ...entries.map(([name, { approval, effect }]) => {
      const said = [
        ...(effect === null ? [] : [`effect: ${effect}`]),
        ...(approval === null ? [] : [`approval: ${approval}`]),
      ];
      const hint = effect === null && needsEffects(component) ? effectNamed(name) : null;
      const key = `  ${idText(name)}: ${said.length === 0 ? '{}' : `{ ${said.join(', ')} }`}`;
      return hint === null ? key : `${key}  # its name says ${hint}`;
    }),
  ];
}

/** Whether of every action it is said what it does. */
const isSaid = (actions: ToolActions | undefined): boolean =>
  actions !== undefined && actions.size > 0 && [...actions.values()].every(({ effect }) => effect !== null);

interface Open {
  readonly key: string;
  readonly why: string;
}

/** What the artifacts hold and nobody can tell from them, with its place. */
function openOf(
  { open }: Component,
  unresolved: readonly { readonly key: string; readonly why: string; readonly at: string }[],
  controls: readonly string[],
): Open[] {
  const all = [
    ...unresolved.map(({ key, why, at }) => ({ key, why: remark(`${why} (${at})`) })),
    ...open.map((each) => ({
      key: each.as,
      // What stands in for a host is the folder that it is built from, which the reason names.
      why: remark(`${each.as === 'runs_on' ? '' : `${short(each.to)}: `}${each.why} (${place(each)})`),
    })),
    ...controls.map((why) => ({ key: 'controls', why })),
  ];
  const keys = [...new Set(all.map(({ key }) => key))];
  return keys.flatMap((key) => {
    const whys = new Set(all.filter((each) => each.key === key).map(({ why }) => why));
    return [...whys].map((why) => ({ key, why }));
  });
}

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

/** What artifacts say that the language has no key for and a person wants to know all the same. */
const ALSO: readonly (readonly [key: string, label: string])[] = [
  ['package', 'package'],
  ['ports', 'ports'],
  ['credentials_from', 'credentials from'],
  ['client', 'configured for'],
];

/** A published port without an address. */
const EVERYWHERE = ', on every address of the machine';

function alsoShown(attributes: Component['attributes']): string[] {
  const said = ALSO.flatMap(([key, label]) => {
    const value = attributes[key]?.value;
    const text =
      typeof value === 'string' ? value : Array.isArray(value) ? some(value as readonly string[]) : '';
    // So it reads in the file, and a reader has to know what it means there.
    const where = key === 'ports' && /(?:^|, )[^:,]*:[^:,]*(?:,|$)/.test(text) ? EVERYWHERE : '';
    return text === '' ? [] : [`${label} ${text}${where}`];
  });
  if (attributes['pin'] && attributes['pin'].value !== 'exact' && attributes['package'])
    said.push('its version is not pinned');
  if (attributes['machine_path']?.value === true) said.push('started from a path of one machine');
  if (attributes['disabled']?.value === true) said.push('switched off');
  const automatic = attributes['auto_approve']?.value;
  if (Array.isArray(automatic) && automatic.includes('*'))
    said.push('everything it does is approved by itself');
  return said.length === 0 ? [] : [`# ${remark(said.join('; '))}`];
}

function dispute({ key, values }: Component['disputes'][number]): string {
  const said = values.map((value) => `${String(value.value)} in ${place(value)}`);
  return remark(`# differs: ${key} is ${said.join(', ')}`);
}

import { addTo } from '../finding/grouped.ts';
import { language } from '../model/language.ts';
import { type Answered, type Answers, answered } from './draft-answers.ts';
import { componentText, type Written } from './draft-component.ts';
import { controlsOf, type Outside } from './draft-controls.ts';
import { actionsOf, flowsOf, nodesOf } from './draft-links.ts';
import { idText, isFit, listText, remark, scalar } from './draft-text.ts';
import { EFFECTS, SECTIONS, wordsOf } from './draft-unknown.ts';
import type { Component, Joined, Note } from './join.ts';

export type { Answers } from './draft-answers.ts';
export { partsOf, SENSITIVE_WORDS } from './draft-answers.ts';

/** What a draft is made from. */
export interface DraftInput extends Outside {
  readonly joined: Joined;
  /** Name of the system. */
  readonly name: string;
  readonly answers: Answers;
  /** Address of the schema for editors. */
  readonly schema: string;
}

/** A description, and what of it a person has to decide. */
export interface DraftText {
  readonly text: string;
  /** Keys that nobody but a person can fill in, with the components they are missing of; most components first. */
  readonly unknown: readonly { readonly key: string; readonly of: readonly string[] }[];
  /** Names of unresolved things with their places: `models of triage: comes from MODEL (src/a.py:3)`. */
  readonly unresolved: readonly string[];
}

/**
 * A commented `maestro.yaml` for what a repository shows: the same text for the same facts. It is valid whatever the
 * facts hold: names become ids, values are quoted, comments stay on their line.
 */
export function draftOf(input: DraftInput): DraftText {
  const { joined, name } = input;
  const components = joined.components.filter(({ kind }) => SECTIONS[kind] !== undefined);
  const kinds = new Map<string, string>(components.map(({ id, kind }) => [id, kind]));
  const said = answered(input.answers, components);
  for (const { id } of said.untrusted) kinds.set(id, 'actor');
  for (const { id } of said.sensitive) kinds.set(id, 'store');
  const actions = actionsOf(components, joined.notes);
  const controls = controlsOf(components, input);
  const nodes = nodesOf(components);
  const called = new Set(components.flatMap(({ links }) => links.map(({ to }) => to)));
  const alike = new Map<string, readonly string[]>();
  const texts = new Map<string, Written>();
  for (const each of components) {
    const shown = controls.get(each.id) ?? [];
    const around = { kinds, nodes, called, actions, controls: shown, said, outside: input };
    const { text, unknown, unresolved } = componentText(each, around);
    texts.set(each.id, { text, unknown: shared(alike, unknown), unresolved: shared(alike, unresolved) });
  }
  const unknown = tally(components, texts);
  const parts: string[][] = [
    head(input.schema),
    system(name, said, components),
    ...Object.entries(language.sections).flatMap(([section, { kind }]) => {
      const lines = [...saidOf(kind, said), ...membersOf(components, kind, texts)];
      return lines.length === 0 ? [] : [[...legend(section, kind, components, texts), ...lines]];
    }),
    ...flowsText(components, kinds),
    ...notesText(joined.notes),
  ];
  return {
    // Joined once: each step between would hold all of the text again.
    text: [...parts.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines])), ''].join('\n'),
    unknown,
    unresolved: components.flatMap(({ id }) => texts.get(id)!.unresolved.map((why) => `${id}: ${why}`)),
  };
}

/** The one list that says the same: thousands of components lack the same few keys. */
function shared(known: Map<string, readonly string[]>, words: readonly string[]): readonly string[] {
  const key = words.join('\n');
  const first = known.get(key) ?? words;
  if (first === words) known.set(key, words);
  return first;
}

const head = (schema: string): string[] => [
  `# yaml-language-server: $schema=${schema}`,
  '# Drafted by `maestro init` from the files of this repository, each thing with its `source`.',
  '# Nobody has read it yet. From top to bottom: write a key for what is `unknown`, take out what is not part of',
  '# your system, and lint again after each step. A control counts when it is written here, so write down what is',
  '# built, not what is planned.',
  'maestro: 1',
];

function system(name: string, { owner }: Answered, components: readonly Component[]): string[] {
  const isProduct = components.some(({ plane }) => plane === 'runtime');
  const known = owner !== null && isFit(owner);
  return [
    'system:',
    `  name: ${isFit(name) ? scalar(name) : 'system'}`,
    ...(known ? [`  owner: ${scalar(owner)}`] : isProduct ? ['  # unknown: owner: who answers for it'] : []),
    ...(isProduct
      ? [
          `  # unknown: criticality: ${wordsOf('system', 'criticality')}`,
          `  # unknown: tenancy: ${wordsOf('system', 'tenancy')}`,
        ]
      : []),
  ];
}

/** What somebody said, and no artifact shows. */
function saidOf(kind: string, { untrusted, sensitive, outside }: Answered): string[] {
  if (kind === 'boundary') return untrusted.length > 0 ? [`  ${idText(outside)}: { trust: untrusted }`] : [];
  if (kind === 'actor')
    return untrusted.flatMap(({ id, readers }) => [
      `  ${idText(id)}:`,
      '    kind: content',
      `    boundary: ${idText(outside)}`,
      readers.length > 0
        ? `    # read by ${readers.map(remark).join(', ')}, as was said when this was drafted`
        : '    # unknown: which agents read it: add it to their `reads`',
    ]);
  if (kind !== 'store') return [];
  return sensitive
    .filter(({ known }) => known === null)
    .flatMap(({ id, classification, contains, readers }) => [
      `  ${idText(id)}:`,
      `    classification: ${classification}`,
      ...(contains.length > 0 ? [`    contains: ${listText([...contains])}`] : []),
      `    # unknown: kind${readers.length > 0 ? '' : '; which agents read it: add it to their `reads`'}`,
    ]);
}

function membersOf(
  components: readonly Component[],
  kind: string,
  texts: ReadonlyMap<string, Written>,
): string[] {
  const members = components.filter((each) => each.kind === kind);
  // What runs first: what people build with is an aside.
  const inOrder = [
    ...members.filter(({ plane }) => plane === 'runtime'),
    ...members.filter(({ plane }) => plane !== 'runtime'),
  ];
  return inOrder.map(({ id }) => texts.get(id)!.text);
}

/** The head of a section: its name, and what the words mean that its members lack. */
function legend(
  section: string,
  kind: string,
  components: readonly Component[],
  texts: ReadonlyMap<string, Written>,
): string[] {
  const missing = new Set(
    components.filter((each) => each.kind === kind).flatMap(({ id }) => texts.get(id)!.unknown),
  );
  const lines = [...missing].flatMap((key) => {
    if (key === 'callers') return ['  # callers: agents that call it, which have it in their `tools`'];
    const words = key === 'effect' ? EFFECTS : wordsOf(kind, key);
    const how = key === 'effect' ? ', as in `actions: { call: { effect: read } }`' : '';
    return words === null ? [] : [`  # ${key}: ${words}${how}`];
  });
  return [`${section}:`, ...lines];
}

function flowsText(components: readonly Component[], kinds: ReadonlyMap<string, string>): string[][] {
  const flows = flowsOf(components, kinds);
  if (flows.length === 0) return [];
  return [
    [
      'flows:  # traffic that no key above says',
      ...flows.map(({ from, to, protocol, at }) => {
        const more = protocol === null ? '' : `, protocol: ${protocol}`;
        return `  - { from: ${idText(from)}, to: ${idText(to)}${more} }  # ${at}`;
      }),
    ],
  ];
}

/** Policies and workflows of developers' tooling are no components; who reads the draft wants to know of them. */
function notesText(notes: readonly Note[]): string[][] {
  const shown = notes.filter(({ fact }) => fact.plane === 'development' && fact.kind !== 'secret');
  if (shown.length === 0) return [];
  return [
    [
      '# Also read, and no part of a description:',
      ...shown.map(({ fact: { kind, name, source } }) => {
        const what = kind === 'workflow' ? 'a workflow that runs an agent' : 'settings of a coding agent';
        return `#   ${remark(`${source.file}: ${what}, ${name}`)}`;
      }),
    ],
  ];
}

function tally(components: readonly Component[], texts: ReadonlyMap<string, Written>): DraftText['unknown'] {
  const byKey = new Map<string, string[]>();
  for (const { id } of components) for (const key of texts.get(id)!.unknown) addTo(byKey, key, id);
  return [...byKey]
    .map(([key, of]) => ({ key, of }))
    .sort((a, b) => b.of.length - a.of.length || (a.key < b.key ? -1 : 1));
}

import type { Component as Part } from '../../model/system.ts';
import { type Data, type DataMap, isDataMap } from '../../model/yaml-data.ts';
import { asId } from '../draft-text.ts';
import type { Joined, JoinedValue } from '../join.ts';
import type { Difference, Place, Written } from './difference.ts';
import type { Pair } from './match.ts';
import { claimed } from './parts.ts';

/** Frameworks whose tools say themselves whether somebody is asked. */
const ASK = ['openai-agents', 'google-adk', 'mastra', 'ai-sdk'];
/** What evidence quotes that points at such a place. */
const ASKING = /needs_?approval|require_?approval|require_confirmation|human_input|interrupt|HumanInTheLoop/i;

interface Said extends Written {
  /** Name of the action; null for the tool as a whole. */
  readonly action: string | null;
  readonly by: readonly string[];
}

/** What the description and the artifacts say differently about who is asked before a tool acts. */
export function approvalDifferences(pair: Pair, { notes }: Joined): Difference[] {
  const { shown, declared } = pair;
  if (declared.part.kind !== 'tool') return [];
  const said = approvalsOf(declared.part);
  const auto = listOf(shown.attributes['auto_approve']);
  const allowed = notes.flatMap(({ links }) =>
    links
      .filter(({ to, attributes }) => to === shown.id && attributes['approval']?.value === 'none')
      .flatMap((link) => {
        const names = listOf(link.attributes['actions']).map(({ name }) => name);
        return (names.length > 0 ? names : ['*']).map((name) => ({ name, place: link }));
      }),
  );
  const code = shown.attributes['approval'];
  const never = code?.value === 'none' ? [{ name: null, place: code }] : [];
  const seen = new Set<string | null>();
  const each = [...auto, ...allowed].filter(({ name }) => !seen.has(name) && seen.add(name));
  return [
    ...each.flatMap(({ name, place }) => unasked(pair, said, name, place)),
    ...never.flatMap(({ place }) => contradicted(pair, said, null, place, 'asks nobody before it acts')),
    ...unseen(pair, said, code),
  ];
}

const listOf = (value: JoinedValue | undefined): { name: string; place: Place }[] =>
  value && Array.isArray(value.value)
    ? (value.value as readonly string[]).map((name) => ({ name: idOf(name), place: value }))
    : [];

/** As a description can call it. */
const idOf = (name: string): string => (name === '*' ? name : (asId(name) ?? name));

function unasked(pair: Pair, said: readonly Said[], name: string, place: Place): Difference[] {
  const { part, system } = pair.declared;
  const whole = name === '*';
  const about = said.filter(({ action }) => action === null || action === name || whole);
  const against = contradicted(
    pair,
    about,
    name,
    place,
    `lets ${whole ? 'every call' : name} run without a question`,
  );
  if (against.length > 0) return against;
  const names = new Set(part.actions.map(({ id }) => id.slice(part.id.length + 1)));
  const free = about.filter(({ by }) => by.includes('none')).map(({ action }) => action);
  if (
    free.includes(null) ||
    free.includes(name) ||
    (whole && [...names].every((each) => free.includes(each)))
  )
    return [];
  return [
    {
      rule: 'drift-auto-approve',
      system,
      subject: [part.id],
      detail: name,
      message: `${part.id}: ${whole ? 'every call' : name} runs without a question, and the description does not say so: whoever steers the model has it too`,
      place,
      written: { origin: part.origin, path: part.path },
      says: `${part.id} as it is described`,
      fix: whole
        ? { edit: {}, at: { origin: part.origin, path: part.path } }
        : {
            edit: { actions: { [name]: { approval: 'none' } } },
            at: { origin: part.origin, path: part.path },
          },
    },
  ];
}

function contradicted(
  { declared: { part, system } }: Pair,
  said: readonly Said[],
  name: string | null,
  place: Place,
  what: string,
): Difference[] {
  const asked = said.find(
    ({ by, action }) => asks(by) && (name === null || action === null || action === name || name === '*'),
  );
  if (!asked) return [];
  return [
    {
      rule: 'drift-contradiction',
      system,
      subject: [part.id],
      detail: ['approval', ...(name === null ? [] : [name])].join('.'),
      message: `${part.id} ${what}, and the description says that somebody agrees first (${asked.by.join(', ')}): the approval does not exist`,
      place,
      written: asked,
      says: 'the approval',
      fix: { edit: {}, at: { origin: part.origin, path: part.path } },
    },
  ];
}

/** An approval that is described, of a tool whose code has a place for it and says nothing there. */
function unseen(pair: Pair, said: readonly Said[], code: JoinedValue | undefined): Difference[] {
  const { shown, declared } = pair;
  const { part, system } = declared;
  const framework = shown.attributes['framework']?.value;
  if (pair.by === 'place' || code || shown.controls['human_approval']) return [];
  if (typeof framework !== 'string' || !ASK.includes(framework)) return [];
  const asked = said.find(({ by, action }) => asks(by) && (action === null || action === 'call'));
  if (!asked || isBackedElsewhere(part.raw)) return [];
  return [
    {
      rule: 'drift-approval-unseen',
      system,
      subject: [part.id],
      detail: 'approval',
      message: `${part.id}: the description says that somebody agrees before it acts, and the code that defines it asks nobody`,
      place: shown.sources[0]!,
      written: asked,
      says: 'the approval',
      fix: { edit: {}, at: { origin: part.origin, path: part.path } },
    },
  ];
}

const asks = (by: readonly string[]): boolean => by.some((who) => who !== 'none');

/** Evidence that does not point at the word which is missing now. */
function isBackedElsewhere(raw: DataMap): boolean {
  const controls = raw['controls'];
  const claim = isDataMap(controls) ? controls['human_approval'] : undefined;
  const evidence = isDataMap(claim) ? claim['evidence'] : undefined;
  return evidence !== undefined && !ASKING.test(JSON.stringify(evidence));
}

/** Everything a description says about who is asked before a tool acts, by the tool, its actions and its grants. */
function approvalsOf(part: Part): Said[] {
  const { raw, origin, path } = part;
  const said: Said[] = [];
  const add = (value: Data | undefined, action: string | null, at: Written): void => {
    const by = isDataMap(value) ? value['by'] : value;
    const names = [by ?? []].flat().filter((who): who is string => typeof who === 'string');
    if (names.length > 0) said.push({ action, by: names, ...at });
  };
  const actions = (all: Data | undefined, origin: Written['origin'], path: readonly string[]): void => {
    if (!isDataMap(all)) return;
    for (const [name, value] of Object.entries(all)) {
      const keys = [...path, 'actions', name];
      if (!isDataMap(value)) continue;
      add(value['approval'], name, { origin, path: [...keys, 'approval'] });
      if (claimed(value, 'human_approval') === 'in-force')
        add('human', name, { origin, path: [...keys, 'controls', 'human_approval'] });
    }
  };
  if (claimed(raw, 'human_approval') === 'in-force')
    add('human', null, { origin, path: [...path, 'controls', 'human_approval'] });
  actions(raw['actions'], origin, path);
  for (const edge of [...part.in.values()].flat()) {
    if (edge.key !== 'tools') continue;
    const listed = edge.raw['actions'];
    const names = Array.isArray(listed) ? listed.map(String) : [null];
    for (const name of names)
      add(edge.raw['approval'], name, { origin: edge.origin, path: [...edge.path, 'approval'] });
    actions(listed, edge.origin, edge.path);
  }
  return said;
}

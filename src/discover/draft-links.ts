import { grouped } from '../finding/grouped.ts';
import { type Kind, language } from '../model/language.ts';
import { asId, idText, isFit, listLines, listText, remark, scalar } from './draft-text.ts';
import type { Component, JoinedLink, Note } from './join.ts';
import { folderOf } from './paths.ts';

/** References of a component by the key of the language that they stand under, as YAML. */
export interface Reference {
  readonly key: string;
  /** One line, or one for each target. */
  readonly lines: readonly string[];
}

/** Traffic that no key says. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  /** Null where nothing says it, and where `at` does. */
  readonly protocol: string | null;
  /** Where it is written, and what else a reader wants to know, for a comment. */
  readonly at: string;
}

type Approval = 'none' | 'human' | null;
/** What is known of an action; `approval: none` is what somebody's configuration runs without asking. */
interface Action {
  readonly approval: Approval;
  /** What the code declares it to do. */
  readonly effect: string | null;
}
/** Actions of a tool by name. */
export type ToolActions = ReadonlyMap<string, Action>;
/** Those of all tools by the id of the tool: what it offers, and what somebody is granted. */
export type Actions = ReadonlyMap<string, ToolActions>;

/** Names of actions as ids, each once; `*` and what is no name are left out. */
const names = (value: unknown): string[] => {
  const list = Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : [];
  return [...new Set(list.filter((name) => name !== '*').flatMap((name) => asId(name) ?? []))];
};

/** What every tool is known to do. */
export function actionsOf(components: readonly Component[], notes: readonly Note[] = []): Actions {
  const known = new Map<string, Map<string, Action>>();
  const add = (tool: string, action: string, approval: Approval, effect: string | null = null): void => {
    const actions = known.get(tool) ?? new Map<string, Action>();
    const before = actions.get(action);
    actions.set(action, {
      approval: approval ?? before?.approval ?? null,
      effect: effect ?? before?.effect ?? null,
    });
    known.set(tool, actions);
  };
  for (const { id, kind, attributes, links, offers } of components) {
    if (kind === 'tool') {
      for (const { name, effect } of offers) for (const action of names(name)) add(id, action, null, effect);
      for (const key of ['actions', 'allowed_tools'])
        for (const name of names(attributes[key]?.value)) add(id, name, null);
    }
    if (kind !== 'agent') continue;
    for (const { as, to, attributes: edge } of links)
      if (as === 'tools') for (const name of granted(edge)) add(to, name, null);
  }
  const everything = new Set<string>();
  const unasked = (tool: string, value: unknown): void => {
    for (const name of names(value)) add(tool, name, 'none');
    if (Array.isArray(value) && value.includes('*')) everything.add(tool);
  };
  for (const { id, kind, attributes } of components) {
    if (kind !== 'tool') continue;
    unasked(id, attributes['auto_approve']?.value);
    const approval = attributes['approval']?.value;
    if ((approval === 'human' || approval === 'none') && !known.has(id)) add(id, 'call', approval);
  }
  for (const { links } of notes)
    for (const { to, attributes: edge } of links)
      if (edge['approval']?.value === 'none') unasked(to, edge['actions']?.value ?? ['*']);
  for (const tool of everything)
    for (const name of known.get(tool)?.keys() ?? ['call']) add(tool, name, 'none');
  return known;
}

const granted = (edge: JoinedLink['attributes']): string[] => [
  ...new Set([...names(edge['actions']?.value), ...names(edge['needs_approval']?.value)]),
];

const field = (kind: string, key: string) => {
  const fields = language.definitions[kind]?.fields ?? {};
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
};

/** Whether the language has a reference of this name between these two. */
export function isReference(from: Component, link: JoinedLink, kinds: ReadonlyMap<string, string>): boolean {
  const ref = field(from.kind, link.as)?.ref;
  const kind = kinds.get(link.to);
  return ref !== undefined && kind !== undefined && (ref.to.includes(kind) || ref.to.includes('component'));
}

/** Ids of agents that are nodes of a graph in code: who hands over to whom there is one program. */
export const nodesOf = (components: readonly Component[]): ReadonlySet<string> =>
  new Set(
    components
      .filter(
        ({ kind, attributes, sources }) =>
          kind === 'agent' &&
          attributes['framework']?.value === 'langgraph' &&
          sources.every(({ file }) => CODE.test(file)),
      )
      .map(({ id }) => id),
  );

const CODE = /\.(?:py|[cm]?[jt]sx?)$/;

/** The references of one component, in the order of the language; `nodes` are agents that are one program. */
export function referencesOf(
  component: Component,
  kinds: ReadonlyMap<string, string>,
  nodes: ReadonlySet<string>,
): Reference[] {
  const byKey = grouped(
    component.links.filter((link) => isReference(component, link, kinds)),
    (link) => link.as,
  );
  return Object.keys(language.definitions[component.kind as Kind]?.fields ?? {}).flatMap((key) => {
    const links = byKey.get(key);
    if (!links) return [];
    const isOne = field(component.kind, key)?.form === 'ref' && ONE.includes(key);
    const isInside = (link: JoinedLink): boolean =>
      key === 'delegates_to' && nodes.has(component.id) && nodes.has(link.to);
    return [reference(key, isOne ? links.slice(0, 1) : links, isInside)];
  });
}

/** References that take one id. */
const ONE = ['boundary', 'within'];

function reference(
  key: string,
  links: readonly JoinedLink[],
  isInside: (link: JoinedLink) => boolean,
): Reference {
  const sorted = [...new Map(links.map((link) => [link.to, link])).values()].sort((a, b) =>
    a.to < b.to ? -1 : 1,
  );
  const terms = sorted.map((link) => termsOf(key, link, isInside(link)));
  const ids = sorted.map(({ to }) => idText(to));
  if (terms.every((each) => each === null))
    return { key, lines: ids.length === 1 ? [`${key}: ${ids[0]}`] : listLines(key, ids) };
  return { key, lines: [`${key}:`, ...ids.map((id, i) => `  ${id}: ${terms[i] ?? '{}'}`)] };
}

/** What a connection says about itself; null for nothing. */
function termsOf(key: string, { attributes }: JoinedLink, inside: boolean): string | null {
  const terms: string[] = [];
  if (key === 'tools') {
    const actions = granted(attributes);
    const asked = names(attributes['needs_approval']?.value);
    // Those alone that need approval say nothing of the others.
    const whole = attributes['actions']?.value != null;
    if (whole && actions.length > 0)
      terms.push(
        asked.length === 0
          ? `actions: ${listText(actions.map(idText))}`
          : `actions: { ${actions.map((name) => `${idText(name)}: ${asked.includes(name) ? '{ approval: human }' : '{}'}`).join(', ')} }`,
      );
  }
  const approval = attributes['approval']?.value;
  if (approval === 'none' || approval === 'human') terms.push(`approval: ${approval}`);
  const protocol = attributes['protocol']?.value;
  if (typeof protocol === 'string' && isFit(protocol)) terms.push(`protocol: ${scalar(protocol)}`);
  else if (inside) terms.push('protocol: in-process');
  return terms.length === 0 ? null : `{ ${terms.join(', ')} }`;
}

/** Whether both are services of the compose files of one folder, which get a network of their own on one machine. */
function onOneMachine(from: Component, to: Component | undefined): boolean {
  const foldersOf = ({ facts }: Component) =>
    facts.flatMap(({ reader, source }) => (reader === 'compose' ? [folderOf(source.file)] : []));
  const folders = foldersOf(from);
  return to !== undefined && foldersOf(to).some((folder) => folders.includes(folder));
}

/** What of the links of all components no reference says: each pair once. */
export function flowsOf(components: readonly Component[], kinds: ReadonlyMap<string, string>): Flow[] {
  const flows = new Map<string, Flow>();
  const byId = new Map(components.map((each) => [each.id, each]));
  for (const from of components) {
    const known = new Set(from.links.filter((link) => isReference(from, link, kinds)).map(({ to }) => to));
    for (const link of from.links) {
      if (known.has(link.to) || link.to === from.id || !kinds.has(link.to)) continue;
      const protocol = link.attributes['protocol']?.value;
      const said = typeof protocol === 'string' && isFit(protocol) ? scalar(protocol) : null;
      const key = `${from.id} ${link.to}`;
      if (flows.has(key)) continue;
      const place = `${link.file}:${link.line}`;
      // As a key it would be judged like traffic on a network that others are on.
      const isHidden = said !== null && onOneMachine(from, byId.get(link.to));
      flows.set(key, {
        from: from.id,
        to: link.to,
        protocol: isHidden ? null : said,
        at: remark(isHidden ? `${place}: ${protocol}, in the network of these containers alone` : place),
      });
    }
  }
  return [...flows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, flow]) => flow);
}

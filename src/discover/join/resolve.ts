import type { Fact, FactKind, FactLink } from '../fact.ts';
import { folderOf } from '../paths.ts';
import type { Draft } from './component.ts';

/** Finds what the references of some facts mean. Names that none of them asks for are not kept: most are not. */
export class Index {
  private readonly byName = new Map<string, Draft[]>();
  private readonly bySource = new Map<string, Draft[]>();

  constructor(drafts: readonly Draft[], asking: Iterable<Fact>) {
    for (const { links } of asking)
      for (const { to, definition } of links) {
        this.byName.set(to, []);
        this.byName.set(loose(to), []);
        if (definition) this.bySource.set(placeOf(definition), []);
      }
    for (const draft of drafts)
      for (const { name, source } of draft.facts) {
        addAsked(this.byName, name, draft);
        addAsked(this.byName, loose(name), draft);
        if (this.bySource.size > 0) addAsked(this.bySource, placeOf(source), draft);
      }
  }

  /** The one thing that a link of `fact` means, or why there is none. */
  target(link: FactLink, fact: Fact): Draft | string {
    if (link.definition) {
      const found = this.bySource.get(placeOf(link.definition)) ?? [];
      const fitting = found.find(({ kind }) => kind === link.toKind) ?? found[0];
      if (fitting) return fitting;
    }
    const ofKind = (name: string): Draft[] =>
      (this.byName.get(name) ?? []).filter(({ kind }) => kind === link.toKind);
    const exact = ofKind(link.to);
    const found = nearest(exact.length > 0 ? exact : ofKind(loose(link.to)), fact);
    if (found.length === 1) return found[0]!;
    if (link.unresolved !== undefined) return link.unresolved;
    return found.length === 0
      ? `nothing here is called ${link.to}`
      : `several things here are called ${link.to}`;
  }
}

const placeOf = ({ file, pointer }: { readonly file: string; readonly pointer: string }): string =>
  `${file}#${pointer}`;

/** Adds a thing once, where its key is asked for; all facts of one thing come one after the other. */
function addAsked(lists: ReadonlyMap<string, Draft[]>, key: string, draft: Draft): void {
  const list = lists.get(key);
  if (list && list.at(-1) !== draft) list.push(draft);
}

/** Names as clients and frameworks write them into other names: `my-server` and `my_server` are one. */
export const loose = (name: string): string => `~${name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_')}`;

/** Those on the own plane, and of them those that are written nearest. */
function nearest(found: readonly Draft[], fact: Fact): readonly Draft[] {
  const own = found.filter(({ plane }) => plane === fact.plane);
  return nearestOf(own.length > 0 ? own : found, fact);
}

/** Those that are written nearest to a fact: in the same file, the same folder, a common one. */
export function nearestOf(candidates: readonly Draft[], fact: Fact): readonly Draft[] {
  if (candidates.length < 2) return candidates;
  const distances = candidates.map(({ facts }) =>
    Math.min(...facts.map(({ source }) => distance(source.file, fact.source.file))),
  );
  const best = Math.min(...distances);
  return candidates.filter((_, i) => distances[i] === best);
}

/** 0 for one file, else one more than the folders that lie between two. */
function distance(a: string, b: string): number {
  if (a === b) return 0;
  const [from, to] = [folderOf(a), folderOf(b)].map((folder) => (folder === '' ? [] : folder.split('/'))) as [
    string[],
    string[],
  ];
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  return 1 + from.length + to.length - 2 * common;
}

/** Kinds that become components. */
export const isComponent = (kind: FactKind): boolean =>
  !['action', 'policy', 'workflow', 'secret'].includes(kind);

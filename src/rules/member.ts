import type { Component, Edge } from '../model/system.ts';
import type { Path } from '../model/yaml.ts';
import type { Anchor } from './hit.ts';

/** Something that is no component or edge and still has its place: what an `each` list may hold. */
export interface Member extends Anchor {
  /** Ids of what it belongs to; for what belongs to no component, the top-level key. */
  readonly ids: readonly string[];
  /** Keys from there to it, with dots. */
  readonly key: string;
  /** Where a remedy's patch goes. */
  readonly fixAt: Path;
}

/** Where a member of an `each` list belongs: a component or edge at itself, anything else where it says. */
export function placeOfMember(item: unknown): Member {
  const it = (item as { it?: unknown }).it as Member | Component | Edge;
  if ('ids' in it) return it;
  if ('from' in it) {
    return { ids: [it.from.id, it.to.id], key: it.key, origin: it.origin, path: it.path, fixAt: it.path };
  }
  return { ids: [it.id], key: '', origin: it.origin, path: it.path, fixAt: it.path };
}

import type { Component, Edge } from '../model/system.ts';
import type { DataMap } from '../model/yaml.ts';
import type { Supposed } from './enforces.ts';
import type { Anchor } from './hit.ts';
import { isEdge, isPermit, type Subject } from './subject.ts';
import type { Edit } from './trial.ts';
import { editable, editableComponent } from './visit.ts';
import { isWildcard } from './world.ts';

/** One control, declared in one place: on a component, an action, a grant or another reference, a granted action. */
export interface Change {
  readonly subject: Subject;
  readonly control: string;
}

/** Where one of the changes is written, in words. */
export interface PlaceName {
  readonly is: 'component' | 'action' | 'edge' | 'granted-action';
  /** Of what it stands on: one id, or both ends. */
  readonly ids: readonly string[];
}

export function placeName(subject: Subject): PlaceName {
  if (isPermit(subject)) return { is: 'granted-action', ids: [subject.grant.from.id, subject.action.id] };
  if (isEdge(subject)) return { is: 'edge', ids: [subject.from.id, subject.to.id] };
  if (subject.tool === null) return { is: 'component', ids: [subject.id] };
  return isItsTool(subject)
    ? { is: 'component', ids: [subject.tool.id] }
    : { is: 'action', ids: [subject.id] };
}

/** Equal for equal changes of one system, whatever objects stand for them; the order of these texts is that of ids. */
export const changeKey = ({ subject, control }: Change): string => {
  const { origin, path } = anchorOf(subject);
  const { ids } = placeName(subject);
  return JSON.stringify([ids, control, origin.source.file, path]);
};

/** The kinds under which a vocabulary may allow a control there; empty where nothing can be written. */
export function kindsOf(subject: Subject): readonly string[] {
  if (isPermit(subject)) {
    // A grant without a list allows everything: naming one action there would take away the others.
    return isWildcard(subject.grant) || isItsTool(subject.action) ? [] : ['edge', 'tool'];
  }
  if (isEdge(subject)) return subject.definition === null ? [] : ['edge'];
  if (subject.tool === null) return [subject.kind];
  return isItsTool(subject) ? ['tool'] : ['tool', 'action', 'edge'];
}

/** The only action of a tool that declares none. */
const isItsTool = (action: Component): boolean => action.path === action.tool?.path;

/** The merge patch that makes a change, and where it goes. */
export function editOf({ subject, control }: Change): Edit {
  const named: DataMap =
    isEdge(subject) && subject.key === 'flows' ? { from: subject.from.id, to: subject.to.id } : {};
  return { at: anchorOf(subject), edit: { ...named, controls: { [control]: true } } };
}

function anchorOf(subject: Subject): Anchor {
  if (isPermit(subject)) {
    const { grant, action } = subject;
    const name = action.id.slice(grant.to.id.length + 1);
    return { origin: grant.origin, path: [...editable(grant), 'actions', name] };
  }
  return {
    origin: subject.origin,
    path: isEdge(subject) ? editable(subject) : editableComponent(subject),
  };
}

/** What would hold if all of these were made. */
export function suppose(changes: readonly Change[]): Supposed {
  const written = new Map<Component | Edge, Set<string>>();
  const granted = new Map<Edge, Map<Component, Set<string>>>();
  for (const { subject, control } of changes) {
    if (isPermit(subject)) {
      const actions = entry(granted, subject.grant, () => new Map<Component, Set<string>>());
      entry(actions, subject.action, () => new Set<string>()).add(control);
    } else {
      // Where a tool declares no action, what is written on it is written on both.
      const same = isEdge(subject) || subject.tool === null || !isItsTool(subject) ? [] : [subject.tool];
      for (const each of [subject, ...same]) entry(written, each, () => new Set<string>()).add(control);
    }
  }
  return {
    has: (subject, control) =>
      (isPermit(subject)
        ? granted.get(subject.grant)?.get(subject.action)?.has(control)
        : written.get(subject)?.has(control)) === true,
  };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

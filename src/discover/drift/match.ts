import { addTo } from '../../finding/grouped.ts';
import { loose } from '../join/resolve.ts';
import type { Component } from '../join.ts';
import type { Declared } from './parts.ts';

/** A described component and one that the repository shows, and what says that they are one. */
export interface Pair {
  readonly declared: Declared;
  readonly shown: Component;
  readonly by: 'source' | 'place' | 'name';
}

export interface Matches {
  readonly pairs: readonly Pair[];
  /** What the repository shows and no description has. */
  readonly extra: readonly Component[];
}

/**
 * Which described component is which of the repository: by the source and the kind; by the source alone, as people may
 * see a container where a reader sees a store; then by kind and name, so that renaming a file changes nothing.
 * `nameOf` gives how reports call a file.
 */
export function match(
  declared: readonly Declared[],
  shown: readonly Component[],
  nameOf: (file: string) => string,
): Matches {
  const byPlace = new Map<string, Declared[]>();
  for (const each of declared)
    for (const { files, pointer } of each.sources)
      for (const file of files) addTo(byPlace, `${file}#${pointer}`, each);
  const pairs: Pair[] = [];
  const found = new Set<Component>();
  const used = new Set<Declared>();
  const pair = (one: Declared, of: Component, by: Pair['by']): void => {
    pairs.push({ declared: one, shown: of, by });
    found.add(of);
    used.add(one);
  };
  const at = (component: Component): Set<Declared> =>
    new Set(
      component.sources.flatMap(({ file, pointer }) => byPlace.get(`${nameOf(file)}#${pointer}`) ?? []),
    );
  for (const component of shown)
    for (const each of at(component)) if (each.part.kind === component.kind) pair(each, component, 'source');
  for (const component of shown)
    if (!found.has(component)) for (const each of at(component)) pair(each, component, 'place');
  const left = declared.filter((each) => !used.has(each));
  for (const component of shown) {
    if (found.has(component)) continue;
    const names = namesOf(component);
    for (const each of left)
      if (!used.has(each) && each.part.kind === component.kind && isCalled(each, names))
        pair(each, component, 'name');
  }
  return { pairs, extra: shown.filter((component) => !found.has(component)) };
}

const namesOf = ({ id, name, kind, facts, attributes }: Component): ReadonlySet<string> => {
  const version = kind === 'model' ? attributes['version']?.value : null;
  const names = [
    id,
    name,
    ...facts.map((fact) => fact.name),
    ...(typeof version === 'string' ? [version] : []),
  ];
  return new Set(names.map(loose));
};

const isCalled = ({ part: { id, kind, raw } }: Declared, names: ReadonlySet<string>): boolean =>
  [id, raw['name'], kind === 'model' ? raw['version'] : null].some(
    (name) => typeof name === 'string' && names.has(loose(name)),
  );

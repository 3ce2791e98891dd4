import type { System } from '../../model/system.ts';
import type { DataMap } from '../../model/yaml-data.ts';
import type { Component } from '../join.ts';
import { folderOf } from '../paths.ts';
import type { Difference } from './difference.ts';

/** Sections of the language by the kind of what they hold. */
const SECTIONS: Readonly<Record<string, string>> = {
  agent: 'agents',
  tool: 'tools',
  model: 'models',
  store: 'data',
  host: 'infrastructure',
  monitor: 'observability',
  service: 'security',
  peer: 'ecosystem',
  actor: 'actors',
};
/** Attributes that are keys of the language and hold one of its words, of every kind. */
const KEPT = ['kind', 'transport', 'version', 'image', 'exposure', 'provider'];

/** Components that no description has, each for the system that is described nearest to it. */
export const undeclared = (
  extra: readonly Component[],
  all: readonly Component[],
  systems: readonly System[],
  nameOf: (file: string) => string,
): Difference[] =>
  extra.flatMap((component): Difference[] => {
    const section = SECTIONS[component.kind];
    const place = component.sources[0]!;
    if (section === undefined) return [];
    const system = nearest(systems, nameOf(place.file));
    const users = all.flatMap((other) =>
      other.links.filter(({ to }) => to === component.id).map(() => other.id),
    );
    const used = [...new Set(users)].sort().slice(0, 3).join(', ');
    const isTooling = component.plane === 'development';
    return [
      {
        rule: isTooling ? 'drift-undeclared-tooling' : 'drift-undeclared-component',
        system,
        subject: [component.id],
        detail: component.kind,
        message: `${component.id}, ${ARTICLES[component.kind]}${used === '' ? '' : ` that ${used} uses`}, is in the repository and not in the description: no rule judges it`,
        place,
        written: null,
        says: '',
        fix: {
          edit: edit(component, system, nameOf),
          at: { origin: system.origin, path: [section, component.id] },
        },
      },
    ];
  });

const ARTICLES: Readonly<Record<string, string>> = {
  agent: 'an agent',
  tool: 'a tool',
  model: 'a model',
  store: 'a data store',
  host: 'a host',
  monitor: 'a monitor',
  service: 'a security service',
  peer: 'an agent or service of others',
  actor: 'an actor',
};

function edit(component: Component, system: System, nameOf: (file: string) => string): DataMap {
  const kept = KEPT.flatMap((key): [string, string][] => {
    const value = component.attributes[key]?.value;
    return typeof value === 'string' ? [[key, value]] : [];
  });
  const { file, pointer } = component.sources[0]!;
  const home = folderOf(system.file);
  const name = nameOf(file);
  const path = home !== '' && name.startsWith(`${home}/`) ? name.slice(home.length + 1) : name;
  return {
    ...Object.fromEntries(kept),
    ...(component.plane === 'development' ? { plane: 'development' } : {}),
    source: pointer === '' ? path : `${path}#${pointer}`,
  };
}

/** The system whose description is in the deepest folder around a file; else the first. */
export function nearest(systems: readonly System[], file: string): System {
  const depth = (system: System): number => {
    const home = folderOf(system.file);
    return home === '' ? 0 : file.startsWith(`${home}/`) ? home.length : -1;
  };
  return systems.reduce((best, each) => (depth(each) > depth(best) ? each : best));
}

import type { Layer } from '../finding/severity.ts';
import type { Kind } from './language.ts';
import type { Waiver } from './waivers.ts';
import type { DataMap, Path, YamlFile } from './yaml.ts';

/** What can stand at the end of an edge or be asked for a control: a component, or one action of a tool. */
export interface Component {
  /** Unique in the system; an action is `tool.action`. */
  readonly id: string;
  readonly kind: Kind | 'action';
  readonly layer: Layer | null;
  /** What was written, checked against the schema. */
  readonly raw: DataMap;
  /** Definition of the schema that `raw` follows. */
  readonly definition: string;
  /** The file it is written in, and the keys from its top to it. */
  readonly origin: YamlFile;
  readonly path: Path;
  /** References it makes, by key. */
  readonly out: EdgesByKey;
  /** References others make to it, by the name of the inverse list. */
  readonly in: EdgesByKey;
  /** For a tool: its actions in id order, one called `call` when none is declared. */
  readonly actions: readonly Component[];
  /** For an action: its tool. */
  readonly tool: Component | null;
}

export type EdgesByKey = ReadonlyMap<string, readonly Edge[]>;

/** What components share that have none on a side: most have not, and a map of its own is as large as the rest of one. */
export const NO_EDGES: EdgesByKey = new Map();

/** One reference from one component to another, or one declared flow. */
export interface Edge {
  /** The key it is written under (`reads`, `tools`, …), or `flows`. */
  readonly key: string;
  readonly from: Component;
  readonly to: Component;
  /** What the map form says about it; empty for the short forms. */
  readonly raw: DataMap;
  readonly definition: string | null;
  readonly origin: YamlFile;
  readonly path: Path;
}

/** One whole description with every reference resolved. All lists are in id order, by code unit. */
export interface System {
  readonly name: string;
  readonly file: string;
  /** The `system` section. */
  readonly raw: DataMap;
  /** System-wide controls. */
  readonly controls: DataMap;
  readonly origin: YamlFile;
  /** The file itself and everything it includes. */
  readonly files: readonly YamlFile[];
  readonly components: readonly Component[];
  readonly byId: ReadonlyMap<string, Component>;
  readonly flows: readonly Edge[];
  /** Findings that somebody accepts, in the order of the files. */
  readonly waivers: readonly Waiver[];
}

/** Order of ids in every list and report: by code unit, never by locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const edgesOf = (component: Component, key: string): readonly Edge[] => component.out.get(key) ?? NONE;
export const edgesInto = (component: Component, inverse: string): readonly Edge[] =>
  component.in.get(inverse) ?? NONE;
const NONE: readonly Edge[] = [];

export const textOf = (raw: DataMap, key: string): string => {
  // What every object inherits is no text.
  const value = raw[key];
  return typeof value === 'string' ? value : '';
};

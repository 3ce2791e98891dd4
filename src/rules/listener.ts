import type { DataMap } from '../model/yaml.ts';
import type { Subject } from './subject.ts';

/** A view as a listener knows it. */
export interface Seen {
  /** What it shows: a component, an edge, a granted action, … */
  readonly it: unknown;
  readonly raw: DataMap;
  /** What facts of it are called: an id and the keys below it. */
  readonly factOwner: string;
}

/** Hears what expressions ask of one system: how `explain` learns what a rule looked at. */
export interface Listener {
  /** A field is read; `compute` gives its value. */
  readonly field: (view: Seen, field: string, compute: () => unknown) => unknown;
  /** A control is asked for, of the whole system when `subject` is null; `ask` gives the answer. */
  readonly control: (subject: Subject | null, control: string, ask: () => boolean) => boolean;
}

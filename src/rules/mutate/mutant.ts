import type { Data, Path, YamlFile } from '../../model/yaml.ts';
import type { Holder } from './holders.ts';

/** One place in one file with another value; undefined takes the key or the item away. */
export interface DataEdit {
  readonly origin: YamlFile;
  readonly path: Path;
  readonly value: Data | undefined;
}

/** One declared protection taken away or weakened. */
export interface Mutant {
  /** Id of the operator that made it. */
  readonly operator: string;
  /** Ids of what it was done to: a component, an action, both ends of an edge; empty for the system as a whole. */
  readonly on: readonly string[];
  /** The key below that, with dots; items of lists go by what they say and never by their number. */
  readonly key: string;
  /** What was done, as a clause: `rate_limit: 60/min removed`. */
  readonly says: string;
  readonly edits: readonly DataEdit[];
}

/** A mutant before anybody knows which operator made it. */
export type Draft = Omit<Mutant, 'operator'>;

/** The name of a mutant within one description. Two flows between the same ends share theirs. */
export const nameOf = ({ operator, on, key }: Pick<Mutant, 'operator' | 'on' | 'key'>): string =>
  JSON.stringify([operator, on, key]);

/** A draft that sets the value at `keys` below a holder, or takes it away. */
export const change = (holder: Holder, keys: Path, value: Data | undefined, says: string): Draft => ({
  on: holder.on,
  key: keys.join('.'),
  says,
  edits: [{ origin: holder.origin, path: [...holder.path, ...keys], value }],
});

/** A value as a clause may quote it: short, and a map only by its braces. */
export function shown(value: Data | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `[${value.map((each) => shown(each)).join(', ')}]`.slice(0, MAX_SHOWN);
  return typeof value === 'object' && value !== null ? '{ … }' : String(value).slice(0, MAX_SHOWN);
}
const MAX_SHOWN = 60;

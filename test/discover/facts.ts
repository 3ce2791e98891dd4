import type { Fact, FactValue, Reader, Reading } from '../../src/discover/fact.ts';
import { READERS } from '../../src/discover/readers.ts';

/** The files of a small repository. */
export type Repository = Readonly<Record<string, string>>;

export const readFrom = (reader: Reader, files: Repository, path: string): Reading | null =>
  reader.read(path, files[path]!, (name) => files[name] ?? null);

/** All facts of a repository, as a run would collect them; with `only`, those of one file of it. */
export const factsOf = (files: Repository, readers: readonly Reader[] = READERS, only?: string): Fact[] =>
  readers.flatMap((reader) =>
    Object.keys(files)
      .filter((path) => (only === undefined || path === only) && reader.wants(path))
      .flatMap((path) => readFrom(reader, files, path)?.facts ?? []),
  );

/** Values without their places; those that are not known as `?` and why. */
export const plain = (values: Readonly<Record<string, FactValue>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([key, { value, unresolved }]) => [
      key,
      unresolved ? `? ${unresolved}` : value,
    ]),
  );

/** `reads → store` of a fact, in order. */
export const linksOf = ({ links }: Fact): string[] =>
  links.map(({ as, toKind, to }) => `${as} ${toKind} ${to}`);

export const find = (reading: Reading | null, kind: string, name: string): Fact => {
  const found = reading?.facts.find((fact) => fact.kind === kind && fact.name === name);
  if (!found)
    throw new Error(`no ${kind} ${name} in ${reading?.facts.map((fact) => `${fact.kind} ${fact.name}`)}`);
  return found;
};

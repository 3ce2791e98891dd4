import { mask } from '../finding/secrets.ts';
import type { Fact, Other, Reader, Reading, Unread } from './fact.ts';
import { detached } from './own-text.ts';
import { secretsIn } from './secrets.ts';

/** Whether any kind of artifact may be in a file of this name. */
export const isWanted = (readers: readonly Reader[], path: string): boolean =>
  readers.some(({ wants }) => wants(path));

/** Everything that a file shows: what its readers find, and the credentials in it. Null when it is no artifact. */
export function readFile(
  readers: readonly Reader[],
  path: string,
  text: string,
  other: Other,
): Reading | null {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  let isArtifact = false;
  for (const reader of readers) {
    if (!reader.wants(path)) continue;
    const found = attempt(reader, path, text, other);
    if (!found) continue;
    isArtifact = true;
    facts.push(...found.facts);
    unread.push(...found.unread);
  }
  if (!isArtifact) return null;
  // Where a reader knows the key it stands under, that fact says more than its shape.
  const known = new Set(facts.filter(({ kind }) => kind === 'secret').map(({ source }) => source.line));
  const plane =
    facts.some((fact) => fact.plane === 'runtime') || facts.length === 0 ? 'runtime' : 'development';
  const shaped = secretsIn(path, text).filter(({ source }) => !known.has(source.line));
  return {
    facts: detached([...facts.map(masked), ...shaped.map((fact): Fact => ({ ...fact, plane }))]),
    unread: distinct(unread).map((each) => ({ ...each, why: mask(each.why) })),
  };
}

/** Readers keep credentials out of values; a name or a key may be one all the same. */
function masked(fact: Fact): Fact {
  const { name, source, links } = fact;
  const parts = [name, source.pointer, ...links.map(({ to }) => to)];
  if (parts.every((part) => mask(part) === part)) return fact;
  return {
    ...fact,
    name: mask(name),
    source: { ...source, pointer: mask(source.pointer) },
    links: links.map((link) => ({ ...link, to: mask(link.to) })),
  };
}

/** No text ends a run: a reader that fails says so. */
function attempt(reader: Reader, path: string, text: string, other: Other): Reading | null {
  try {
    return reader.read(path, text, other);
  } catch {
    return { facts: [], unread: [{ file: path, line: 1, why: `this cannot be read as \`${reader.name}\`` }] };
  }
}

/** Several readers of one file meet the same damage. */
const distinct = (unread: readonly Unread[]): Unread[] => [
  ...new Map(unread.map((each) => [`${each.line} ${each.why}`, each])).values(),
];

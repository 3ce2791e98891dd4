import type { Difference, Place } from './difference.ts';
import type { Matches, Pair } from './match.ts';
import type { Declared, NamedSource } from './parts.ts';
import { standsIn } from './stands-in.ts';

/** What lies in the repository; paths as reports call them. */
export interface Look {
  /** The text of a file; null where there is none. */
  readonly text: (file: string) => string | null;
  /** Whether there is a file or a folder. */
  readonly isThere: (path: string) => boolean;
}

/** Sources that lead nowhere: gone, or, where something of that kind and name is elsewhere, moved. */
export function lostSources(
  declared: readonly Declared[],
  { pairs }: Matches,
  look: Look,
  nameOf: (file: string) => string,
): Difference[] {
  const shownAt = new Set(
    pairs.flatMap(({ shown }) => shown.sources.map(({ file, pointer }) => `${nameOf(file)}#${pointer}`)),
  );
  return declared.flatMap((each): Difference[] => {
    // What several places show is there as long as one of them does.
    const [first] = each.sources;
    if (!first || each.sources.some((source) => resolves(source, look, shownAt))) return [];
    const moved = pairs.find(({ declared: one, by }) => one === each && by === 'name');
    return [moved ? movedTo(each, first, moved, nameOf) : gone(each, first, look)];
  });
}

function resolves({ files, pointer }: NamedSource, look: Look, shownAt: ReadonlySet<string>): boolean {
  return files.some((file) => {
    if (shownAt.has(`${file}#${pointer}`)) return true;
    if (!look.isThere(file)) return false;
    if (pointer === '') return true;
    const text = look.text(file);
    return text !== null && standsIn(file, text, pointer);
  });
}

function gone({ part, system }: Declared, source: NamedSource, look: Look): Difference {
  const what = source.files.some(look.isThere)
    ? 'nothing like that stands in the file'
    : 'there is no such file';
  return {
    rule: 'drift-source-gone',
    system,
    subject: [part.id],
    detail: source.written,
    message: `${part.id}: its source ${source.written} is gone (${what}); the description goes on saying what was once true`,
    place: null,
    written: { origin: part.origin, path: source.path },
    says: '',
    fix: { edit: {}, at: { origin: part.origin, path: part.path } },
  };
}

function movedTo(
  { part, system }: Declared,
  source: NamedSource,
  { shown }: Pair,
  nameOf: (file: string) => string,
): Difference {
  const { file, pointer, line, column } = shown.sources[0]!;
  const place: Place = { file, line, column };
  const now = pointer === '' ? nameOf(file) : `${nameOf(file)}#${pointer}`;
  return {
    rule: 'drift-source-moved',
    system,
    subject: [part.id],
    detail: source.written,
    message: `${part.id}: its source ${source.written} is gone, and ${shown.kind} ${shown.name} is at ${now} now`,
    place,
    written: { origin: part.origin, path: source.path },
    says: 'the source as it is described',
    fix: { edit: { source: now }, at: { origin: part.origin, path: part.path } },
  };
}

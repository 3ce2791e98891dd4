import { compare, type Draft } from './component.ts';

/** Of things with one name the first in this list keeps it bare. */
const KINDS = ['agent', 'tool', 'model', 'store', 'host', 'monitor', 'service', 'peer', 'actor'];
/** Words that YAML or a reader of it would take for something else than a name. */
const MISTAKEN = /^(?:true|false|null|yes|no|on|off|y|n|~|__proto__)$/i;
const MAX_ID = 80;

/** A name with nothing in it but what an id may have. */
export function slug(name: string, kind: string): string {
  const clean = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
    .replaceAll(/^[-]+|[-]+$/g, '');
  const short = [...clean].slice(0, MAX_ID).join('').replace(/-+$/, '');
  if (short === '') return kind;
  return MISTAKEN.test(short) ? `${short.replaceAll('_', '')}-${kind}` : short;
}

/**
 * Gives each component its id. It depends on what is there, not on the order: of several with one name the surer kind and
 * the first file keep the bare name, the others add their kind, their folder or both, and last a number.
 */
export function giveIds(drafts: readonly Draft[]): void {
  const ordered = [...drafts].sort(
    (a, b) =>
      compare(a.plane === 'runtime' ? '0' : '1', b.plane === 'runtime' ? '0' : '1') ||
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      compare(a.traces[0]!.source.file, b.traces[0]!.source.file) ||
      a.traces[0]!.source.line - b.traces[0]!.source.line ||
      a.traces[0]!.source.column - b.traces[0]!.source.column ||
      compare(a.name, b.name),
  );
  const taken = new Set<string>();
  for (const draft of ordered) {
    const id = candidates(draft).find((each) => !taken.has(each)) ?? numbered(draft, taken);
    taken.add(id);
    draft.id = id;
  }
}

function candidates({ kind, name, traces }: Draft): string[] {
  const bare = slug(name, kind);
  const folders = traces[0]!.source.file.split('/').slice(0, -1);
  const last = slug(folders.at(-1) ?? '', 'root');
  const all = slug(folders.join('-'), 'root');
  return [bare, `${bare}-${kind}`, `${bare}-${last}`, `${bare}-${kind}-${last}`, `${bare}-${kind}-${all}`];
}

function numbered({ kind, name }: Draft, taken: ReadonlySet<string>): string {
  const bare = slug(name, kind);
  for (let n = 2; ; n++) if (!taken.has(`${bare}-${n}`)) return `${bare}-${n}`;
}

import type { DraftText } from '../discover/draft.ts';
import { SECTIONS } from '../discover/draft-unknown.ts';
import type { Component, Joined } from '../discover/join.ts';
import type { SkipReason } from '../discover/walk.ts';
import { addTo } from '../finding/grouped.ts';
import { visible } from '../report/escape.ts';
import { count, listed } from '../report/words.ts';
import type { Looked } from './discover-files.ts';

/** What a run of `init` has to tell. */
export interface Told {
  /** The file that was written; null when the draft went to standard output. */
  readonly file: string | null;
  /** The folder as it was named. */
  readonly dir: string;
  readonly looked: Looked;
  readonly joined: Joined;
  readonly draft: DraftText;
}

const MOST = 5;

/**
 * What was found, what was not looked at, what a person has to decide, and what to do next, with sentences about other
 * files that were written. Put together before those are: what was found need not stay.
 */
export function summaryText({ file, dir, looked, joined, draft }: Told): (more: readonly string[]) => string {
  const { components } = joined;
  const isProduct = components.some(({ plane }) => plane === 'runtime');
  const before = [
    [
      `${file === null ? 'Drafted' : `${visible(file)} written`}: ${count(components.length, 'component')} from ${count(looked.files, 'file')}.`,
      ...(isProduct ? [] : [onlyTooling(looked)]),
    ],
    kindsText(components),
    folderHint(components),
    secretsText(joined),
    leftOut(looked),
    unknownText(draft),
  ].map((lines) => lines.join('\n'));
  const next = `Next: read ${file === null ? 'it' : visible(file)} once, then npx maestro-lint lint${dir === '.' ? '' : ` ${visible(dir)}`}`;
  return (more) => {
    const lines = more.flatMap((text) => text.split('\n').map(visible));
    return `${[...before, lines.join('\n'), next].filter((part) => part !== '').join('\n\n')}\n`;
  };
}

const onlyTooling = (looked: Looked): string =>
  `All of it is what developers build with (\`plane: development\`), not a product: rules about products leave it alone.${
    looked.unsupported.length > 0 ? ' A product in a language that is not read is not seen: see below.' : ''
  }`;

function kindsText(components: readonly Component[]): string[] {
  const rows = Object.entries(SECTIONS).flatMap(([kind, section]) => {
    const all = components.filter((each) => each.kind === kind);
    const [runtime, development] = ['runtime', 'development'].map((plane) =>
      all.filter((each) => each.plane === plane).map(({ id }) => id),
    ) as [string[], string[]];
    return [
      ...(runtime.length > 0 ? [{ section, ids: runtime, aside: '' }] : []),
      ...(development.length > 0 ? [{ section, ids: development, aside: ' (developers)' }] : []),
    ];
  });
  const width = Math.max(0, ...rows.map(({ section, aside }) => section.length + aside.length));
  return rows.map(
    ({ section, ids, aside }) =>
      `  ${`${section}${aside}`.padEnd(width)}  ${String(ids.length).padStart(3)}  ${listed(ids, MOST)}`,
  );
}

/** Agents in many folders are often many systems. */
function folderHint(components: readonly Component[]): string[] {
  const folders = [
    ...new Set(
      components
        .filter(({ kind, plane }) => kind === 'agent' && plane === 'runtime')
        .map(({ sources }) => sources[0]?.file ?? '')
        .filter((file) => file.includes('/'))
        .map((file) => file.slice(0, file.indexOf('/'))),
    ),
  ].sort();
  if (folders.length < 3) return [];
  return [
    `Agents lie in ${count(folders.length, 'folder')}. If they are systems of their own, describe each: maestro init ${visible(folders[0]!)}`,
  ];
}

function secretsText({ secrets }: Joined): string[] {
  if (secrets.length === 0) return [];
  const places = secrets.map(({ name, source }) => `${source.file}:${source.line} (${name})`);
  return [
    `${count(secrets.length, 'value')} that ${secrets.length === 1 ? 'looks' : 'look'} like a live credential: ${listed(places, MOST)}`,
    '  Revoke what is real: it is in the history of the repository too. No value was kept or printed.',
  ];
}

const WHY: Readonly<Record<SkipReason, string>> = {
  vendored: 'vendored',
  generated: 'generated',
  test: 'test',
  ignored: 'ignored',
};

/** What was not looked at and what could not be read: never silence. */
function leftOut({ skipped, skippedFiles, unsupported, unread }: Looked): string[] {
  const lines: string[] = [];
  for (const reason of Object.keys(WHY) as SkipReason[]) {
    const folders = skipped.filter(({ why }) => why === reason).map(({ folder }) => `${folder}/`);
    if (folders.length > 0)
      lines.push(`  ${count(folders.length, `${WHY[reason]} folder`)}: ${listed(folders, MOST)}`);
  }
  if (skippedFiles > 0) lines.push(`  ${count(skippedFiles, 'test or generated file')} beside others`);
  if (unsupported.length > 0) {
    const languages = [...unsupported]
      .sort((a, b) => b.files - a.files || (a.language < b.language ? -1 : 1))
      .map(({ language, files }) => `${language} (${count(files, 'file')})`);
    lines.push(`  Code that no reader knows: ${listed(languages, MOST)}`);
  }
  const libraries = new Map<string, string[]>();
  for (const { library, file } of unread) if (library) addTo(libraries, library, file);
  if (libraries.size > 0) {
    const each = [...libraries].map(
      ([library, files]) =>
        `${library} (${files.length === 1 ? visible(files[0]!) : count(files.length, 'manifest')})`,
    );
    lines.push(`  Use of libraries that no reader knows: ${listed(each, MOST)}`);
  }
  const broken = unread.filter(({ library }) => library === undefined);
  const shown = broken
    .slice(0, MOST)
    .map(({ file, line, why }) => `  ${visible(`${file}:${line}`)}: ${visible(why)}`);
  const rest = broken.length - shown.length;
  return [
    ...(lines.length > 0 ? ['Not looked at:', ...lines] : []),
    ...(shown.length > 0 ? ['Not read:', ...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])] : []),
  ];
}

/** What a description was held against, for whoever sees no difference. */
export const heldAgainst = (looked: Looked): string =>
  [`Held against ${count(looked.files, 'file')} of the repository.`, ...leftOut(looked)].join('\n');

/** The few keys that most components lack. */
function unknownText({ unknown, unresolved }: DraftText): string[] {
  const lines = unknown.slice(0, MOST).map(({ key, of }) => `  ${key} of ${listed(of, 3)}`);
  if (unresolved.length > 0)
    lines.push(
      `  ${count(unresolved.length, 'reference or value', 'references and values')} that the files do not tell, each with its place`,
    );
  return lines.length === 0
    ? []
    : ['What only you know, marked `# unknown` in the draft; most first:', ...lines];
}

/** When there is nothing to describe: what was looked at, and how to begin by hand. */
export function nothingText(looked: Looked, joined: Joined): string {
  const parts = [
    [`maestro: nothing of an agent was found in ${count(looked.files, 'file')}, so nothing is written`],
    secretsText(joined),
    leftOut(looked),
    ['Begin by hand with `maestro: 1`, a system and an agent: `maestro lint` shows how.'],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

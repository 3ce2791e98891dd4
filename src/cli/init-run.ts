import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ABOUT } from '../../build/about.ts';
import { type Answers, mistakesOf } from '../discover/draft-answers.ts';
import type { Joined } from '../discover/join.ts';
import type { Outcome } from '../finding/outcome.ts';
import { painter } from '../report/paint.ts';
import { problemText } from '../report/text-problem.ts';
import { UserError } from './errors.ts';
import { covering, kindOf, nameOf } from './files.ts';
import { addHook, addWorkflow, offerExtras } from './init-extras.ts';
import { systemName } from './init-name.ts';
import { proveValid } from './init-prove.ts';
import { asked, canAsk } from './init-questions.ts';
import { nothingText, summaryText } from './init-summary.ts';
import { refuseExisting, writeNew } from './init-write.ts';
import type { Io } from './io.ts';
import { loadPolicy, type Policy } from './policy.ts';
import { spareMemory } from './spare-memory.ts';

/** What `maestro init` was asked for. */
export interface InitOptions {
  readonly stdout?: boolean;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly name?: string;
  readonly owner?: string;
  readonly untrusted: readonly string[];
  readonly sensitive: readonly string[];
  readonly workflow?: boolean;
  readonly preCommit?: boolean;
  readonly config?: string;
}

const FILE = 'maestro.yaml';
const SCHEMA = `${ABOUT.repository}/raw/main/schemas/maestro-1.schema.json`;

/** Writes the draft of a description for what lies below `dir`. */
export async function init(io: Io, dir: string, options: InitOptions): Promise<Outcome> {
  const folder = resolve(io.cwd, dir);
  check(folder, dir, options);
  const policy = await loadPolicy(
    folder,
    options.config === undefined ? {} : { config: resolve(io.cwd, options.config) },
  );
  if ('length' in policy) {
    const paint = painter(false, false);
    const shape = { color: 0, width: 100, wrap: false, links: false } as const;
    io.stderr.write(`${policy.map((problem) => problemText(problem, paint, shape)).join('\n\n')}\n`);
    return 'invalid';
  }
  const drafted = await draftOf(io, folder, dir, options, policy);
  if (drafted === null) return 'nothing';
  // What was found is only given up when what waits for it is done with: the proof needs the room.
  await setImmediate();
  proveValid(FILE, drafted.text, policy.pack.vocabulary);
  if (options.stdout) io.stdout.write(drafted.text);
  else writeNew(folder, FILE, drafted.text, options);
  const more = options.stdout ? [] : await extras(io, folder, options);
  (options.stdout ? io.stderr : io.stdout).write(drafted.summary(more));
  return 'clean';
}

/** The draft and what is told of it, and nothing that they were made of; null where there is nothing to describe. */
async function draftOf(
  io: Io,
  folder: string,
  dir: string,
  options: InitOptions,
  policy: Policy,
): Promise<{ readonly text: string; readonly summary: (more: readonly string[]) => string } | null> {
  spareMemory();
  const discovery = await import('./discovery.ts');
  const { joined, looked } = await discovery.discoverJoined(folder, ignoredFrom(folder, policy));
  if (joined.components.length === 0) {
    io.stderr.write(nothingText(looked, joined));
    return null;
  }
  const answers = await answersOf(io, joined, options);
  const { vocabulary } = policy.pack;
  const draft = discovery.draftOf({
    joined,
    answers,
    name: options.name ?? systemName(folder),
    schema: SCHEMA,
    mayStand: (control, kind) => vocabulary.get(control)?.for.includes(kind) ?? false,
    lineAt: linesOf(folder),
  });
  const file = options.stdout ? null : nameOf(io.cwd, join(folder, FILE));
  return { text: draft.text, summary: summaryText({ file, dir, looked, joined, draft }) };
}

/** Everything that can be wrong before anything is read. */
function check(folder: string, dir: string, { stdout, force, workflow, preCommit, name }: InitOptions): void {
  const kind = kindOf(folder);
  if (kind === 'nothing') throw new UserError(`there is no folder called ${dir}`);
  if (kind !== 'folder')
    throw new UserError(`${dir} is no folder`, 'Name the folder whose files are looked at');
  if (stdout && (workflow || preCommit))
    throw new UserError('--stdout writes no files', 'Leave out --workflow and --pre-commit, or --stdout');
  if (name !== undefined && name.trim() === '') throw new UserError('a system needs a name');
  if (!stdout && !force) refuseExisting(folder, [FILE, 'maestro.yml']);
}

/** The config's patterns as seen from the folder that is looked at. */
function ignoredFrom(folder: string, { config }: Policy): string[] {
  const prefix = nameOf(config.folder, folder);
  if (prefix === '.') return [...config.ignore];
  return covering(config.ignore).flatMap((pattern) => {
    if (pattern.startsWith('**/')) return [pattern];
    return pattern.startsWith(`${prefix}/`) ? [pattern.slice(prefix.length + 1)] : [];
  });
}

async function answersOf(io: Io, joined: Joined, options: InitOptions): Promise<Answers> {
  const { owner, untrusted, sensitive } = options;
  const given = { owner, untrusted, sensitive };
  const [mistake] = mistakesOf(given, joined.components);
  if (mistake) throw new UserError(mistake.message, mistake.suggestion);
  if (!canAsk(io, options.yes)) return given;
  const answers = await asked(io, joined, given);
  // What somebody typed is not thrown away for one word of it.
  for (const { message } of mistakesOf(answers, joined.components)) io.stderr.write(`maestro: ${message}\n`);
  return answers;
}

/** Lines of files as the linter will look evidence up: the last file is kept, since neighbours ask for the same one. */
function linesOf(folder: string): (file: string, line: number) => string | null {
  let last: { readonly file: string; readonly lines: readonly string[] } = { file: '', lines: [] };
  return (file, line) => {
    if (last.file !== file) last = { file, lines: textOf(join(folder, file)).split(/\r\n|\r|\n/) };
    return last.lines[line - 1] ?? null;
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function extras(io: Io, folder: string, options: InitOptions): Promise<string[]> {
  const wanted = canAsk(io, options.yes) ? await offerExtras(io, folder, options) : options;
  return [
    ...(wanted.workflow ? [addWorkflow(io, folder, options)] : []),
    ...(wanted.preCommit ? [addHook(folder)] : []),
  ];
}

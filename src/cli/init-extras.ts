import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ABOUT } from '../../build/about.ts';
import { confirmed } from './init-questions.ts';
import { isThere, writeNew } from './init-write.ts';
import type { Io } from './io.ts';
import { repositoryOf } from './repository.ts';

/** What may be written besides the description. */
export interface Extras {
  readonly workflow?: boolean;
  readonly preCommit?: boolean;
  readonly force?: boolean;
}

const WORKFLOW = '.github/workflows/maestro.yml';
const HOOKS = '.pre-commit-config.yaml';

/** Workflows and hooks are read from the root of a repository alone. */
const rootOf = (folder: string): string => repositoryOf(folder) ?? folder;

/** Asks about what no flag decided and is not there yet. */
export async function offerExtras(io: Io, folder: string, given: Extras): Promise<Extras> {
  const root = rootOf(folder);
  const workflow =
    given.workflow ??
    (!isThere(join(root, WORKFLOW)) &&
      (await confirmed(io, `Add ${WORKFLOW}, which lints every pull request?`)));
  const preCommit =
    given.preCommit ??
    (!isThere(join(root, HOOKS)) && (await confirmed(io, `Add ${HOOKS}, which lints before a commit?`)));
  return { workflow, preCommit };
}

/** Writes the workflow that ships with the program; gives a sentence about it. */
export function addWorkflow(io: Io, folder: string, { force = false }: Extras): string {
  const root = rootOf(folder);
  if (isThere(join(root, WORKFLOW)) && !force) return `${WORKFLOW} is there already, and stays as it is`;
  const text = readFileSync(join(io.home, 'examples/workflows/pull-request.yml'), 'utf8');
  writeNew(root, WORKFLOW, text, { force });
  return `${WORKFLOW} lints every pull request, and comments on what it changes`;
}

const HOOK = `  - repo: ${ABOUT.repository}
    rev: v${ABOUT.version}
    hooks:
      - id: maestro
`;

/** Writes the hook, or says what to add: a file that somebody else keeps is not edited, not even with `--force`. */
export function addHook(folder: string): string {
  const root = rootOf(folder);
  if (!isThere(join(root, HOOKS))) {
    writeNew(root, HOOKS, `repos:\n${HOOK}`, {});
    return `${HOOKS} lints before a commit, once \`pre-commit install\` was run`;
  }
  const text = readFileSync(join(root, HOOKS), 'utf8');
  if (text.includes(ABOUT.repository)) return `${HOOKS} has the hook already`;
  return `${HOOKS} is there already. Add below its \`repos:\`\n${HOOK.trimEnd()}`;
}

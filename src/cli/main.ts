import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { ABOUT } from '../../build/about.ts';
import { OUTCOMES, type Outcome } from '../finding/outcome.ts';
import { similar } from '../finding/similar.ts';
import { visible } from '../report/escape.ts';
import { addBaseline } from './baseline.ts';
import { addDiff } from './diff.ts';
import { addDrift } from './drift.ts';
import { UserError } from './errors.ts';
import { addExplain } from './explain.ts';
import { addGraph } from './graph.ts';
import { addInit } from './init.ts';
import type { Io } from './io.ts';
import { addLint } from './lint.ts';
import { addMerge } from './merge.ts';
import { addPaths } from './paths.ts';
import { addRules } from './rules.ts';
import { addSchema } from './schema.ts';
import { addTest } from './test.ts';

/** One small file a command; this list is the order of `--help`. */
const COMMANDS = [
  addLint,
  addInit,
  addDiff,
  addDrift,
  addBaseline,
  addExplain,
  addPaths,
  addMerge,
  addGraph,
  addRules,
  addTest,
  addSchema,
];

/** Runs the program; gives what the process should exit with. Never throws. */
export async function main(io: Io): Promise<number> {
  let outcome: Outcome = 'clean';
  const program = new Command('maestro')
    .description(
      'Threat modelling for AI agents that runs in CI: lints a maestro.yaml against the MAESTRO framework.',
    )
    .version(ABOUT.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text.replace(/^error: /, 'maestro: ')),
      outputError: (text, write) => write(text.split('\n').map(visible).join('\n')),
    });
  for (const add of COMMANDS) {
    add(program, io, (ended) => {
      outcome = ended;
    });
  }
  try {
    await program.parseAsync(withDefault(program, io), { from: 'user' });
    return OUTCOMES[outcome];
  } catch (error) {
    return failed(error, io);
  }
}

const EXAMPLES = `
Examples:
  maestro init                                 write a first maestro.yaml from what this repository says
  maestro lint                                 lint every maestro.yaml below this folder
  maestro lint agents/ --fail-on medium        stricter, one folder
  maestro lint --format text --format sarif --output maestro.sarif
  maestro explain lethal-trifecta              what a rule looks for, and why
  maestro paths                                the attack paths, and what closes all of them

Exit codes: 0 clean, 1 findings, 2 mistake in a file or a flag, 3 nothing to lint, 70 bug in maestro.
Nothing is sent anywhere.`;

/** `lint` is what people mean when they name a file or nothing. */
function withDefault(program: Command, { argv, cwd }: Io): string[] {
  const [first] = argv;
  const commands = ['help', ...program.commands.map((command) => command.name())];
  const asksProgram = ['-h', '--help', '-V', '--version'];
  if (first !== undefined && [...commands, ...asksProgram].includes(first)) return [...argv];
  const near = first !== undefined && /^\w+$/.test(first) ? similar(first, commands) : undefined;
  if (near && !existsSync(resolve(cwd, first!))) {
    throw new UserError(
      `there is no command and no file called ${first}`,
      `Did you mean \`maestro ${near}\`?`,
    );
  }
  return ['lint', ...argv];
}

function failed(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? OUTCOMES.clean : OUTCOMES.invalid;
  if (error instanceof UserError) {
    io.stderr.write(`maestro: ${visible(error.message)}\n`);
    if (error.suggestion) io.stderr.write(`  ${visible(error.suggestion)}\n`);
    return OUTCOMES.invalid;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`maestro ${ABOUT.version} has a bug. Please report this at ${ABOUT.repository}/issues\n`);
  io.stderr.write(`${stack.split('\n').map(visible).join('\n')}\n`);
  return OUTCOMES.bug;
}

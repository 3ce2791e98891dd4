import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import type { End, Io } from './io.ts';

/** By name on the command line: the schema's file, and what it is the schema of. */
const SCHEMAS = {
  model: ['maestro-1', 'a description, `maestro.yaml`'],
  part: ['maestro-part-1', 'a file that a description includes'],
  rule: ['rule-1', 'a rule'],
  vocabulary: ['vocabulary-1', 'a file with control names of your own'],
  config: ['config-1', 'the config, `maestro.config.yaml`'],
  waivers: ['waivers-1', 'findings that are accepted, `maestro.waivers.yaml`'],
  assert: ['assert-1', 'what has to hold, `maestro.assert.yaml`'],
  baseline: ['baseline-1', 'findings that are known, `maestro.baseline.json`'],
  report: ['report-1', 'the JSON report'],
  diff: ['diff-1', 'the JSON report of `maestro diff`'],
  paths: ['paths-1', 'the JSON report of `maestro paths`'],
  equivalents: ['equivalents-1', 'changes that `maestro test --mutate` need not notice'],
  mutation: ['mutation-1', 'the JSON report of `maestro test --mutate`'],
  compliance: ['compliance-1', 'the JSON report of `maestro rules --compliance`'],
} as const;

type Name = keyof typeof SCHEMAS;

/** The text of a schema as it ships with the program. */
export const schemaText = (io: Io, which: Name): string =>
  readFileSync(join(io.home, 'schemas', `${SCHEMAS[which][0]}.schema.json`), 'utf8');

export function addSchema(program: Command, io: Io, end: End): void {
  program
    .command('schema')
    .summary('print a JSON Schema')
    .description('Prints the JSON Schema of one of our formats, for editors and other programs.')
    .addArgument(new Argument('[which]', 'which one').choices(Object.keys(SCHEMAS)).default('model'))
    .addHelpText('after', help)
    .action((which: Name) => {
      io.stdout.write(schemaText(io, which));
      end('clean');
    });
}

function help(): string {
  const lines = Object.entries(SCHEMAS).map(([name, [, of]]) => `  ${name.padEnd(12)}${of}`);
  return `
Schemas:
${lines.join('\n')}

Each says in its \`$id\` under which address it is published. Beginning of a file, for an editor:
  # yaml-language-server: $schema=maestro.schema.json

Examples:
  maestro schema > maestro.schema.json
  maestro schema part > part.schema.json
  maestro schema rule`;
}

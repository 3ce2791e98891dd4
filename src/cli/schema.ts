import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import type { End, Io } from './io.ts';

/** By name on the command line: the schema's file. */
const SCHEMAS = { model: 'maestro-1', rule: 'rule-1', config: 'config-1', report: 'report-1' };

/** The text of a schema as it ships with the program. */
export const schemaText = (io: Io, which: keyof typeof SCHEMAS): string =>
  readFileSync(join(io.home, 'schemas', `${SCHEMAS[which]}.schema.json`), 'utf8');

export function addSchema(program: Command, io: Io, end: End): void {
  program
    .command('schema')
    .summary('print a JSON Schema')
    .description(
      'Prints the JSON Schema of the language, of rule files, of the config or of the JSON report.',
    )
    .addArgument(new Argument('[which]', 'which one').choices(Object.keys(SCHEMAS)).default('model'))
    .addHelpText('after', '\nExamples:\n  maestro schema > maestro.schema.json\n  maestro schema rule')
    .action((which: keyof typeof SCHEMAS) => {
      io.stdout.write(schemaText(io, which));
      end('clean');
    });
}

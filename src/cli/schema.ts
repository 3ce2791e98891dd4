import { Argument, type Command } from 'commander';
import type { Io } from './io.ts';
import type { End } from './main.ts';

/** By name: the schema, loaded only when somebody asks for it. */
const SCHEMAS = {
  model: () => import('../../schemas/maestro-1.schema.json', { with: { type: 'json' } }),
  rule: () => import('../../schemas/rule-1.schema.json', { with: { type: 'json' } }),
  config: () => import('../../schemas/config-1.schema.json', { with: { type: 'json' } }),
  report: () => import('../../schemas/report-1.schema.json', { with: { type: 'json' } }),
};

export function addSchema(program: Command, io: Io, end: End): void {
  program
    .command('schema')
    .summary('print a JSON Schema')
    .description(
      'Prints the JSON Schema of the language, of rule files, of the config or of the JSON report.',
    )
    .addArgument(new Argument('[which]', 'which one').choices(Object.keys(SCHEMAS)).default('model'))
    .addHelpText('after', '\nExamples:\n  maestro schema > maestro.schema.json\n  maestro schema rule')
    .action(async (which: keyof typeof SCHEMAS) => {
      const { default: schema } = await SCHEMAS[which]();
      io.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
      end('clean');
    });
}

import { type Command, Option } from 'commander';
import { UserError } from './errors.ts';
import type { End, Io } from './io.ts';
import type { MutateOptions } from './mutate-run.ts';
import { asOfOption, configOption, packOption, profileOption } from './options.ts';

export function addTest(program: Command, io: Io, end: End): void {
  program
    .command('test')
    .summary('run the tests of rules and assertions, or test what they notice in a description')
    .description(
      'Loads rule files and assertions and runs the tests in them; all mistakes and failures are reported.\n' +
        'With --mutate, weakens descriptions in memory, one declared protection at a time, and says which of these\n' +
        'changes no rule or assertion notices.',
    )
    .argument(
      '[paths...]',
      'rule files, descriptions, maestro.assert.yaml, or folders of them (default: the packs of the config and the assertions here, else the rules that come with maestro);\nwith --mutate, descriptions or folders',
    )
    .option('--mutate', 'weaken these descriptions and see whether some rule notices')
    .addOption(
      new Option('-f, --format <format>', 'how to print what --mutate found').choices(['text', 'json']),
    )
    .addOption(profileOption('rules that have to notice, with --mutate (default: strict)'))
    .addOption(configOption())
    .addOption(packOption())
    .addOption(asOfOption())
    .addHelpText(
      'after',
      `
Examples:
  maestro test
  maestro test security/rules
  maestro test security/rules/owner-missing.yaml
  maestro test maestro.assert.yaml
  maestro test --mutate payments.maestro.yaml
  maestro test --mutate payments.maestro.yaml --format json`,
    )
    .action(async (paths: string[], options: Partial<MutateOptions> & { readonly mutate?: boolean }) => {
      if (options.mutate) {
        const { mutate } = await import('./mutate-run.ts');
        end(await mutate(io, paths, { ...options, format: options.format ?? 'text' }));
        return;
      }
      const only = (['format', 'profile', 'config', 'asOf'] as const).find(
        (key) => options[key] !== undefined,
      );
      if (only !== undefined || (options.pack?.length ?? 0) > 0)
        throw new UserError(
          'tests of rules take no options',
          'Add --mutate to weaken a description, or name rule files alone',
        );
      // The expression engine is only loaded by who writes rules.
      const { testRules } = await import('./test-rules.ts');
      end(await testRules(io, paths));
    });
}

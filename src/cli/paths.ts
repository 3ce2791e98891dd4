import { type Command, Option } from 'commander';
import type { End, Io } from './io.ts';
import { asOfOption, configOption, failOnOption, packOption, profileOption, ruleOption } from './options.ts';
import type { PathsOptions } from './paths-run.ts';

export function addPaths(program: Command, io: Io, end: End): void {
  program
    .command('paths')
    .summary('the open attack paths, and the fewest changes that close all of them')
    .description(
      'Lists the attack paths that are open, and the fewest changes that were found to close all of them: which control,\n' +
        'where, and the edit. The changes are made in a copy and the rules are run again before anything is said.',
    )
    .argument('[paths...]', 'files or folders (default: this folder)')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addOption(failOnOption('exit 1 when a path of this severity is open (default: high)'))
    .addOption(profileOption())
    .addOption(ruleOption())
    .addOption(configOption())
    .addOption(packOption())
    .addOption(asOfOption())
    .addHelpText(
      'after',
      `
Examples:
  maestro paths
  maestro paths payments.maestro.yaml --profile strict
  maestro paths --rule untrusted-input-reaches-code
  maestro paths --format json --fail-on never`,
    )
    .action(async (paths: string[], options: PathsOptions) => {
      // Only this command and runs that find several paths ask what closes them.
      const { paths: run } = await import('./paths-run.ts');
      end(await run(io, paths, options));
    });
}

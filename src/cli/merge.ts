import type { Command } from 'commander';
import type { End, Io } from './io.ts';
import type { MergeOptions } from './merge-run.ts';
import { failOnOption, formatOption, maxFindingsOption, outputOption } from './options.ts';
import type { Wanted } from './output.ts';

export function addMerge(program: Command, io: Io, end: End): void {
  const formats: Wanted[] = [];
  program
    .command('merge')
    .summary('put the parts of one lint together')
    .description(
      'Reads what every `lint --shard` of one lint wrote as JSON, and reports as one lint of everything would, in\n' +
        'whatever order the files are given. A part that is missing, there twice or of another version fails the run.',
    )
    .argument('<reports...>', 'the JSON report of each part')
    .addOption(formatOption(formats))
    .addOption(outputOption(formats))
    .addOption(maxFindingsOption())
    .addOption(failOnOption('exit 1 from this severity on (default: as the parts were linted)'))
    .option('--fail-on-unknown', 'exit 1 when a check could not judge')
    .option('--allow-empty', 'exit 0 when there was nothing to lint')
    .option('--sarif-dir <folder>', 'write one SARIF file for each system into this folder')
    .option('--sarif-category <name>', 'tells uploads for one commit apart')
    .option('--sarif-include-suppressed', 'SARIF lists what is waived or known too, marked as such')
    .addHelpText(
      'after',
      `
Examples:
  maestro merge part-*.json
  maestro merge part-*.json --format sarif --output maestro.sarif --format github
  maestro lint --shard 1/8 --format json --output part-1.json     one of eight jobs before`,
    )
    .action(async (reports: string[], options: MergeOptions) => {
      // Nobody who lints needs what puts parts together.
      const { mergeReports } = await import('./merge-run.ts');
      end(await mergeReports(io, reports, { ...options, format: formats }));
    });
}

import { type Command, Option } from 'commander';
import { SEVERITIES } from '../finding/severity.ts';
import type { End, Io } from './io.ts';
import type { MergeOptions } from './merge-run.ts';
import { FORMATS, type Wanted, wantedFormats } from './output.ts';

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
    .addOption(
      new Option(
        '-f, --format <format>',
        `${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}; may repeat`,
      )
        .argParser((name: string) => wantedFormats.format(formats, name))
        .default(formats, 'text'),
    )
    .addOption(
      new Option(
        '-o, --output <file>',
        'where the format before it goes (default: standard output)',
      ).argParser((file: string) => wantedFormats.output(formats, file)),
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit 1 from this severity on (default: as the parts were linted)',
      ).choices([...SEVERITIES, 'never']),
    )
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

import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { SEVERITIES } from '../finding/severity.ts';
import { UserError } from './errors.ts';
import { kindOf } from './files.ts';
import type { End, Io } from './io.ts';
import { dayOf } from './lint.ts';
import { type LintOptions, lint } from './lint-run.ts';
import { FORMATS, type Wanted, wantedFormats } from './output.ts';

export function addDrift(program: Command, io: Io, end: End): void {
  const formats: Wanted[] = [];
  program
    .command('drift')
    .summary('where the descriptions and the repository differ')
    .description(
      'Reads what a folder shows of its agents, tools, models and hosts, and holds the descriptions in it against that:\n' +
        'what is not described, what is gone, what they say differently. Nothing is started, nothing leaves the machine.',
    )
    .argument('[folder]', 'what to read (default: this folder)')
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
      new Option('--fail-on <severity>', 'exit 1 from this severity on (default: high)').choices([
        ...SEVERITIES,
        'never',
      ]),
    )
    .addOption(
      new Option('--rule <id>', 'look for this kind of difference alone; may repeat')
        .argParser((id: string, ids: string[]) => [...ids, id])
        .default([], 'all'),
    )
    .option('-c, --config <file>', 'config to use (default: maestro.config.yaml, searched upwards)')
    .addOption(
      new Option('--as-of <day>', 'judge periods by this day (default: today in UTC)').argParser(dayOf),
    )
    .option('--base <revision>', 'what differs from this git revision is what counts')
    .option('--baseline <file>', 'findings that are known (default: maestro.baseline.json, searched upwards)')
    .option('--no-ignores', 'let everything count: no waivers, comments or baseline')
    .addHelpText(
      'after',
      '\nExamples:\n  maestro drift\n  maestro drift services/desk --fail-on medium\n  maestro drift --format sarif --output drift.sarif\n  maestro lint --drift',
    )
    .action(async (folder: string | undefined, options: LintOptions) => {
      if (folder !== undefined && kindOf(resolve(io.cwd, folder)) !== 'folder')
        throw new UserError(
          `${folder} is no folder`,
          'Name the folder that holds the description and the code',
        );
      const paths = folder === undefined ? [] : [folder];
      end(await lint(io, paths, { ...options, format: formats, driftOf: folder ?? '.' }));
    });
}

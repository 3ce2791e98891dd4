import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UserError } from './errors.ts';
import { kindOf } from './files.ts';
import type { End, Io } from './io.ts';
import { type LintOptions, lint } from './lint-run.ts';
import {
  asOfOption,
  configOption,
  failOnOption,
  formatOption,
  maxFindingsOption,
  outputOption,
  ruleOption,
} from './options.ts';
import type { Wanted } from './output.ts';

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
    .addOption(formatOption(formats))
    .addOption(outputOption(formats))
    .addOption(maxFindingsOption())
    .addOption(failOnOption())
    .addOption(ruleOption('look for this kind of difference alone; may repeat', 'all'))
    .addOption(configOption())
    .addOption(asOfOption('judge periods by this day (default: today in UTC)'))
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

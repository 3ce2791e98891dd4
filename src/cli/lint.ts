import { type Command, Option } from 'commander';
import { PROFILES, SEVERITIES } from '../finding/severity.ts';
import { UserError } from './errors.ts';
import { frameworkOption } from './framework.ts';
import type { End, Io } from './io.ts';
import { type LintOptions, lint } from './lint-run.ts';
import { FORMATS, type Wanted, wantedFormats } from './output.ts';
import { packOption } from './pack-option.ts';
import { refuseWith, shardOf } from './shard.ts';

export function addLint(program: Command, io: Io, end: End): void {
  const formats: Wanted[] = [];
  program
    .command('lint')
    .summary('check descriptions and report what is wrong (the default)')
    .description(
      'Lints every maestro.yaml and *.maestro.yaml it is given, or finds below the folders it is given.',
    )
    .argument('[paths...]', 'files or folders (default: this folder)')
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
    .option('--fail-on-unknown', 'exit 1 when a check could not judge')
    .addOption(new Option('--profile <profile>', 'which rules run').choices(PROFILES))
    .addOption(
      new Option('--rule <id>', 'run this rule alone; may repeat')
        .argParser((id: string, ids: string[]) => [...ids, id])
        .default([], 'those of the profile'),
    )
    .option('-c, --config <file>', 'config to use (default: maestro.config.yaml, searched upwards)')
    .addOption(packOption())
    .addOption(frameworkOption())
    .addOption(
      new Option('--as-of <day>', 'judge reviews and periods by this day (default: today in UTC)').argParser(
        dayOf,
      ),
    )
    .option('--base <revision>', 'what differs from this git revision is what counts')
    .addOption(
      new Option(
        '--require-evidence <severity>',
        'a control needs evidence where a finding from this severity on would fire without it',
      ).choices(SEVERITIES),
    )
    .option('--drift', 'hold the descriptions against the files of this folder too')
    .option('--staged', 'lint what the next commit touches, as it will be (for a pre-commit hook)')
    .option('--policy-from <revision>', 'use the config and the rules of this git revision')
    .addOption(
      new Option(
        '--shard <part>',
        'lint one part of all files, as 1/8; `maestro merge` puts the JSON reports together',
      ).argParser(shardOf),
    )
    .option('--allow-empty', 'exit 0 when there is nothing to lint')
    .option('--sarif-dir <folder>', 'write one SARIF file for each system into this folder')
    .option('--sarif-category <name>', 'tells uploads for one commit apart')
    .option('--sarif-include-suppressed', 'SARIF lists what is waived or known too, marked as such')
    .option('--baseline <file>', 'findings that are known (default: maestro.baseline.json, searched upwards)')
    .option('--no-ignores', 'let everything count: no waivers, comments or baseline')
    .addHelpText(
      'after',
      `
Examples:
  maestro lint
  maestro lint examples --fail-on never
  maestro lint --format text --format sarif --output maestro.sarif
  maestro lint --format github --format junit --output maestro.xml
  maestro lint --base origin/main --fail-on medium
  maestro lint --staged
  maestro lint --no-ignores
  maestro lint --shard 1/8 --format json --output part-1.json
  maestro lint payments.maestro.yaml --rule lethal-trifecta
  maestro lint --framework owasp-asi:ASI03:2026`,
    )
    .action(async (paths: string[], options: LintOptions) => {
      if (options.shard) refuseWith(options);
      end(await lint(io, paths, { ...options, format: formats }));
    });
}

/** A day as people write it, in seconds since 1970. */
export function dayOf(text: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day)) throw new UserError(`${text} is no day`, 'Write it as 2026-01-31');
  return day / 1000;
}

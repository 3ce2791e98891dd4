import { type Command, Option } from 'commander';
import { SEVERITIES } from '../finding/severity.ts';
import { frameworkOption } from './framework.ts';
import type { End, Io } from './io.ts';
import { type LintOptions, lint } from './lint-run.ts';
import {
  asOfOption,
  configOption,
  failOnOption,
  formatOption,
  maxFindingsOption,
  outputOption,
  packOption,
  profileOption,
  ruleOption,
} from './options.ts';
import type { Wanted } from './output.ts';
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
    .addOption(formatOption(formats))
    .addOption(outputOption(formats))
    .addOption(maxFindingsOption())
    .addOption(failOnOption())
    .option('--fail-on-unknown', 'exit 1 when a check could not judge')
    .addOption(profileOption())
    .addOption(ruleOption())
    .addOption(configOption())
    .addOption(packOption())
    .addOption(frameworkOption())
    .addOption(asOfOption())
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

import { type Command, Option } from 'commander';
import { type DiffOptions, diff } from './diff-run.ts';
import { frameworkOption } from './framework.ts';
import type { End, Io } from './io.ts';
import { asOfOption, configOption, failOnOption, packOption, profileOption, ruleOption } from './options.ts';

export function addDiff(program: Command, io: Io, end: End): void {
  program
    .command('diff')
    .summary('what a change adds, removes and allows')
    .description(
      'Compares two states of the descriptions: findings that are new, worse or fixed, attack paths that opened or closed, what agents may do now, controls and components. Each state is a file, a folder or a git revision; a file that is there wins over a revision of that name.',
    )
    .argument('<base>', 'the older state')
    .argument('[head]', 'the newer state (default: the working tree)')
    .addOption(new Option('-f, --format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .option('-o, --output <file>', 'where it goes (default: standard output)')
    .addOption(failOnOption('exit 1 when something new or worse has this severity (default: high)'))
    .addOption(profileOption())
    .addOption(ruleOption())
    .addOption(configOption())
    .addOption(packOption())
    .addOption(frameworkOption())
    .addOption(asOfOption())
    .addHelpText(
      'after',
      `
Both states are judged by the same rules: those of the config in the working tree.

Examples:
  maestro diff main
  maestro diff HEAD~3 HEAD --fail-on never
  maestro diff v1.2.0 agents/payments.maestro.yaml
  maestro diff as-found.maestro.yaml hardened.maestro.yaml
  maestro diff main --format json --output diff.json`,
    )
    .action(async (base: string, head: string | undefined, options: DiffOptions) =>
      end(await diff(io, base, head, options)),
    );
}

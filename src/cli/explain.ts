import { type Command, Option } from 'commander';
import type { ExplainOptions } from './explain-run.ts';
import type { End, Io } from './io.ts';
import { asOfOption, configOption, packOption, profileOption } from './options.ts';

export function addExplain(program: Command, io: Io, end: End): void {
  program
    .command('explain')
    .summary('why a finding is one, what a rule looks for, what an unknown fact decides')
    .description(
      'Explains a rule by its id; a finding by its fingerprint, or the first six digits of it or more: what the rule\n' +
        'looked at, where it looked for controls, and what would close it; a fact that is not declared, as\n' +
        '`trader.autonomy`: who waits for it and what each value would mean; a component: all that was found about it.',
    )
    .argument('<what>', 'rule, fingerprint, fact or component')
    .argument('[paths...]', 'files or folders to find it in (default: this folder)')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addOption(configOption())
    .addOption(packOption())
    .addOption(profileOption())
    .addOption(asOfOption())
    .addHelpText(
      'after',
      '\nExamples:\n  maestro explain kill-switch-missing\n  maestro explain 9f31c0aa\n' +
        '  maestro explain trader.autonomy\n  maestro explain trader agents/',
    )
    .action(async (what: string, paths: string[], options: ExplainOptions) => {
      // Only this command follows what rules read.
      const { explain } = await import('./explain-run.ts');
      end(await explain(io, what, paths, options));
    });
}

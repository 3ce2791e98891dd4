import type { Command } from 'commander';
import type { End, Io } from './io.ts';

export function addTest(program: Command, io: Io, end: End): void {
  program
    .command('test')
    .summary('run the tests that rule files carry')
    .description('Loads rule files and runs the tests in them; all mistakes and failures are reported.')
    .argument(
      '[paths...]',
      'rule files, or folders of them (default: the packs of the config, else the rules that come with maestro)',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  maestro test\n  maestro test security/rules\n  maestro test security/rules/owner-missing.yaml',
    )
    .action(async (paths: string[]) => {
      // The expression engine is only loaded by who writes rules.
      const { testRules } = await import('./test-rules.ts');
      end(await testRules(io, paths));
    });
}

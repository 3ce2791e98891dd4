import type { Command } from 'commander';
import type { BaselineAction, BaselineOptions } from './baseline-run.ts';
import type { End, Io } from './io.ts';
import { asOfOption, configOption, packOption, profileOption } from './options.ts';

const ACTIONS: Readonly<Record<BaselineAction, string>> = {
  create: 'write down everything that is found now, so that only what is new counts from here on',
  prune: 'take out what nobody finds any more, and note what became milder',
  show: 'list what it hides, what counts all the same, and what is gone',
};

export function addBaseline(program: Command, io: Io, end: End): void {
  const group = program
    .command('baseline')
    .summary('findings that are known and do not count')
    .description(
      'Keeps a file with the findings there are, so that a repository can start with many of them and fail on new ones\n' +
        'alone. It never hides a finding whose severity rose, or an attack path that can start at one more place.',
    )
    .addHelpText(
      'after',
      `
Examples:
  maestro baseline create
  maestro baseline show
  maestro baseline prune agents/ --baseline agents/known.json`,
    );
  for (const [name, does] of Object.entries(ACTIONS)) {
    group
      .command(name)
      .description(does)
      .argument('[paths...]', 'files or folders (default: this folder)')
      .option('--baseline <file>', 'the file (default: that of the config, else maestro.baseline.json)')
      .option('--drift', 'take in what differs from the files of this folder, as `lint --drift` finds it')
      .addOption(configOption())
      .addOption(packOption())
      .addOption(profileOption())
      .addOption(asOfOption())
      .addHelpText('after', `\nExample:\n  maestro baseline ${name}`)
      .action(async (paths: string[], options: BaselineOptions) => {
        const { baseline } = await import('./baseline-run.ts');
        end(await baseline(io, name as BaselineAction, paths, options));
      });
  }
}

import { type Command, Option } from 'commander';
import { PROFILES } from '../finding/severity.ts';
import type { GraphOptions } from './graph-run.ts';
import type { End, Io } from './io.ts';
import { asOfOption, configOption, packOption } from './options.ts';

export function addGraph(program: Command, io: Io, end: End): void {
  program
    .command('graph')
    .summary('draw a system by layers and trust zones')
    .description(
      'Draws one system: its components by layer of MAESTRO and trust zone, what passes between them, and how callers\n' +
        'prove who they are. It draws and does not judge: findings never change the exit code.',
    )
    .argument('[path]', 'the description to draw (default: the only one below this folder)')
    .addOption(
      new Option('-f, --format <format>', 'mermaid, dot (Graphviz) or svg')
        .choices(['mermaid', 'dot', 'svg'])
        .default('mermaid'),
    )
    .option('-o, --output <file>', 'where it goes (default: standard output)')
    .option('--findings', 'mark what is open, and the worst attack path')
    .option('--around <component>', 'only this component and those it has to do with')
    .addOption(configOption())
    .addOption(packOption())
    .addOption(new Option('--profile <profile>', 'which rules --findings runs').choices(PROFILES))
    .addOption(asOfOption())
    .addHelpText(
      'after',
      `
Examples:
  maestro graph
  maestro graph payments.maestro.yaml --findings --format svg --output payments.svg
  maestro graph --around trader
  maestro graph --format dot | dot -Tpdf > system.pdf`,
    )
    .action(async (path: string | undefined, options: GraphOptions) => {
      // Nobody who lints needs what draws.
      const { graph } = await import('./graph-run.ts');
      end(await graph(io, path, options));
    });
}

import { type Command, Option } from 'commander';
import type { InitOptions } from './init-run.ts';
import type { End, Io } from './io.ts';

const collect = (text: string, all: readonly string[]): string[] => [...all, text];

export function addInit(program: Command, io: Io, end: End): void {
  program
    .command('init')
    .summary('write a first description from what the repository says')
    .description(
      'Reads MCP and coding-agent configurations, workflows, compose files, manifests and code below a folder and writes\n' +
        'a commented maestro.yaml there: what is known with its source, what a person has to decide as `# unknown`.\n' +
        'Nothing of the repository is executed, and nothing is sent anywhere.',
    )
    .argument('[dir]', 'folder to look at and to write to', '.')
    .option('--stdout', 'print the draft and write nothing')
    .option('--force', 'replace files that are there')
    .option('-y, --yes', 'ask nothing')
    .option('--name <name>', 'name of the system (default: that of the repository)')
    .option('--owner <team>', 'who answers for the system')
    .addOption(
      new Option(
        '--untrusted <source>',
        'what agents read that strangers can write, as `inbox` or `inbox=agent`; may repeat',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--sensitive <data>',
        'data that must not leak, as `customers` or `customers=pii`; may repeat',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--workflow', 'add .github/workflows/maestro.yml, which lints every pull request')
    .option('--pre-commit', 'add the hook to .pre-commit-config.yaml')
    .option('-c, --config <file>', 'config to use (default: maestro.config.yaml, searched upwards)')
    .addHelpText(
      'after',
      `
On a terminal it asks what no file says: what strangers can write, which data is sensitive, who owns it. Each has a
flag, and \`--yes\` asks nothing. What the config ignores is not looked at.

Examples:
  maestro init
  maestro init services/support --owner support-platform
  maestro init --yes --untrusted inbox --untrusted web-pages=researcher --sensitive customers=pii
  maestro init --stdout
  maestro init --workflow --pre-commit`,
    )
    .action(async (dir: string, options: InitOptions) => {
      const { init } = await import('./init-run.ts');
      end(await init(io, dir, options));
    });
}

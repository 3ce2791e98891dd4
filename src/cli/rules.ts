import { type Command, Option } from 'commander';
import { LAYERS } from '../finding/severity.ts';
import { jsonText, visible } from '../report/escape.ts';
import type { Rule } from '../rules/hit.ts';
import type { Pack } from '../rules/pack.ts';
import { UserError } from './errors.ts';
import { frameworkOption, ofFrameworks } from './framework.ts';
import type { End, Io } from './io.ts';
import { configOption, packOption } from './options.ts';
import { type PolicyOptions, packOf } from './policy.ts';
import { ruleInfo } from './run.ts';
import { schemaText } from './schema.ts';

interface Options extends PolicyOptions {
  readonly format: 'text' | 'json';
  readonly framework: readonly string[];
  readonly coverage?: boolean;
  readonly functions?: boolean;
  /** A framework, to show what descriptions say about its entries. */
  readonly compliance?: string;
}

export function addRules(program: Command, io: Io, end: End): void {
  program
    .command('rules')
    .summary('list the rules, or what expressions in rules may use')
    .description(
      'Lists every rule by layer; with --coverage, every threat with the rules that look at it; with --functions, every type, field and function of the rule language; with --compliance, what descriptions show of the entries of a framework.',
    )
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addOption(configOption())
    .addOption(packOption())
    .addOption(frameworkOption())
    .option('--coverage', 'list the threats of the catalogue with the rules that look at each')
    .option('--functions', 'list types, fields and functions instead')
    .option(
      '--compliance <framework>',
      'what descriptions show of each entry of a framework (soc2, iso-42001, eu-ai-act): findings, controls and their evidence',
    )
    .argument('[paths...]', 'with --compliance: descriptions or folders of them (default: this folder)')
    .addHelpText(
      'after',
      '\nExamples:\n  maestro rules\n  maestro rules --format json\n  maestro rules --functions\n  maestro rules --coverage\n  maestro rules --framework owasp-asi:ASI03:2026\n  maestro rules --compliance soc2',
    )
    .action(async (paths: string[], options: Options) => {
      if (options.compliance !== undefined) {
        const { compliance } = await import('./compliance-run.ts');
        end(await compliance(io, options.compliance, paths, options));
        return;
      }
      if (paths.length > 0)
        throw new UserError('paths are for --compliance', 'Leave them out to list the rules');
      io.stdout.write(await text(io, options));
      end('clean');
    });
}

async function text(io: Io, options: Options): Promise<string> {
  if (options.functions) return functions(io, options.format);
  const pack = await packOf(io.cwd, options);
  const rules = await ofFrameworks(pack.rules, options.framework);
  if (!options.coverage) return list(pack, rules, options.format);
  const { coverage, coverageText } = await import('./coverage.ts');
  const covered = await coverage(rules);
  return options.format === 'json'
    ? `${jsonText({ version: 'coverage-v1', ...covered })}\n`
    : coverageText(covered);
}

async function list(pack: Pack, rules: readonly Rule[], format: Options['format']): Promise<string> {
  if (format === 'json') {
    const { threats } = await import('../../build/catalogue.js');
    const refs = new Map(threats.map((threat) => [threat.id, threat.refs]));
    const infos = rules.map((rule) => ({
      ...ruleInfo(rule, pack),
      since: rule.since,
      supersedes: rule.supersedes,
      frameworks: [...new Set(rule.threats.flatMap((threat) => refs.get(threat) ?? []))],
    }));
    return `${jsonText({ version: 'rules-v1', rules: infos })}\n`;
  }
  const width = Math.max(...rules.map(({ id }) => id.length));
  const blocks = LAYERS.map((layer) => ({ layer, members: rules.filter((rule) => rule.layer === layer) }))
    .filter(({ members }) => members.length > 0)
    .map(({ layer, members }) => {
      const lines = members.map(
        ({ id, severity, profile, title }) =>
          `  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${(profile ?? 'experimental').padEnd(12)}  ${visible(title)}`,
      );
      return `${layer}\n${lines.join('\n')}`;
    });
  return `${blocks.join('\n\n')}\n\n${rules.length === 1 ? '1 rule' : `${rules.length} rules`}. \`maestro explain <rule>\` tells what one looks for and why.\n`;
}

async function functions(io: Io, format: Options['format']): Promise<string> {
  const { reference } = await import('../rules/reference.ts');
  const { types, functions: calls } = reference(JSON.parse(schemaText(io, 'model')));
  if (format === 'json') return `${jsonText({ version: 'functions-v1', types, functions: calls })}\n`;
  const blocks = types.map(({ name, fields }) => {
    const width = Math.max(0, ...fields.map((field) => field.name.length));
    const lines = fields.map((field) =>
      `  ${field.name.padEnd(width)}  ${field.type.padEnd(20)}  ${field.says}`.trimEnd(),
    );
    return `${name}\n${lines.join('\n')}`;
  });
  const called = calls.map(({ signature, says }) => `  ${signature}\n      ${says}`);
  return `${blocks.join('\n\n')}\n\nfunctions\n${called.join('\n')}\n`;
}

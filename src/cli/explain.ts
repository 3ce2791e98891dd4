import type { Command } from 'commander';
import { similar } from '../finding/similar.ts';
import { writeEdit } from '../model/write-yaml.ts';
import { visible } from '../report/escape.ts';
import { fillEdit } from '../rules/fills.ts';
import type { Rule } from '../rules/hit.ts';
import { builtInPack } from '../rules/pack.ts';
import { UserError } from './errors.ts';
import type { End, Io } from './io.ts';
import { ruleUrl } from './run.ts';

export function addExplain(program: Command, io: Io, end: End): void {
  program
    .command('explain')
    .summary('what a rule looks for, why, and what closes it')
    .description(
      'Explains one rule: what it looks for, what goes wrong, which threats it answers, and the edit that closes it.',
    )
    .argument('<rule>', 'id of a rule, as findings print it')
    .addHelpText('after', '\nExample:\n  maestro explain kill-switch-missing')
    .action(async (id: string) => {
      const { rules } = builtInPack();
      const rule = rules.find((each) => each.id === id);
      if (!rule) {
        const near = similar(
          id,
          rules.map((each) => each.id),
        );
        throw new UserError(
          `no rule is called ${id}`,
          near ? `Did you mean ${near}?` : '`maestro rules` lists them',
        );
      }
      io.stdout.write(await page(rule));
      end('clean');
    });
}

async function page(rule: Rule): Promise<string> {
  const { threats } = await import('../../build/catalogue.js');
  const named = rule.threats
    .map((id) => threats.find((threat) => threat.id === id))
    .filter((threat) => threat !== undefined);
  const refs = [...new Set(named.flatMap((threat) => threat.refs))];
  const indent = (text: string) =>
    text
      .split('\n')
      .map((line) => `  ${visible(line)}`.trimEnd())
      .join('\n');
  return [
    `${rule.id}: ${visible(rule.title)}`,
    `${rule.severity}, confidence ${rule.confidence}, ${rule.layer}, profile ${rule.profile ?? 'experimental'}, since ${rule.since}`,
    indent(rule.why),
    `Threats\n${named.map((threat) => `  ${threat.id}  ${visible(threat.title)}`).join('\n')}\n  ${refs.join(', ')}`,
    `What closes it\n${indent(rule.fix.say)}\n\n${indent(writeEdit([], withoutFills(rule)))}`,
    ruleUrl(rule.id),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The edit with a remark in place of what depends on the finding. */
const withoutFills = ({ fix }: Rule) =>
  fillEdit(
    fix.edit,
    fix.fills.map((fill) => ({ ...fill, template: ['as the finding says'] })),
    {},
  );

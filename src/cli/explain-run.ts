import { ABOUT } from '../../build/about.ts';
import type { Finding, Problem } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { jsonText } from '../report/escape.ts';
import { componentPage } from '../report/explain-component.ts';
import { factPage } from '../report/explain-fact.ts';
import { findingPage } from '../report/explain-finding.ts';
import { componentsJson, factsJson, findingJson } from '../report/explain-json.ts';
import type { Look } from '../report/explain-table.ts';
import { painter } from '../report/paint.ts';
import { silenceRemark } from '../report/silence.ts';
import type { TextOptions } from '../report/text-options.ts';
import { problemText } from '../report/text-problem.ts';
import type { Rule } from '../rules/hit.ts';
import { builtInPack, type Pack } from '../rules/pack.ts';
import { type ExplainedFinding, explainFinding } from '../verdict/explained.ts';
import { explainComponent } from '../verdict/explained-component.ts';
import { explainFact } from '../verdict/explained-fact.ts';
import { colorLevel } from './color.ts';
import { type Found, find } from './explain-find.ts';
import { ambiguous, missing } from './explain-missing.ts';
import { type ExplainedRule, outsideRule, rulePage } from './explain-rule.ts';
import { type Linted, type Relint, relint, relintWithAll, type TaskOptions } from './explain-task.ts';
import type { Io } from './io.ts';
import { ruleInfo } from './run.ts';
import { schemaText } from './schema.ts';

export interface ExplainOptions extends TaskOptions {
  readonly format: 'text' | 'json';
}

/** Explains what `what` names and prints it. A name that leads nowhere, or to several findings, is a mistake. */
export async function explain(
  io: Io,
  what: string,
  paths: readonly string[],
  options: ExplainOptions,
): Promise<Outcome> {
  const builtIn = builtInPack();
  // What comes with the program is there whatever is wrong with the files.
  const known = builtIn.rules.find(({ id }) => id === what);
  if (known) return printRule(io, known, builtIn, options);
  const outside = await outsideRule(what);
  if (outside) return printPage(io, outside, options);
  const run = await relint(io, paths, options);
  if ('length' in run) return invalid(io, run);
  const named = [...run.task.pack.rules, ...run.systems.flatMap(({ rules }) => rules)].find(
    ({ id }) => id === what,
  );
  if (named) return printRule(io, named, run.task.pack, options);
  const found = find(what, run);
  if (found) return print(io, found, run, null, options);
  const all = await relintWithAll(run);
  const other = find(what, all);
  if (other) return print(io, other, all, NOT_RUN, options);
  io.stderr.write(missing(what, run));
  return 'invalid';
}

const NOT_RUN = 'The rule does not run here: the profile or the config leaves it out';

function printRule(io: Io, rule: Rule, pack: Pack, options: ExplainOptions): Promise<Outcome> {
  const runs = `profile ${rule.profile ?? 'experimental'}`;
  return printPage(io, { rule, info: ruleInfo(rule, pack), runs }, options);
}

async function printPage(
  io: Io,
  { rule, info, runs }: ExplainedRule,
  { format }: ExplainOptions,
): Promise<Outcome> {
  const { threats } = await import('../../build/catalogue.js');
  io.stdout.write(
    format === 'json'
      ? `${jsonText({ version: 'explain-v1', tool: { name: 'maestro', version: ABOUT.version }, about: 'rule', rule: info })}\n`
      : rulePage(rule, info.url, threats, runs),
  );
  return 'clean';
}

async function print(
  io: Io,
  found: Found,
  run: Relint,
  remark: string | null,
  options: ExplainOptions,
): Promise<Outcome> {
  switch (found.is) {
    case 'several':
      io.stderr.write(ambiguous(found.findings));
      return 'invalid';
    case 'finding':
      io.stdout.write(await findingText(io, found.finding, run, remark, options));
      return 'clean';
    case 'fact':
      io.stdout.write(factText(io, found, run, options));
      return 'clean';
    case 'component':
      io.stdout.write(componentText(io, found, run, options));
      return 'clean';
  }
}

async function findingText(
  io: Io,
  finding: Finding,
  { task, systems, verdict }: Relint,
  remark: string | null,
  { format }: ExplainOptions,
): Promise<string> {
  const { pack, context } = task;
  const { system, rules } = systems.find(({ name }) => name === finding.system) as Linted;
  const rule = rules.find(({ id }) => id === finding.rule) as Rule;
  const explained = explainFinding(system, rule, finding.fingerprint, pack.vocabulary, context);
  if (!explained) throw new Error(`${finding.rule} does not find ${finding.fingerprint} again`);
  const page: ExplainedFinding = { ...explained, finding };
  if (format === 'json') return findingJson(ABOUT.version, page);
  const { threats } = await import('../../build/catalogue.js');
  const text = findingPage(
    {
      ...page,
      url: ruleInfo(rule, pack).url,
      threats: threats.filter(({ id }) => rule.threats.includes(id)),
      remark: silenceRemark(finding, verdict) ?? remark,
    },
    lookOf(io, finding.location.file),
  );
  return `${text}\n`;
}

function factText(
  io: Io,
  { name, systems }: Found & { is: 'fact' },
  { task, verdict }: Relint,
  { format }: ExplainOptions,
): string {
  const schema = JSON.parse(schemaText(io, 'model'));
  const { vocabulary } = task.pack;
  const facts = systems
    .map((linted) => {
      const unknown = verdict.unknown.filter(
        ({ system, facts }) => system === linted.name && facts.includes(name),
      );
      return explainFact(name, { ...linted, unknown, vocabulary, context: task.context, schema });
    })
    .filter((fact) => fact !== null);
  if (format === 'json') return factsJson(ABOUT.version, facts);
  return pages(facts.map((fact) => factPage(fact, lookOf(io, fact.location.file))));
}

function componentText(
  io: Io,
  { id, systems }: Found & { is: 'component' },
  { verdict }: Relint,
  { format }: ExplainOptions,
): string {
  const components = systems
    .map(({ system }) => explainComponent(system, id, verdict))
    .filter((component) => component !== null);
  if (format === 'json') return componentsJson(ABOUT.version, components);
  return pages(components.map((component) => componentPage(component, lookOf(io, component.location.file))));
}

const pages = (texts: readonly string[]): string => `${texts.join('\n\n')}\n`;

function invalid(io: Io, problems: readonly Problem[]): Outcome {
  const options: TextOptions = { color: 0, width: 100, wrap: false, links: false };
  const paint = painter(false, false);
  io.stderr.write(`${problems.map((problem) => problemText(problem, paint, options)).join('\n\n')}\n`);
  return 'invalid';
}

function lookOf({ stdout, env }: Io, file: string): Look {
  const color = colorLevel(env, stdout.isTTY);
  const links = stdout.isTTY && color > 0;
  const width = (stdout.isTTY && stdout.columns) || 100;
  return { paint: painter(color > 0, links), options: { color, width, wrap: stdout.isTTY, links }, file };
}

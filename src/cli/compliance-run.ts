import { ABOUT } from '../../build/about.ts';
import type { Finding } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { mask } from '../finding/secrets.ts';
import { rankOf } from '../finding/severity.ts';
import { similar } from '../finding/similar.ts';
import { byCodeUnit, type System } from '../model/system.ts';
import {
  type ComplianceReport,
  type CountedRule,
  complianceJson,
  complianceText,
  type SeenControl,
  type SeenCriterion,
} from '../report/compliance.ts';
import { claimsOf } from '../rules/claims.ts';
import { type Mapped, mapFramework } from '../rules/criteria.ts';
import { inForce } from '../rules/enforces.ts';
import { type Evidence, evidenceOf } from '../rules/evidence.ts';
import type { Framework } from '../rules/threats.ts';
import { written } from '../verdict/place.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { Disk } from './disk.ts';
import { UserError } from './errors.ts';
import { relint } from './explain-task.ts';
import type { Io } from './io.ts';
import type { PolicyOptions } from './policy.ts';

export interface ComplianceOptions extends PolicyOptions {
  readonly format: 'text' | 'json';
}

/** Lints as `maestro lint` does, and prints what was found and declared by the entries of a framework. */
export async function compliance(
  io: Io,
  name: string,
  paths: readonly string[],
  options: ComplianceOptions,
): Promise<Outcome> {
  const { threats, frameworks, criteria } = await import('../../build/catalogue.js');
  const framework = chosenFramework(name, frameworks);
  const run = await relint(io, paths, options);
  if ('length' in run) throw new UserError(run[0]!.message, run[0]!.suggestion);
  const { task, verdict, systems } = run;
  if (systems.length === 0 && verdict.complete) {
    io.stderr.write('maestro: there is nothing to look at: no description\n');
    return 'nothing';
  }
  const { rules, vocabulary } = task.pack;
  const disk = new Disk(io.cwd);
  const declared = systems.flatMap(({ system }) => controlsIn(system, (each) => disk.evidence(each)));
  const mapped = mapFramework(framework, { threats, criteria, rules, vocabulary });
  const report: ComplianceReport = {
    version: ABOUT.version,
    complete: verdict.complete,
    framework: { id: framework.id, name: framework.name },
    systems: systems.map((each) => each.name),
    criteria: mapped.map((each) => seen(each, verdict, declared)),
    errors: verdict.errors,
  };
  io.stdout.write(options.format === 'json' ? complianceJson(report) : complianceText(report));
  return verdict.complete ? 'clean' : 'invalid';
}

/** By id or prefix, with or without dashes. */
function chosenFramework(name: string, frameworks: readonly Framework[]): Framework {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const exact = frameworks.find(({ id }) => plain(id) === plain(name));
  const fitting = exact ? [exact] : frameworks.filter(({ prefix }) => plain(prefix) === plain(name));
  if (fitting.length === 1) return fitting[0]!;
  const ids = frameworks.map(({ id }) => id);
  if (fitting.length > 1)
    throw new UserError(
      `there are several editions of ${name}`,
      `Write ${fitting.map(({ id }) => id).join(' or ')}`,
    );
  const near = similar(name, ids);
  throw new UserError(
    `there is no framework called ${name}`,
    near ? `Did you mean ${near}?` : `There are ${ids.join(', ')}`,
  );
}

/** Every control that is declared and in force, with what backs it. */
function controlsIn(system: System, check: (evidence: Evidence) => string): SeenControl[] {
  return [...claimsOf(system)]
    .filter(({ value }) => inForce(value))
    .map((claim) => {
      const evidence = evidenceOf(claim);
      const nameOf = ({ file, url }: Evidence) => mask(file || url);
      return {
        control: claim.control,
        system: mask(system.name),
        on: claim.ids.map(mask),
        evidence: evidence.map(nameOf),
        wrong: evidence.flatMap((each) => {
          const what = check(each);
          return what === '' ? [] : [`${nameOf(each)} ${what}`];
        }),
        location: written(claim).location,
      };
    });
}

function seen(
  { id, ref, title, controls, rules }: Mapped,
  verdict: Verdict,
  declared: readonly SeenControl[],
): SeenCriterion {
  const own = declared.filter(({ control }) => controls.has(control));
  const isBacked = ({ evidence, wrong }: SeenControl) => evidence.length > 0 && wrong.length === 0;
  return {
    id,
    ref,
    title,
    // What a baseline knows is still there.
    findings: counted([...verdict.findings, ...verdict.known], rules),
    accepted: counted(verdict.waived, rules),
    backed: own.filter(isBacked),
    unbacked: own.filter((each) => !isBacked(each)),
  };
}

function counted(findings: readonly Finding[], rules: ReadonlySet<string>): CountedRule[] {
  const all = new Map<string, CountedRule>();
  for (const { rule, system, severity } of findings) {
    if (!rules.has(rule)) continue;
    const key = JSON.stringify([rule, system, severity]);
    const earlier = all.get(key);
    all.set(key, { rule, system, severity, findings: (earlier?.findings ?? 0) + 1 });
  }
  return [...all.values()].sort(
    (a, b) =>
      rankOf(a.severity) - rankOf(b.severity) || byCodeUnit(a.rule, b.rule) || byCodeUnit(a.system, b.system),
  );
}

import type { Finding } from '../../src/finding/finding.ts';
import type { Data, DataMap } from '../../src/model/yaml.ts';
import { applyEdit } from '../../src/rules/apply.ts';
import type { Rule } from '../../src/rules/hit.ts';
import { controls, lintData, lintSystem, outspoken, type Report, rules, someSystems } from './lint-data.ts';
import { type Placement, placementsOf } from './placements.ts';
import { Random } from './random.ts';

/** The examples, models of rule tests, and random systems. */
export const systems = someSystems(120, 30);
/** What is said about each of them as it is. */
export const reports = new Map(systems.map(({ data }) => [data, lintData(data)]));

/** A control, and one place where it may stand and does not. */
export interface Trial {
  readonly name: string;
  readonly data: DataMap;
  readonly placement: Placement;
  readonly control: string;
}

const places = systems.flatMap(({ name, data }) => {
  const { system, findings } = reports.get(data)!;
  return placementsOf(system).map((placement) => ({ name, data, placement, finds: findings.length > 0 }));
});

/** Every control at `each` places and more, twice out of three times where something was found. */
export function trials(seed: number, each: number): Trial[] {
  const random = new Random(seed);
  return controls.flatMap(({ name: control, for: kinds }) => {
    const fits = ({ placement }: { placement: Placement }) =>
      placement.kinds.some((kind) => kinds.includes(kind)) && !placement.taken.has(control);
    const fitting = places.filter(fits);
    const telling = fitting.filter(({ finds }) => finds);
    return Array.from({ length: each }, (_, i) => random.pick(i % 3 === 0 ? fitting : telling)).map(
      ({ name, data, placement }) => ({ name, data, placement, control }),
    );
  });
}

/** Findings that a control takes away by being denied. */
export function lostTo(trial: Trial, value: false | 'planned'): string[] {
  const before = lintSystem(reports.get(trial.data)!.system, OUTSPOKEN);
  const after = lintData(withControl(trial, value), OUTSPOKEN);
  return fresh(after, before).map((finding) => told(trial, finding));
}

const OUTSPOKEN = outspoken(rules);

const withControl = ({ data, placement, control }: Trial, value: Data): Data =>
  applyEdit(data, placement.path, { controls: { [control]: value } });

/** Rules that look at controls as somebody wrote them, and not at what they protect. */
const onClaims = (all: readonly Rule[]): Set<string> =>
  new Set(all.flatMap(({ id, form }) => (form.is === 'each' && ABOUT_CLAIMS.has(form.variable) ? [id] : [])));
const ABOUT_CLAIMS: ReadonlySet<string> = new Set(['claim', 'evidence']);

/** Findings that a control brings and that have no right to be there. */
export function broughtBy(trial: Trial, which: readonly Rule[]): string[] {
  const before = which === rules ? reports.get(trial.data)! : lintData(trial.data, which);
  const after = lintData(withControl(trial, true), which);
  const claimRules = onClaims(which);
  const aboutControl = ({ rule, at, subject }: Finding) =>
    claimRules.has(rule) &&
    at.split('.')[1] === trial.control &&
    subject.join() === trial.placement.subject.join();
  const news = fresh(before, after).filter((finding) => !aboutControl(finding));
  if (news.length === 0) return [];
  const isSilenced = silencedIn(trial.data, withControl(trial, true), which);
  return news.filter((finding) => !isSilenced(finding)).map((finding) => told(trial, finding));
}

const fresh = (before: Pick<Report, 'findings'>, after: Pick<Report, 'findings'>): Finding[] => {
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  return after.findings.filter(({ fingerprint }) => !known.has(fingerprint));
};

/**
 * Rules that by their own condition leave a cause to a rule about something larger: a grant to its agent. `supersedes`
 * cannot say so, since it goes by equal subjects.
 */
const LEFT_TO: Readonly<Record<string, string>> = {
  'message-recipients-unlimited': 'untrusted-text-steers-tools',
  // A walk through one agent alone is that agent's finding; the shortest walk decides (`when` of the rule).
  'trifecta-across-agents': 'lethal-trifecta',
};

/** Findings that another rule kept silent before, and no longer does. */
function silencedIn(data: Data, after: Data, which: readonly Rule[]): (finding: Finding) => boolean {
  const all = outspoken(which);
  const before = lintData(data, all);
  const gone = fresh(lintData(after, all), before);
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  const supersedes = (id: string) => which.find((rule) => rule.id === id)!.supersedes;
  return ({ rule, subject, fingerprint, steps = [] }) =>
    gone.some((lifted) =>
      LEFT_TO[rule] === lifted.rule
        ? [subject[0], ...steps.map(({ node }) => node)].includes(lifted.subject.join())
        : known.has(fingerprint) &&
          supersedes(lifted.rule).includes(rule) &&
          lifted.subject.join(' ') === subject.join(' '),
    );
}

const told = ({ name, control, placement }: Trial, { rule, subject, at }: Finding): string =>
  `${control} on ${placement.subject.join(' → ')} in "${name}": ${rule} on ${subject.join(' → ')} ${at}`;

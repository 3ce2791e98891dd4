import type { Finding } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import { findFact } from '../rules/trace-fact.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Linted, Relint } from './explain-task.ts';

/** What somebody asked to have explained. */
export type Found =
  | { readonly is: 'finding'; readonly finding: Finding }
  | { readonly is: 'several'; readonly findings: readonly Finding[] }
  | { readonly is: 'fact'; readonly name: string; readonly systems: readonly Linted[] }
  | { readonly is: 'component'; readonly id: string; readonly systems: readonly Linted[] };

/** Fewer digits would as soon be a word. */
const SHORTEST = 6;
const FINGERPRINT = new RegExp(`^[0-9a-f]{${SHORTEST},32}$`);

/** Looks for a fact that a check waits for, a component, any other fact, and a finding by its fingerprint. */
export function find(what: string, { verdict, systems: all }: Relint): Found | null {
  // `trader.autonomy (desk)`, as reports print it where there are several systems.
  const [, name, only] = /^(.*?)(?: \(([^()]*)\))?$/s.exec(what) as unknown as [string, string, string?];
  const systems = only === undefined ? all : all.filter((one) => one.name === only);
  const waiting = systems.filter((one) =>
    verdict.unknown.some(({ system, facts }) => system === one.name && facts.includes(name)),
  );
  if (waiting.length > 0) return { is: 'fact', name, systems: waiting };
  const holding = systems.filter(({ system }) => hasComponent(system, name));
  if (holding.length > 0) return { is: 'component', id: name, systems: holding };
  const knowing = systems.filter(({ system }) => findFact(system, name) !== null);
  if (knowing.length > 0) return { is: 'fact', name, systems: knowing };
  const digits = what.toLowerCase();
  if (!FINGERPRINT.test(digits)) return null;
  const findings = everyFinding(verdict).filter(({ fingerprint }) => fingerprint.startsWith(digits));
  if (findings.length > 1) return { is: 'several', findings };
  return findings[0] ? { is: 'finding', finding: findings[0] } : null;
}

/** Those that do not count too. */
const everyFinding = ({ findings, waived, known }: Verdict): Finding[] => [...findings, ...waived, ...known];

const hasComponent = ({ byId }: Linted['system'], id: string): boolean =>
  byId.has(id) || byId.get(id.split('.')[0]!)?.actions.some((action) => action.id === id) === true;

/** What was probably meant by something that is not there. */
export function nearest(what: string, { task, verdict, systems }: Relint): string | undefined {
  const digits = what.toLowerCase();
  const names = [
    ...task.pack.rules.map(({ id }) => id),
    ...verdict.unknown.flatMap(({ facts }) => facts),
    ...systems.flatMap(({ system }) => [...system.byId.keys()]),
  ];
  if (!/^[0-9a-f]+$/.test(digits) || digits.length < SHORTEST) return similar(what, names);
  const heads = new Map(
    everyFinding(verdict).map(({ fingerprint }) => [fingerprint.slice(0, digits.length), fingerprint]),
  );
  const near = similar(digits, heads.keys());
  return near ? heads.get(near) : similar(what, names);
}

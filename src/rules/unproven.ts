import { atLeast, rankOf, type Severity } from '../finding/severity.ts';
import { buildSystem } from '../model/build.ts';
import type { System } from '../model/system.ts';
import { type Data, isDataMap, type Path, type YamlFile } from '../model/yaml.ts';
import { type Claim, claimsOf } from './claims.ts';
import { inForce } from './enforces.ts';
import { evaluate } from './evaluate.ts';
import { evidenceOf } from './evidence.ts';
import type { Assessed, Hit, Result, Rule } from './hit.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Context } from './world.ts';

/** What reports say about a control that counts and has nothing to show for it; its severity is that of what it keeps closed. */
export const UNPROVEN: Rule = {
  id: 'control-unproven',
  title: 'Control without evidence that keeps a finding closed',
  layer: 'security-compliance',
  severity: 'high',
  confidence: 'high',
  profile: null,
  plane: 'any',
  since: '0.1.0',
  threats: ['l7-repudiation'],
  supersedes: [],
  why: 'A finding is not reported because somebody wrote that a control is in force, and nobody can go and look. Whoever asks for evidence from a severity on wants to see what closes findings of that severity.',
  at: '',
  message: [],
  fix: { say: 'Point at the file that shows the control', edit: {}, fills: [], on: 'subject' },
  form: { is: 'each', each: () => [], variable: 'c', when: null },
};

/** What would be found, and the risk of it then. */
interface Closed {
  readonly hit: Hit;
  readonly assess: NonNullable<Result['assess']>;
}

/**
 * Controls that nothing backs, where a finding of this severity or a worse one would fire without them: alone, or
 * together with the others that nothing backs. The risk of each is the highest of those that it keeps closed.
 */
export function unproven(
  system: System,
  rules: readonly Rule[],
  severity: Severity,
  vocabulary: Vocabulary,
  context: Context,
): Result {
  const strict = rules.filter((rule) => atLeast(rule.severity, severity));
  const claims = claimsOf(system).filter((claim) => inForce(claim.value) && evidenceOf(claim).length === 0);
  if (claims.length === 0 || strict.length === 0) return { hits: [], doubts: [] };
  const hitsOf = (dropped: readonly Claim[]): Map<string, Closed> => {
    const { hits, assess } = evaluate(without(system, dropped), strict, vocabulary, context);
    return new Map(hits.map((hit) => [keyOf(hit), { hit, assess: assess! }]));
  };
  const before = hitsOf([]);
  const all = hitsOf(claims);
  const closedBy = new Map<Hit, { readonly control: string; readonly closed: readonly Closed[] }>();
  for (const claim of claims) {
    const alone = [...hitsOf([claim])].filter(([key]) => !before.has(key));
    const only = hitsOf(claims.filter((each) => each !== claim));
    const together = [...all].filter(([key]) => !before.has(key) && !only.has(key));
    const closed = [...new Map([...together, ...alone]).values()];
    const hits = closed.map(({ hit }) => hit);
    if (hits.length > 0) closedBy.set(hitOf(claim, hits), { control: claim.control, closed });
  }
  return {
    hits: [...closedBy.keys()],
    doubts: [],
    assess: (hit) => worstOf(closedBy.get(hit)!),
  };
}

function worstOf({ control, closed }: { control: string; closed: readonly Closed[] }): Assessed {
  const all = closed.map(({ hit, assess }) => assess(hit));
  const worst = all.reduce((a, b) => (b.score > a.score ? b : a));
  return {
    ...worst,
    why: () => {
      const [probability, impact, exploitability] = worst.why();
      return [probability, impact, `without ${control}, ${exploitability}`];
    },
  };
}

function hitOf({ control, ids, origin, path }: Claim, closed: readonly Hit[]): Hit {
  const worst = closed.reduce((a, b) => (rankOf(b.rule.severity) < rankOf(a.rule.severity) ? b : a)).rule
    .severity;
  const names = [...new Set(closed.map(({ rule }) => rule.id))].sort().join(', ');
  const on = ids.length === 0 ? 'the system' : ids.join(' → ');
  const at = `controls.${control}`;
  const anchor = { origin, path };
  return {
    rule: { ...UNPROVEN, severity: worst },
    subject: ids.length === 0 ? ['controls'] : ids,
    detail: at,
    at,
    message: () =>
      `${on}: nothing backs ${control}, and without it ${names} would be found; a claim alone keeps that closed`,
    anchor,
    fixAt: { origin, path: path.slice(0, -1) },
    edit: () => ({ [control]: { evidence: 'path/of/the/file' } }),
    again: () => {},
  };
}

const keyOf = ({ rule, subject, detail }: Hit): string => JSON.stringify([rule.id, subject, detail]);

/** The system as it would be without these controls. */
function without(system: System, dropped: readonly Claim[]): System {
  if (dropped.length === 0) return system;
  const files = system.files.map((file): YamlFile => {
    const paths = dropped.filter(({ origin }) => origin === file).map(({ path }) => path);
    return paths.length === 0 ? file : { ...file, verbatim: false, data: paths.reduce(removed, file.data) };
  });
  return { ...buildSystem(files).system, waivers: system.waivers };
}

function removed(data: Data, path: Path): Data {
  const [key, ...rest] = path;
  if (key === undefined) return data;
  if (Array.isArray(data)) return data.map((each, i) => (String(i) === key ? removed(each, rest) : each));
  if (!isDataMap(data) || !Object.hasOwn(data, key)) return data;
  if (rest.length > 0) return { ...data, [key]: removed(data[key]!, rest) };
  const { [key]: _, ...others } = data;
  return others;
}

import type { Finding, Placed, Unknown } from '../finding/finding.ts';
import { mask } from '../finding/secrets.ts';
import type { System } from '../model/system.ts';
import { placeOf } from './explained.ts';
import type { Verdict } from './verdict.ts';

/** All that a run said about one component. */
export interface ExplainedComponent extends Placed {
  readonly system: string;
  readonly id: string;
  readonly kind: string;
  readonly layer: string | null;
  /** About it, one of its actions, or a connection that it is an end of; worst first. */
  readonly findings: readonly Finding[];
  /** Attack paths that begin at it or lead over it. */
  readonly onTheWay: readonly Finding[];
  /** What of the same does not count: somebody waived it. */
  readonly waived: readonly Finding[];
  /** The same, as the baseline holds it. */
  readonly known: readonly Finding[];
  /** Checks that could not judge it, or that wait for a fact of it. */
  readonly unknown: readonly Unknown[];
}

/** What `verdict` holds about the component or action of this id; null when the system has none. */
export function explainComponent(system: System, id: string, verdict: Verdict): ExplainedComponent | null {
  const component = system.byId.get(id) ?? actionOf(system, id);
  if (!component) return null;
  const name = mask(system.name);
  const isIt = (other: string) => other === mask(id) || other.startsWith(`${mask(id)}.`);
  const isAbout = ({ subject }: { subject: readonly string[] }) => subject.some(isIt);
  const here = verdict.findings.filter((finding) => finding.system === name);
  return {
    system: name,
    id: mask(id),
    kind: component.kind,
    layer: component.layer,
    ...placeOf(component),
    findings: here.filter(isAbout),
    onTheWay: here.filter(
      (finding) =>
        !isAbout(finding) && (finding.steps?.some(({ node }) => isIt(node)) || finding.sources?.some(isIt)),
    ),
    waived: verdict.waived.filter((finding) => finding.system === name && isAbout(finding)),
    known: verdict.known.filter((finding) => finding.system === name && isAbout(finding)),
    unknown: verdict.unknown.filter(
      (each) => each.system === name && (isAbout(each) || each.facts.some(isIt)),
    ),
  };
}

const actionOf = (system: System, id: string) =>
  system.byId.get(id.split('.')[0]!)?.actions.find((action) => action.id === id);

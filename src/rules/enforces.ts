import { type Component, type Edge, edgesInto, edgesOf, type System } from '../model/system.ts';
import { type Data, type DataMap, isDataMap } from '../model/yaml.ts';
import { type Answer, isEdge, isPermit, type Permit, type Subject } from './subject.ts';
import type { Look, Other, Trail } from './trail.ts';
import { uncounted } from './undeclared.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Gives the typed value an implying expression sees. */
export type ViewOf = (subject: Subject, kind: string) => unknown;

/** Controls to take as written on something although nobody wrote them: what a change would do is asked that way. */
export interface Supposed {
  readonly has: (subject: Subject, control: string) => boolean;
}

/**
 * Answers whether a control is in force, in one order: own controls (`false` or `planned` ends the search), a fact
 * that implies it, a component that covers it, its host, the system-wide controls where it applies to systems.
 * An edge asks itself, then the component that is called, then the caller. Answers are kept: a system never changes.
 */
export class Enforcement {
  /** By control: there are few controls and many subjects. */
  private readonly answers: Map<string, Map<Subject, Answer>>;
  /** Where a search notes what it looks at; null while nobody wants to know. */
  private readonly looks: Look[] | null;
  private readonly system: System;
  private readonly vocabulary: Vocabulary;
  private readonly viewOf: ViewOf;
  private readonly supposed: Supposed | null;
  /** How often it was asked: what was worked out without asking depends on no control. */
  asked = 0;

  constructor(
    system: System,
    vocabulary: Vocabulary,
    viewOf: ViewOf,
    looks: Look[] | null = null,
    answers = new Map<string, Map<Subject, Answer>>(),
    supposed: Supposed | null = null,
  ) {
    this.system = system;
    this.vocabulary = vocabulary;
    this.viewOf = viewOf;
    this.looks = looks;
    this.answers = answers;
    this.supposed = supposed;
  }

  /** The answer for one subject; `control` has to be in the vocabulary (checked when rules are loaded). */
  ask(subject: Subject, control: string): Answer {
    this.asked++;
    let known = this.answers.get(control);
    if (!known) {
      known = new Map();
      this.answers.set(control, known);
    }
    const earlier = known.get(subject);
    if (earlier) return earlier;
    known.set(subject, NOBODY);
    const answer = this.search(subject, control);
    if (answer !== NOBODY) known.set(subject, answer);
    return answer;
  }

  /** The search behind `ask` (or `ofSystem`, for null) once more, with everything it looks at. */
  trail(subject: Subject | null, control: string): Trail {
    const looks: Look[] = [];
    const search = new Enforcement(this.system, this.vocabulary, this.viewOf, looks);
    return { looks, answer: subject === null ? search.ofSystem(control) : search.ask(subject, control) };
  }

  /** Answer of the system-wide controls alone. */
  ofSystem(control: string): Answer {
    this.asked++;
    if (!this.vocabulary.get(control)?.for.includes('system')) {
      this.looks?.push({ is: 'unfit', by: 'system', of: null });
      return NOBODY;
    }
    return this.written(null, this.system.controls, control, 'system') ?? NOBODY;
  }

  private search(subject: Subject, control: string): Answer {
    if (isPermit(subject)) return this.permit(subject, control);
    if (isEdge(subject)) return this.edge(subject, control);
    return this.component(subject, control);
  }

  private component(component: Component, control: string): Answer {
    const found =
      this.written(component, controlsOf(component.raw), control, 'own') ??
      this.implied(component, component.kind, control);
    if (found) return found;
    if (component.tool) return this.other('tool', component.tool, control);
    return this.covered(component, control) ?? this.hosted(component, control) ?? this.ofSystem(control);
  }

  private edge(edge: Edge, control: string): Answer {
    const found =
      this.written(edge, controlsOf(edge.raw), control, 'own') ?? this.implied(edge, 'edge', control);
    return found ?? this.ends(edge, edge.to, control);
  }

  private permit(permit: Permit, control: string): Answer {
    const found =
      this.written(permit, controlsOf(permit.raw), control, 'own') ??
      this.implied(permit, 'edge', control) ??
      this.written(permit.grant, controlsOf(permit.grant.raw), control, 'own', permit);
    return found ?? this.ends(permit.grant, permit.action, control);
  }

  /** Neither the reference nor what it says answers: ask who is called, then who calls. */
  private ends(edge: Edge, callee: Component, control: string): Answer {
    // The edge's own word on authentication wins over what the callee demands of others.
    const overruled = edge.raw['auth'] !== undefined && this.isSaidByEdges(control);
    const called = this.end('callee', callee, control, overruled);
    if (called) return called;
    // What the caller demands of its own callers, such as `auth: mtls`, says nothing about whom it calls.
    return this.end('caller', edge.from, control, this.isSaidByEdges(control)) ?? this.ofSystem(control);
  }

  /** What one end of an edge answers, if anything; `notFacts` when facts that say it there do not count here. */
  private end(by: 'callee' | 'caller', of: Component, control: string, notFacts: boolean): Answer | null {
    if (!this.fits(of, control)) {
      this.looks?.push({ is: 'unfit', by, of });
      return null;
    }
    const answer = this.other(by, of, control, notFacts);
    if (!(answer.holds || answer.denied) || (notFacts && answer.by === 'implied')) return null;
    return answer.by === 'own' ? { ...answer, by } : answer;
  }

  private fits(component: Component, control: string): boolean {
    const kinds = this.vocabulary.get(control)?.for ?? [];
    return kinds.includes(component.kind) || (component.tool !== null && kinds.includes('tool'));
  }

  /** The answer of somebody else who has a say; their search is noted inside this one. */
  private other(by: Other, of: Component, control: string, notFacts = false): Answer {
    if (this.looks === null) return this.ask(of, control);
    const looks: Look[] = [];
    const search = new Enforcement(this.system, this.vocabulary, this.viewOf, looks, this.answers);
    const answer = search.ask(of, control);
    this.looks.push({ is: 'asked', by, of, looks, answer, aside: notFacts && answer.by === 'implied' });
    return answer;
  }

  /** The controls that are written on one thing; null for the whole system. `where` is who it answers for. */
  private written(
    of: Subject | null,
    controls: DataMap,
    control: string,
    by: 'own' | 'covered' | 'system',
    where = of,
  ): Answer | null {
    if (this.supposed !== null && of !== null && this.supposed.has(of, control))
      return { holds: true, denied: false, by, where: nameOf(where) };
    const isWritten = Object.hasOwn(controls, control);
    this.looks?.push({ is: 'controls', by, of, value: isWritten ? controls[control] : undefined });
    if (!isWritten) return null;
    const holds = inForce(controls[control] as Data);
    return { holds, denied: !holds, by, where: nameOf(where) };
  }

  private isSaidByEdges(control: string): boolean {
    return this.vocabulary.get(control)?.impliedBy['edge'] !== undefined;
  }

  private implied(subject: Subject, kind: string, control: string): Answer | null {
    const expression = this.vocabulary.get(control)?.impliedBy[kind] ?? null;
    if (expression === null && this.looks === null) return null;
    const holds =
      expression !== null && uncounted(() => expression({ [kind]: this.viewOf(subject, kind) }) === true);
    this.looks?.push({ is: 'fact', of: subject, kind, expression, holds });
    return holds ? { holds, denied: false, by: 'implied', where: nameOf(subject) } : null;
  }

  private covered(component: Component, control: string): Answer | null {
    const covers = edgesInto(component, 'covered_by');
    if (covers.length === 0) this.looks?.push({ is: 'nobody', by: 'covered' });
    for (const { from: service } of covers) {
      const lent = this.written(service, controlsOf(service.raw), control, 'covered');
      if (lent?.holds) return lent;
    }
    return null;
  }

  /** Of several hosts each one has to hold it: nobody knows on which of them the work lands. */
  private hosted(component: Component, control: string): Answer | null {
    const runsOn = edgesOf(component, 'runs_on');
    const hosts = component.kind === 'host' ? [...runsOn, ...edgesOf(component, 'within')] : runsOn;
    if (hosts.length === 0) {
      this.looks?.push({ is: 'nobody', by: 'host' });
      return null;
    }
    const answers = hosts.map((edge) => this.other('host', edge.to, control));
    if (!answers.every((answer) => answer.holds)) return null;
    const first = answers[0]!;
    return first.by === 'system' ? first : { ...first, by: 'host' };
  }
}

/** What answers are said to come from. */
function nameOf(subject: Subject | null): string {
  if (subject === null) return 'system';
  if (isPermit(subject)) return `${subject.grant.from.id} → ${subject.action.id}`;
  return isEdge(subject) ? `${subject.from.id} → ${subject.to.id}` : subject.id;
}

const NOBODY: Answer = { holds: false, denied: false, by: 'nobody', where: '' };

export const controlsOf = (raw: DataMap): DataMap => {
  const controls = Object.hasOwn(raw, 'controls') ? raw['controls'] : null;
  return isDataMap(controls ?? null) ? (controls as DataMap) : NONE;
};
const NONE: DataMap = {};

/** `false`, `planned`, nothing at all, and an object whose status is one of these are not in force. */
export function inForce(value: Data): boolean {
  const status = isDataMap(value) ? (Object.hasOwn(value, 'status') ? value['status'] : true) : value;
  return status !== false && status !== null && status !== 'planned' && status !== 'false';
}

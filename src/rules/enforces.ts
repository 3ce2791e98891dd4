import { type Component, type Edge, edgesInto, edgesOf, type System } from '../model/system.ts';
import { type Data, type DataMap, isDataMap } from '../model/yaml.ts';
import { uncounted } from './undeclared.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Where the search for a control ended. */
export interface Answer {
  readonly holds: boolean;
  /** Whether somebody wrote `false` or `planned` there, which ends the search. */
  readonly denied: boolean;
  readonly by: 'own' | 'implied' | 'covered' | 'host' | 'caller' | 'callee' | 'system' | 'nobody';
  /** Id of the component that answered. */
  readonly where: string;
}

/** One action as one agent may use it: the grant's own word on it comes before that of the tool. */
export interface Permit {
  readonly grant: Edge;
  readonly action: Component;
  readonly raw: DataMap;
}

export type Subject = Component | Edge | Permit;

export const isPermit = (subject: Subject): subject is Permit => 'grant' in subject;
export const isEdge = (subject: Subject): subject is Edge => 'from' in subject;

/** Gives the typed value an implying expression sees. */
export type ViewOf = (subject: Subject, kind: string) => unknown;

/**
 * Answers whether a control is in force, in one order: own controls (`false` or `planned` ends the search), a fact
 * that implies it, a component that covers it, its host, the system-wide controls where it applies to systems.
 * An edge asks itself, then the component that is called, then the caller. Answers are kept: a system never changes.
 */
export class Enforcement {
  private readonly answers = new Map<Subject, Map<string, Answer>>();
  private readonly system: System;
  private readonly vocabulary: Vocabulary;
  private readonly viewOf: ViewOf;

  constructor(system: System, vocabulary: Vocabulary, viewOf: ViewOf) {
    this.system = system;
    this.vocabulary = vocabulary;
    this.viewOf = viewOf;
  }

  /** The answer for one subject; `control` has to be in the vocabulary (checked when rules are loaded). */
  ask(subject: Subject, control: string): Answer {
    let known = this.answers.get(subject);
    if (!known) {
      known = new Map();
      this.answers.set(subject, known);
    }
    const earlier = known.get(control);
    if (earlier) return earlier;
    known.set(control, NOBODY);
    const answer = this.search(subject, control);
    known.set(control, answer);
    return answer;
  }

  /** Answer of the system-wide controls alone. */
  ofSystem(control: string): Answer {
    if (!this.vocabulary.get(control)?.for.includes('system')) return NOBODY;
    return own(this.system.controls, control, 'system', 'system') ?? NOBODY;
  }

  private search(subject: Subject, control: string): Answer {
    if (isPermit(subject)) return this.permit(subject, control);
    if (isEdge(subject)) return this.edge(subject, control);
    return this.component(subject, control);
  }

  private component(component: Component, control: string): Answer {
    const { id, kind } = component;
    const found =
      own(controlsOf(component.raw), control, id, 'own') ?? this.implied(component, kind, control, id);
    if (found) return found;
    if (component.tool) return this.ask(component.tool, control);
    return this.covered(component, control) ?? this.hosted(component, control) ?? this.ofSystem(control);
  }

  private edge(edge: Edge, control: string): Answer {
    const id = `${edge.from.id} → ${edge.to.id}`;
    const found = own(controlsOf(edge.raw), control, id, 'own') ?? this.implied(edge, 'edge', control, id);
    return found ?? this.ends(edge, edge.to, control);
  }

  private permit(permit: Permit, control: string): Answer {
    const id = `${permit.grant.from.id} → ${permit.action.id}`;
    const found =
      own(controlsOf(permit.raw), control, id, 'own') ??
      this.implied(permit, 'edge', control, id) ??
      own(controlsOf(permit.grant.raw), control, id, 'own');
    return found ?? this.ends(permit.grant, permit.action, control);
  }

  /** Neither the reference nor what it says answers: ask who is called, then who calls. */
  private ends(edge: Edge, callee: Component, control: string): Answer {
    const fits = (component: Component) => {
      const kinds = this.vocabulary.get(control)?.for ?? [];
      return kinds.includes(component.kind) || (component.tool !== null && kinds.includes('tool'));
    };
    const called = fits(callee) ? this.ask(callee, control) : NOBODY;
    // The edge's own word on authentication wins over what the callee demands of others.
    const overruled =
      called.by === 'implied' && edge.raw['auth'] !== undefined && this.isSaidByEdges(control);
    if ((called.holds || called.denied) && !overruled)
      return called.by === 'own' ? { ...called, by: 'callee' } : called;
    const caller = fits(edge.from) ? this.ask(edge.from, control) : NOBODY;
    // What the caller demands of its own callers, such as `auth: mtls`, says nothing about whom it calls.
    const isAboutItsCallers = caller.by === 'implied' && fits(callee) && this.isSaidByEdges(control);
    if ((caller.holds || caller.denied) && !isAboutItsCallers)
      return caller.by === 'own' ? { ...caller, by: 'caller' } : caller;
    return this.ofSystem(control);
  }

  private isSaidByEdges(control: string): boolean {
    return this.vocabulary.get(control)?.impliedBy['edge'] !== undefined;
  }

  private implied(subject: Subject, kind: string, control: string, where: string): Answer | null {
    const expression = this.vocabulary.get(control)?.impliedBy[kind];
    if (!expression) return null;
    const view = this.viewOf(subject, kind);
    const holds = uncounted(() => expression({ [kind]: view }) === true);
    return holds ? { holds, denied: false, by: 'implied', where } : null;
  }

  private covered(component: Component, control: string): Answer | null {
    for (const edge of edgesInto(component, 'covered_by')) {
      const lent = own(controlsOf(edge.from.raw), control, edge.from.id, 'covered');
      if (lent?.holds) return lent;
    }
    return null;
  }

  /** Of several hosts each one has to hold it: nobody knows on which of them the work lands. */
  private hosted(component: Component, control: string): Answer | null {
    const hosts = [
      ...edgesOf(component, 'runs_on'),
      ...(component.kind === 'host' ? edgesOf(component, 'within') : []),
    ];
    if (hosts.length === 0) return null;
    const answers = hosts.map((edge) => this.ask(edge.to, control));
    if (!answers.every((answer) => answer.holds)) return null;
    const first = answers[0]!;
    return first.by === 'system' ? first : { ...first, by: 'host' };
  }
}

const NOBODY: Answer = { holds: false, denied: false, by: 'nobody', where: '' };

export const controlsOf = (raw: DataMap): DataMap => {
  const controls = Object.hasOwn(raw, 'controls') ? raw['controls'] : null;
  return isDataMap(controls ?? null) ? (controls as DataMap) : {};
};

function own(controls: DataMap, control: string, where: string, by: Answer['by']): Answer | null {
  if (!Object.hasOwn(controls, control)) return null;
  const holds = inForce(controls[control] as Data);
  return { holds, denied: !holds, by, where };
}

/** `false`, `planned`, nothing at all, and an object whose status is one of these are not in force. */
function inForce(value: Data): boolean {
  const status = isDataMap(value) ? (Object.hasOwn(value, 'status') ? value['status'] : true) : value;
  return status !== false && status !== null && status !== 'planned' && status !== 'false';
}

import type { Component } from '../model/system.ts';
import type { Data, Path } from '../model/yaml.ts';
import { inForce } from './enforces.ts';
import type { Anchor } from './hit.ts';
import { isEdge, isPermit, type Subject } from './subject.ts';
import type { Closes } from './trace-closing.ts';
import { type Because, type Observation, observe } from './trace-observe.ts';
import type { Question, Recorder } from './trace-record.ts';
import type { Look, Other } from './trail.ts';
import { editable, editableComponent } from './visit.ts';
import type { Control } from './vocabulary.ts';
import { fileOf } from './whole.ts';
import { isWildcard, type World } from './world.ts';

/** One place where a control was looked for, in the order of the search. */
export interface AskedPlace {
  /** 0 for the search itself, more for the search of somebody who was asked in its course. */
  readonly depth: number;
  readonly by: 'own' | 'fact' | 'covered' | 'system' | Other;
  /** Ids of what was asked, as in `agent → tool`; empty for the whole system, or for nobody. */
  readonly who: string;
  /** Its kind, as controls name where they may stand: agent, host, edge, system, … */
  readonly kind: string;
  readonly found:
    | 'not-declared'
    | 'in-force'
    | 'planned'
    | 'off'
    /** Said of a fact: there is none that says it, it says so, it does not. */
    | 'no-fact'
    | 'said'
    | 'not-said'
    /** The control never stands on that kind of component. */
    | 'cannot'
    /** There is none to ask. */
    | 'nobody'
    /** Asked in turn: the places that follow, one deeper, are theirs. */
    | 'asked'
    /** Asked in turn before, in the course of the same search. */
    | 'again'
    /** They have it, and by their own callers, which does not count here. */
    | 'aside';
  readonly value: Data | undefined;
  readonly anchor: Anchor | null;
  /** For a fact: what it was looked for in. */
  readonly because: readonly Observation[];
  /** Declaring the control here, and nowhere else, closes the finding. */
  readonly closes: boolean;
}

/** The search for one control on one subject. */
export interface Asked {
  readonly control: string;
  readonly means: string;
  /** Ids of the subject, as in `agent → tool.action`. */
  readonly subject: string;
  readonly holds: boolean;
  readonly places: readonly AskedPlace[];
}

/** Searches once more for a control, with every place on the way. */
export function traceControl(task: Task, { subject, control }: Question): Asked {
  const known = task.world.vocabulary.get(control) as Control;
  const { looks, answer } = task.world.enforcement.trail(subject, control);
  const places = new Places(task, known).of(looks, 0);
  return { control, means: known.means, subject: nameOf(subject), holds: answer.holds, places };
}

/** What following one finding takes. */
export interface Task {
  readonly world: World;
  readonly recorder: Recorder;
  readonly because: Because;
  readonly closes: Closes;
}

class Places {
  private readonly task: Task;
  private readonly control: Control;

  constructor(task: Task, control: Control) {
    this.task = task;
    this.control = control;
  }

  of(looks: readonly Look[], depth: number): AskedPlace[] {
    return looks.flatMap((look) => this.place(look, depth));
  }

  private place(look: Look, depth: number): AskedPlace[] {
    switch (look.is) {
      case 'controls':
        return [this.written(look, depth)];
      case 'fact':
        return [this.fact(look, depth)];
      case 'nobody':
        return [{ ...PLAIN, depth, by: look.by, found: 'nobody' }];
      case 'unfit':
        return [{ ...PLAIN, depth, by: look.by, found: 'cannot', ...whoIs(look.of) }];
      case 'asked':
        return [
          { ...PLAIN, depth, by: look.by, found: askedAs(look), ...whoIs(look.of) },
          // The whole system is asked last, for everybody.
          ...this.of(look.looks, depth + 1).filter(
            ({ by, found }) => by !== 'system' || found === 'in-force',
          ),
        ];
    }
  }

  private written({ by, of, value }: Look & { is: 'controls' }, depth: number): AskedPlace {
    const kinds = of === null ? ['system'] : kindsOf(of);
    const may = kinds.some((kind) => this.control.for.includes(kind));
    const found = value === undefined ? (may ? 'not-declared' : 'cannot') : statusOf(value);
    const path: Path = ['controls', this.control.name];
    const anchor =
      of === null ? { origin: fileOf(this.task.world.system, path), path } : below(placeOf(of), path);
    const at = may && found !== 'in-force' ? editPlace(of, anchor) : null;
    const closes = at !== null && this.task.closes(at, this.control.name);
    return { ...PLAIN, depth, by, found, value, ...whoIs(of), anchor, closes };
  }

  private fact({ of, kind, expression, holds }: Look & { is: 'fact' }, depth: number): AskedPlace {
    const place = { ...PLAIN, depth, by: 'fact' as const, ...whoIs(of), anchor: placeOf(of) };
    if (expression === null) return { ...place, found: 'no-fact' };
    const { world, recorder, because } = this.task;
    const { heard } = recorder.record(() => expression({ [kind]: world.viewOf(of, kind) }));
    return { ...place, found: holds ? 'said' : 'not-said', because: observe(heard, because) };
  }
}

const askedAs = ({ aside, looks }: Look & { is: 'asked' }) =>
  aside ? 'aside' : looks.length === 0 ? 'again' : 'asked';

const PLAIN = {
  who: '',
  kind: 'system',
  value: undefined,
  anchor: null,
  because: [] as readonly Observation[],
  closes: false,
};

const whoIs = (of: Subject | null) =>
  of === null ? {} : { who: nameOf(of), kind: kindsOf(of)[0]!, anchor: placeOf(of) };

function statusOf(value: Data): 'in-force' | 'planned' | 'off' {
  if (inForce(value)) return 'in-force';
  const status = typeof value === 'object' && value !== null && 'status' in value ? value['status'] : value;
  return status === 'planned' ? 'planned' : 'off';
}

/** Kinds under which a vocabulary may allow a control there. */
function kindsOf(of: Subject): readonly string[] {
  if (isPermit(of) || isEdge(of)) return ['edge'];
  return of.kind === 'action' ? ['action', 'tool', 'edge'] : [of.kind];
}

export function nameOf(of: Subject | null): string {
  if (of === null) return 'the whole system';
  if (isPermit(of)) return `${of.grant.from.id} → ${of.action.id}`;
  return isEdge(of) ? `${of.from.id} → ${of.to.id}` : of.id;
}

function placeOf(of: Subject): Anchor {
  if (!isPermit(of)) return { origin: of.origin, path: of.path };
  const { grant, action } = of;
  return { origin: grant.origin, path: [...grant.path, 'actions', nameIn(action)] };
}

/** Where a patch goes: the form of a reference that can carry one. Null where the edit would change more than it says. */
function editPlace(of: Subject | null, whole: Anchor): Anchor | null {
  if (of === null) return { ...whole, path: [] };
  if (isPermit(of)) {
    const { grant, action } = of;
    // A grant that names no actions allows all of them; naming one would take the others away.
    if (isWildcard(grant)) return null;
    return { origin: grant.origin, path: [...editable(grant), 'actions', nameIn(action)] };
  }
  if (isEdge(of)) return { origin: of.origin, path: editable(of) };
  // The one action of a tool that lists none is the tool itself, which is asked next.
  return of.path === of.tool?.path ? null : { origin: of.origin, path: editableComponent(of) };
}

const nameIn = (action: Component): string => action.id.slice(action.tool!.id.length + 1);
const below = ({ origin, path }: Anchor, keys: Path): Anchor => ({ origin, path: [...path, ...keys] });

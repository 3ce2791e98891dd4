import type { Component, Edge } from '../model/system.ts';
import { type Change, kindsOf } from './closing-change.ts';
import type { Ways } from './closing-graph.ts';
import type { Places } from './cut.ts';
import { controlsOf } from './enforces.ts';
import type { Node, Step } from './graph.ts';
import { namesOf } from './node-names.ts';
import { type Stop, standsAt, standsOn } from './stops.ts';
import { isPermit, type Permit, type Subject } from './subject.ts';
import type { World } from './world.ts';

/** Where on the open ways of a rule one change closes them, and which changes do. */
export interface ClosingPlaces extends Places {
  /** What closes a place, as the rule lists it; empty for what is none. */
  readonly changes: (place: Node | Step) => readonly Change[];
}

/**
 * The places of one rule on its ways. A control stands on a node itself; on a step it may stand on the reference, on the
 * whole grant, or on the action that every open step into it calls.
 */
export function placesOn(ways: Ways, world: World, stops: readonly Stop[]): ClosingPlaces {
  const known = new Map<Node | Step, readonly Change[]>();
  const names = namesOf(world);
  const onNodes = stops.filter(({ node }) => node !== null);
  const onSteps = stops.filter(({ step }) => step !== null);
  const fits = (subject: Subject, control: string): boolean => {
    const kinds = world.vocabulary.get(control)?.for ?? [];
    return kindsOf(subject).some((kind) => kinds.includes(kind));
  };
  const changesOn = (subject: Subject, controls: readonly string[]): Change[] =>
    [...new Set(controls)]
      .filter((control) => fits(subject, control))
      .map((control) => ({ subject, control }));

  const fitsStep = (stop: Stop, { kind, to }: Step): boolean => {
    const of = ways.meaning.get(to)!;
    return standsOn(stop, kind, () => names(isNode(of) ? of : to));
  };

  const ofNode = (copy: Node): Change[] => {
    const node = ways.meaning.get(copy)!;
    if (!isNode(node)) return ofGrant(copy, node);
    const { component } = node;
    if (component === null) return [];
    const own = onNodes.filter((stop) => standsAt(stop, names(node)));
    return [
      ...changesOn(
        component,
        own.map(({ control }) => control),
      ),
      ...ofAction(copy, component),
    ];
  };
  /** What the grant says counts for each of its actions, unless something was said of that one. */
  const ofGrant = (copy: Node, grant: Edge): Change[] => {
    const controls = onSteps
      .filter((stop) => copy.out.every((each) => fitsStep(stop, each) && isFree(each, stop.control)))
      .map(({ control }) => control);
    return changesOn(grant, controls);
  };
  /** What an action demands counts for all who call it, unless their grants say something else. */
  const ofAction = (copy: Node, action: Component): Change[] => {
    if (action.tool === null) return [];
    const controls = onSteps
      .filter((stop) => {
        const { control } = stop;
        const kinds = world.vocabulary.get(control)?.for ?? [];
        const isAsked = kinds.includes('tool') || kinds.includes(action.kind);
        const covers = (each: Step) =>
          fitsStep(stop, each) && isFree(each, control) && !says((each.edge as Permit).grant, control);
        return isAsked && copy.in.every(covers);
      })
      .map(({ control }) => control);
    return changesOn(action, controls);
  };
  const ofStep = (step: Step): Change[] => {
    const { edge } = step;
    if (edge === null) return [];
    const controls = onSteps.filter((stop) => fitsStep(stop, step)).map(({ control }) => control);
    return changesOn(edge, controls);
  };
  const changes = (place: Node | Step): readonly Change[] => {
    let found = known.get(place);
    if (found === undefined) {
      const copy = 'out' in place ? place : place.to;
      found = ways.free?.has(copy) ? [] : 'out' in place ? ofNode(place) : ofStep(place);
      known.set(place, found);
    }
    return found;
  };
  return { changes, node: (node) => changes(node).length > 0, step: (step) => changes(step).length > 0 };
}

const isNode = (of: Node | Edge): of is Node => 'out' in of;

/** Whether nobody said anything about a control on this granted action itself, which would come first. */
const isFree = ({ edge }: Step, control: string): boolean =>
  edge !== null && isPermit(edge) && !says(edge, control);

const says = ({ raw }: Edge | Permit, control: string): boolean => Object.hasOwn(controlsOf(raw), control);

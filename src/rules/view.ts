import type { Component, Edge } from '../model/system.ts';
import type { DataMap } from '../model/yaml.ts';
import type { Subject } from './subject.ts';
import type { World } from './world.ts';

/**
 * What an expression sees: a typed face of something in the system. Every field of its type is there; what nobody
 * wrote reads as the empty value, and as an undeclared fact where the schema marks it as one.
 */
export abstract class View {
  // `declare`: a field that is defined before it is set costs more than all the rest of making a view.
  declare readonly world: World;
  /** What it shows: a component, an edge, a granted action, a node of the graph, a walk, … */
  declare readonly it: never;
  declare readonly raw: DataMap;
  /** What undeclared facts of it are called: the id of the component and the keys below it. */
  declare readonly factOwner: string;

  constructor(world: World, it: unknown, raw: DataMap, owner: string) {
    this.world = world;
    this.it = it as never;
    this.raw = raw;
    this.factOwner = owner;
  }

  enforces(control: string): boolean {
    const { listener, enforcement } = this.world;
    const subject: Subject = this.it;
    if (listener === null) return enforcement.ask(subject, control).holds;
    return listener.control(subject, control, () => enforcement.ask(subject, control).holds);
  }

  declared(key: string): boolean {
    const value = Object.hasOwn(this.raw, key) ? this.raw[key] : undefined;
    return value !== undefined && value !== null;
  }
}

/** How computed fields make further views, without knowing the classes. */
export interface Viewers {
  readonly component: (world: World, it: Component, type?: string) => View;
  readonly view: (world: World, type: string, it: unknown, raw: DataMap, owner: string) => View;
  readonly edge: (world: World, edge: Edge, type: string) => View;
}

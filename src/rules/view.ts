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
  declare private readonly factOf: Owner;
  declare private readonly factPart: string;

  /** `owner` and, below it, the key `part` ('' for the owner itself) say what undeclared facts of it are called. */
  constructor(world: World, it: unknown, raw: DataMap, owner: Owner, part = '') {
    this.world = world;
    this.it = it as never;
    this.raw = raw;
    this.factOf = owner;
    this.factPart = part;
  }

  /**
   * What undeclared facts of it are called: the id of the component and the keys below it. Put together when asked for,
   * since nearly all views are only looked at.
   */
  get factOwner(): string {
    const { factOf: owner, factPart: part } = this;
    const own = typeof owner === 'string' ? owner : owner instanceof View ? owner.factOwner : edgeName(owner);
    return part === '' ? own : `${own}.${part}`;
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

/** A name, the edge that has one, or the view that this one shows a part of. */
export type Owner = string | Edge | View;

const edgeName = ({ from, key, to }: Edge): string => `${from.id}.${key}.${to.id}`;

/** How computed fields make further views, without knowing the classes. */
export interface Viewers {
  readonly component: (world: World, it: Component, type?: string) => View;
  readonly view: (world: World, type: string, it: unknown, raw: DataMap, owner: Owner, part?: string) => View;
  readonly edge: (world: World, edge: Edge, type: string) => View;
}

import type { Component } from '../../model/system.ts';
import type { View, Viewers } from '../view.ts';

/** A field that nobody writes: computed from the whole system. */
export interface Derived {
  readonly type: string;
  /** One line for `maestro rules --functions`. */
  readonly says: string;
  readonly read: (view: View, viewers: Viewers) => unknown;
  /** Whether it hangs on a fact that nobody may have declared. */
  readonly fact?: true;
}

export type Fields = Readonly<Record<string, Derived>>;

export const field = (type: string, says: string, read: Derived['read']): Derived => ({ type, says, read });

/** A field that hangs on a fact that nobody may have declared: reading it may be reading an undeclared fact. */
export const fact = (type: string, says: string, read: Derived['read']): Derived => ({
  type,
  says,
  read,
  fact: true,
});

/** What a view shows, as whoever defines its fields knows it. */
export const it = <T>(view: View): T => view.it as unknown as T;
export const idOf = (view: View): string => it<Component>(view).id;

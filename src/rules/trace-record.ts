import type { Listener, Seen } from './listener.ts';
import type { Subject } from './subject.ts';
import type { Fact, Hear } from './trace-system.ts';

/** A field that an expression read, with the facts and fields that gave its value. */
export interface Reading {
  readonly view: Seen;
  readonly field: string;
  readonly value: unknown;
  readonly below: readonly Heard[];
}

export type Heard = Reading | Fact;

export const isReading = (heard: Heard): heard is Reading => 'below' in heard;

/** A control that an expression asked for; null for the whole system. */
export interface Question {
  readonly subject: Subject | null;
  readonly control: string;
}

type Only = (member: Seen) => boolean;

export const isView = (value: unknown): value is Seen =>
  typeof value === 'object' && value !== null && 'factOwner' in value;
export const isListOfViews = (value: unknown): value is Seen[] => Array.isArray(value) && value.some(isView);
export const isOfSystem = (view: Seen): boolean => view.factOwner === 'system';

export interface Recording {
  readonly heard: readonly Heard[];
  readonly asked: readonly Question[];
}

/** Writes down what is read and asked while `record` runs something; deaf at all other times. */
export class Recorder implements Listener {
  private heard: Heard[] | null = null;
  private asked: Question[] = [];
  private only: Only | null = null;

  readonly hear: Hear = (fact) => {
    this.heard?.push(fact);
  };

  /** With `only`, lists of the whole system hold nothing but the members that fit. */
  record(run: () => unknown, only: Only | null = null): Recording {
    const outer = { heard: this.heard, asked: this.asked, only: this.only };
    const heard: Heard[] = [];
    const asked: Question[] = [];
    this.heard = heard;
    this.asked = asked;
    this.only = only;
    try {
      run();
    } finally {
      this.heard = outer.heard;
      this.asked = outer.asked;
      this.only = outer.only;
    }
    return { heard, asked };
  }

  field(view: Seen, field: string, compute: () => unknown): unknown {
    if (this.heard === null) return compute();
    const below: Heard[] = [];
    const all = this.into(below, compute);
    const value = this.only !== null && isOfSystem(view) && isListOfViews(all) ? all.filter(this.only) : all;
    this.heard.push({ view, field, value, below });
    return value;
  }

  /** Where a control is looked for is told by a trail of its own, so nothing of it is heard here. */
  control(subject: Subject | null, control: string, ask: () => boolean): boolean {
    if (this.heard !== null) this.asked.push({ subject, control });
    return this.into(null, ask);
  }

  private into<T>(heard: Heard[] | null, compute: () => T): T {
    const outer = this.heard;
    this.heard = heard;
    try {
      return compute();
    } finally {
      this.heard = outer;
    }
  }
}

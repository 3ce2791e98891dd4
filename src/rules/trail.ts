import type { Component } from '../model/system.ts';
import type { Data } from '../model/yaml.ts';
import type { Answer, Subject } from './subject.ts';
import type { Expression } from './vocabulary.ts';

/** One place where a control was looked for. Looks stand in the order of the search; those of others are inside. */
export type Look =
  /** The controls that are written on something: the subject itself, its grant, what covers it; null for the whole system. */
  | {
      readonly is: 'controls';
      readonly by: 'own' | 'covered' | 'system';
      readonly of: Subject | null;
      /** What is written there; undefined for nothing. */
      readonly value: Data | undefined;
    }
  /** A fact that would say the same; null where the vocabulary names none. */
  | {
      readonly is: 'fact';
      readonly of: Subject;
      readonly kind: string;
      readonly expression: Expression | null;
      readonly holds: boolean;
    }
  /** Somebody else who is asked in turn; without looks when they were asked before in the same search. */
  | {
      readonly is: 'asked';
      readonly by: Other;
      readonly of: Component;
      readonly looks: readonly Look[];
      readonly answer: Answer;
      /** What they say is about their own callers, and counts for nothing here. */
      readonly aside: boolean;
    }
  /** Somebody who can never hold the control, so nobody asks; null for the whole system. */
  | { readonly is: 'unfit'; readonly by: Other | 'system'; readonly of: Component | null }
  /** There is nobody to ask. */
  | { readonly is: 'nobody'; readonly by: 'covered' | 'host' };

export type Other = 'tool' | 'host' | 'callee' | 'caller';

/** One search for a control with everything that was looked at on the way. */
export interface Trail {
  readonly looks: readonly Look[];
  readonly answer: Answer;
}

import { pack as generated } from '../../build/pack.js';
import { FUNCTIONS } from './functions.ts';
import type { Rule } from './hit.ts';
import * as runtime from './runtime.ts';
import type { Control, Vocabulary } from './vocabulary.ts';

/** Rules with the words they use. */
export interface Pack {
  readonly vocabulary: Vocabulary;
  /** In id order. */
  readonly rules: readonly Rule[];
  readonly threats: ReadonlySet<string>;
  /** Ids of the rules that come with the program. */
  readonly builtIn: ReadonlySet<string>;
}

let built: Pack | null = null;

/** The pack that ships with the program, compiled when it was built. Made once: who runs often keeps warm code. */
export function builtInPack(): Pack {
  built ??= build();
  return built;
}

function build(): Pack {
  const functions = Object.fromEntries(FUNCTIONS.map(({ name, call }) => [name, call]));
  const { vocabulary, rules, threats } = generated(runtime, functions) as {
    vocabulary: Control[];
    rules: Rule[];
    threats: string[];
  };
  return {
    vocabulary: new Map(vocabulary.map((control) => [control.name, control])),
    rules,
    threats: new Set(threats),
    builtIn: new Set(rules.map(({ id }) => id)),
  };
}

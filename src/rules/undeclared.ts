/**
 * What happens when an expression reads a fact that nobody declared.
 *
 * Expressions never fail on what is not written: they see the empty value. But a rule that fires, or stays silent,
 * only because a fact is missing has not judged anything. So a check that has read undeclared facts runs again with
 * each of those reads throwing. CEL's `&&`, `||`, `all` and `exists` absorb an error that cannot change the outcome,
 * so the second run says exactly whether the missing fact mattered (docs/language.md: unknown is not "no").
 */
export class UndeclaredFact extends Error {
  override name = 'UndeclaredFact';

  /** By name: what the quick program loads later has a class of its own, and rules of the other. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === 'UndeclaredFact';
  }
}

type Mode = 'ignore' | 'record' | 'throw';

let mode: Mode = 'ignore';
let reads: Set<string> | null = null;
const thrown = new UndeclaredFact('undeclared fact');

/** Whether reads of undeclared facts throw. */
export const isThrowing = (): boolean => mode === 'throw';

/** Called for every read of an undeclared fact; gives back what the expression sees instead. */
export function undeclared<T>(fact: string, seen: T): T {
  if (mode === 'throw') throw thrown;
  if (mode === 'record') {
    reads ??= new Set();
    reads.add(fact);
  }
  return seen;
}

export type Judgement =
  | { readonly is: 'true' }
  | { readonly is: 'false' }
  /** Nobody can say: it depends on these facts. */
  | { readonly is: 'unknown'; readonly facts: readonly string[] };

const TRUE: Judgement = { is: 'true' };
const FALSE: Judgement = { is: 'false' };

/** Whether `check` holds, fails for certain, or cannot be judged. */
export function judge(check: () => boolean): Judgement {
  const outerMode = mode;
  const outerReads = reads;
  mode = 'record';
  reads = null;
  try {
    const holds = check();
    const facts = recorded();
    if (facts === null) return holds ? TRUE : FALSE;
    mode = 'throw';
    const certain = whenCertain(check);
    if (certain === null) return { is: 'unknown', facts };
    return certain ? TRUE : FALSE;
  } finally {
    mode = outerMode;
    reads = outerReads;
  }
}

const recorded = (): string[] | null => (reads === null ? null : [...reads].sort());

/** What a check gives when undeclared facts throw; null when one of them decides. */
function whenCertain(check: () => boolean): boolean | null {
  try {
    return check();
  } catch (error) {
    if (error instanceof UndeclaredFact) return null;
    throw error;
  }
}

/** A judgement as an expression sees it: unknown reads as false, and is an undeclared fact to whoever asked. */
export function judged(judgement: Judgement): boolean {
  if (judgement.is !== 'unknown') return judgement.is === 'true';
  for (const fact of judgement.facts) undeclared(fact, false);
  return false;
}

/** Runs `compute` without counting what it reads: messages and implied controls judge nothing. */
export function uncounted<T>(compute: () => T): T {
  const outer = mode;
  mode = 'ignore';
  try {
    return compute();
  } finally {
    mode = outer;
  }
}
